"""Joining and leaving: the one-time code, the consent, stop and back again, what is stored.

Each use case is one transaction and returns the reply to speak after it.
"""

from datetime import date, datetime

from sqlalchemy import Connection, func, select

from bot import letters
from bot.channels.base import Card, Reply, Say, Sender
from bot.office import CONSENT_VERSION, Office
from storage.administrations import all_administrations
from storage.cases import open_cases_of
from storage.contacting import refresh_person
from storage.enrolments import (
    enrolments_of,
    find_code,
    get_enrolment,
    set_consent,
    set_declined,
    set_withdrawn,
    use_code,
)
from storage.participants import (
    add_address,
    find_address,
    get_participant,
    set_address_state,
    set_stopped,
)
from storage.schema import answers, cases, enrolments
from storage.waves import waves_of
from storage.workshops import get_workshop
from surveys.people import Address, AddressState, Enrolment, Participant
from surveys.wording import Words


def join(
    connection: Connection, office: Office, sender: Sender, code: str, now: datetime
) -> Reply:
    """A one-time code was sent: link the chat to the person, then ask for consent."""
    words = Words(sender.language.partition("-")[0] or "en")
    facts = find_code(connection, code.strip())
    if facts is None or (facts.revoked and facts.used_by is None):
        return _said(words(letters.CODE_UNKNOWN, contact=office.contact))
    enrolment = get_enrolment(connection, facts.enrolment_id)
    address = find_address(connection, sender.channel, sender.identifier)
    if facts.used_by is not None and (address is None or facts.used_by != address.id):
        return _said(words(letters.CODE_USED, contact=office.contact))
    if address is None:
        address = add_address(
            connection, enrolment.participant_id, sender.channel, sender.identifier, now
        )
    elif address.participant_id != enrolment.participant_id:
        return _said(words(letters.OTHER_ENTRY, contact=office.contact))
    use_code(connection, code.strip(), address.id, now)
    set_address_state(connection, address.id, AddressState.ACTIVE, "", now)
    refresh_person(connection, enrolment.participant_id, office.rules, now)
    if enrolment.consented_at is not None:
        return _agreed(connection, office, enrolment, "", now)
    return consent_reply(connection, office, enrolment, "")


def consent_reply(connection: Connection, office: Office, enrolment: Enrolment, ref: str) -> Reply:
    """The consent text of an enrolment; nothing else is asked before it is answered."""
    return Reply(says=(Say(consent_card_for(connection, office, enrolment), ref),))


def consent_card_for(connection: Connection, office: Office, enrolment: Enrolment) -> Card:
    """The consent card with the facts of this enrolment."""
    participant = get_participant(connection, enrolment.participant_id)
    workshop = get_workshop(connection, enrolment.workshop_code)
    plan = office.rules.plans[workshop.plan]
    asked = sum(wave.role is enrolment.role for wave in plan.waves)
    return letters.consent_card(office, participant, enrolment, workshop, asked)


def agree(
    connection: Connection, office: Office, enrolment: Enrolment, ref: str, now: datetime
) -> Reply:
    """The person agreed."""
    if enrolment.withdrawn_at is None:
        set_consent(connection, enrolment.id, CONSENT_VERSION, now)
        refresh_person(connection, enrolment.participant_id, office.rules, now)
    return _agreed(connection, office, enrolment, ref, now)


def _agreed(
    connection: Connection, office: Office, enrolment: Enrolment, ref: str, now: datetime
) -> Reply:
    words = Words(get_participant(connection, enrolment.participant_id).language)
    open_now = [
        case
        for case in open_cases_of(connection, enrolment.participant_id)
        if case.enrolment_id == enrolment.id and case.completed_at is None
    ]
    month = next_wave_month(connection, office, enrolment.participant_id, now)
    card = letters.agreed_card(words, open_now[0].id if open_now else None, month)
    return Reply(says=(Say(card, ref),))


def decline(
    connection: Connection, office: Office, enrolment: Enrolment, ref: str, now: datetime
) -> Reply:
    """The person said "not now": once it is asked again later, twice it is a refusal."""
    final = enrolment.declined_once_at is not None
    if enrolment.consented_at is None:
        set_declined(connection, enrolment.id, now, final=final)
        refresh_person(connection, enrolment.participant_id, office.rules, now)
    words = Words(get_participant(connection, enrolment.participant_id).language)
    return Reply(says=(Say(letters.declined_card(words, enrolment.id, final), ref),))


def stop(connection: Connection, office: Office, participant: Participant, now: datetime) -> Reply:
    """No more messages of any kind, at once."""
    set_stopped(connection, participant.id, now)
    set_withdrawn(connection, participant.id, now)
    refresh_person(connection, participant.id, office.rules, now)
    return Reply(says=(Say(letters.stopped_card(office, Words(participant.language))),))


def resume(
    connection: Connection, office: Office, participant: Participant, now: datetime
) -> Reply:
    """The person wants messages again."""
    set_stopped(connection, participant.id, None)
    set_withdrawn(connection, participant.id, None)
    refresh_person(connection, participant.id, office.rules, now)
    return Reply(says=(Say(letters.welcome_back_card(Words(participant.language))),))


def set_membership(
    connection: Connection, office: Office, address: Address, active: bool, now: datetime
) -> None:
    """The person blocked the bot or let it in again; the state is set from the event."""
    state = AddressState.ACTIVE if active else AddressState.BLOCKED
    set_address_state(connection, address.id, state, "" if active else "blocked", now)
    refresh_person(connection, address.participant_id, office.rules, now)


def my_data(connection: Connection, office: Office, participant: Participant) -> Reply:
    """What is stored about a person."""
    administrations = all_administrations(connection)
    rows = [
        (
            enrolment,
            get_workshop(connection, enrolment.workshop_code),
            administrations[enrolment.administration_code],
        )
        for enrolment in enrolments_of(connection, participant.id)
    ]
    stored = connection.scalar(
        select(func.count())
        .select_from(answers)
        .join(cases, cases.c.id == answers.c.case_id)
        .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
        .where(enrolments.c.participant_id == participant.id)
    )
    return Reply(says=(Say(letters.mydata_card(office, participant, rows, stored or 0)),))


def next_wave_month(
    connection: Connection, office: Office, participant_id: int, now: datetime
) -> date | None:
    """The first day of the person's next wave that is still to open; None after the last one."""
    days = []
    for enrolment in enrolments_of(connection, participant_id):
        workshop = get_workshop(connection, enrolment.workshop_code)
        plan = office.rules.plans.get(workshop.plan)
        if plan is None or not workshop.running or not enrolment.active:
            continue
        begun = waves_of(connection, workshop.code)
        days += [
            wave.opens_on
            for wave in plan.dated(workshop)
            if wave.planned.role is enrolment.role and wave.key not in begun
        ]
    coming = [day for day in days if day >= now.date()]
    return min(coming, default=None)


def _said(text: str) -> Reply:
    return Reply(says=(Say(Card(text)),))
