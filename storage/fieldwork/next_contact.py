"""Keep `next_contact_at` of cases correct: recomputed in each transaction that changes its inputs.

Loads the facts that the rule of `surveys.planning.contacts` needs; decides nothing itself.
"""

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from storage.fieldwork.case_files import CaseFile, load_file, load_files
from storage.fieldwork.cases import lock_case
from storage.fieldwork.claims import take_back_waiting
from storage.fieldwork.contact_facts import ContactFacts, OneByOne, read_together
from storage.fieldwork.contact_points import hold_of_others
from storage.fieldwork.due_contacts import set_contact, set_contacts
from storage.fieldwork.many_cases import lock_cases, open_cases_of_people
from storage.fieldwork.plans import office_plans
from storage.people.addresses import addresses_of
from surveys.people import Address, Administration, Enrolment, Participant
from surveys.planning.channels import Choice, choose
from surveys.planning.contacts import (
    ContactState,
    Hold,
    Kind,
    NextContact,
    OtherCases,
    PastAttempt,
    Timing,
    next_contact,
)
from surveys.planning.plan import LateRule, Plan, PlannedWave, Protocol
from surveys.planning.plan_of_workshop import plan_of_workshop
from surveys.workshop import Workshop


@dataclass(frozen=True)
class Rules:
    """What contacts depend on besides stored facts: the plans, and the channels in use.

    After `substitute_days` the next contact point is asked for one who cannot be reached.
    """

    plans: dict[str, Plan]
    channels: tuple[str, ...]
    substitute_days: int = 7

    def plan_of(self, workshop: Workshop) -> Plan | None:
        """Return the plan of a workshop with its added waves; None if there is no such plan."""
        return plan_of_workshop(workshop, self.plans)

    def planned(self, workshop: Workshop, wave_key: str) -> PlannedWave | None:
        """Return a wave of the plan of a workshop; None if the plan does not have it."""
        plan = self.plan_of(workshop)
        return plan.wave(wave_key) if plan else None

    def leaving_late(self, connection: Connection) -> set[tuple[str, str]]:
        """Plan and key of the waves that leave people who join late to the next one."""
        return {
            (key, wave.key)
            for key, plan in {**self.plans, **office_plans(connection)}.items()
            for wave in plan.waves
            if wave.late is LateRule.NEXT_WAVE
        }

    def protocol(self, file: CaseFile) -> Protocol:
        """Return the contact protocol of a case; the usual one if its plan no longer has the wave."""
        planned = self.planned(file.workshop, file.wave.key)
        return planned.protocol if planned else Protocol()


def refresh(connection: Connection, case_ids: Iterable[int], rules: Rules, now: datetime) -> None:
    """Recompute and store the next contact of cases.

    Of several, each kind of fact is read in one statement: no contact that is stored here is a fact
    for another.
    """
    numbers = sorted(case_ids)
    if len(numbers) > 1:
        _refresh_together(connection, numbers, rules, now)
    for case_id in numbers if len(numbers) == 1 else ():
        lock_case(connection, case_id)
        file = load_file(connection, case_id)
        set_contact(connection, case_id, plan_contact(connection, file, rules, now))


def _refresh_together(
    connection: Connection, numbers: list[int], rules: Rules, now: datetime
) -> None:
    lock_cases(connection, numbers)
    files = load_files(connection, numbers)
    for file in files:
        _take_back(connection, file, rules, now)
    facts = read_together(connection, files)
    contacts = {file.case.id: _contact(connection, facts, file, rules, now) for file in files}
    set_contacts(connection, contacts)


def plan_contact(
    connection: Connection, file: CaseFile, rules: Rules, now: datetime
) -> NextContact:
    """Return the next contact of a case that is locked and loaded, for the caller to store.

    A message that waits for its turn is taken back if it may not be sent any more, or goes to an
    address that is not the chosen one now.
    """
    _take_back(connection, file, rules, now)
    return contact_of(connection, file, rules, now)


def _take_back(connection: Connection, file: CaseFile, rules: Rules, now: datetime) -> None:
    if file.case.hold == Hold.IN_FLIGHT:
        take_back_waiting(connection, file.case.id, _still_sent_to(connection, file, rules, now))


def _still_sent_to(
    connection: Connection, file: CaseFile, rules: Rules, now: datetime
) -> int | None:
    """Return the address to which a claimed message may leave now; None if it may not."""
    address = chosen_address(connection, file.participant, file.works_at, rules).address
    pause = file.participant.paused_until
    waits = pause is not None and file.calendar.local_day(now) < pause
    sends = address is not None and not waits and hold_of(file, address) is Hold.NONE
    return address.id if address is not None and sends else None


def contact_of(connection: Connection, file: CaseFile, rules: Rules, now: datetime) -> NextContact:
    """Return the next contact of a case by the rule, from the stored facts."""
    return _contact(connection, OneByOne(connection), file, rules, now)


def _contact(
    connection: Connection, facts: ContactFacts, file: CaseFile, rules: Rules, now: datetime
) -> NextContact:
    address = _address(facts, file, rules)
    past = facts.past(file.participant.id, file.case.id)
    life = _life(connection, past.attempts, file, rules, address)
    contact = _among_others(facts, life, file, past.other_at, now)
    if life[0].opens_on > file.wave.opens_on and contact.hold is Hold.NONE:
        contact = replace(contact, hold=Hold.PERSON_PAUSED)
    return replace(contact, channel=address.channel) if address else contact


def life_of(connection: Connection, file: CaseFile, rules: Rules) -> tuple[ContactState, Timing]:
    """Return what the rule needs to know of the case itself."""
    facts = OneByOne(connection)
    past = facts.past(file.participant.id, file.case.id)
    return _life(connection, past.attempts, file, rules, _address(facts, file, rules))


def _address(facts: ContactFacts, file: CaseFile, rules: Rules) -> Address | None:
    known = facts.addresses(file.participant.id)
    return choose(known, rules.channels, file.participant, file.works_at).address


def _life(
    connection: Connection,
    attempts: Sequence[PastAttempt],
    file: CaseFile,
    rules: Rules,
    address: Address | None,
) -> tuple[ContactState, Timing]:
    started = file.case.started_at
    state = ContactState(
        opens_on=max(file.wave.opens_on, file.participant.paused_until or date.min),
        closes_on=file.wave.closes_on,
        attempts=attempts,
        started_on=file.calendar.local_day(started) if started else None,
        hold=hold_of(file, address) or hold_of_others(connection, file.enrolment, file.case.id),
        not_before=file.wave.sends_from,
    )
    return state, Timing(rules.protocol(file), file.calendar, spread_of(file.enrolment.id))


def _among_others(
    facts: ContactFacts,
    life: tuple[ContactState, Timing],
    file: CaseFile,
    other_at: datetime | None,
    now: datetime,
) -> NextContact:
    """Return the next contact; it waits for other messages, an invitation also for other cases."""
    contact = next_contact(*life, now)
    if contact.at is None:
        return contact
    known = OtherCases(last_message_at=other_at)
    contact = next_contact(*life, now, known)
    if contact.kind is not Kind.INVITATION or contact.at is None:
        return contact
    day = life[1].calendar.local_day(contact.at)
    open_now = facts.others_open(file.participant.id, file.case.id, day)
    return next_contact(*life, now, replace(known, open_cases=open_now))


def hold_of(file: CaseFile, address: Address | None) -> Hold:
    """Return why nothing may be sent in a case on any day; NONE if nothing prevents it."""
    personal = personal_hold(file.enrolment, file.participant)
    reasons = (
        (file.case.completed_at is not None, Hold.COMPLETED),
        (personal is not Hold.NONE, personal),
        (file.left_out, Hold.LEFT_OUT),
        (not file.wave.open or file.case.closed_at is not None, Hold.CLOSED),
        (file.workshop.cancelled_at is not None, Hold.CANCELLED),
        (address is None, Hold.UNREACHABLE),
        (file.held, Hold.HELD),
    )
    return next((hold for holds, hold in reasons if holds), Hold.NONE)


def personal_hold(enrolment: Enrolment, person: Participant) -> Hold:
    """Return why an enrolment is asked nothing more; NONE if it is asked."""
    if enrolment.removed_at is not None:
        return Hold.REMOVED
    if enrolment.refused_at is not None:
        return Hold.REFUSED
    if enrolment.handed_over_at is not None:
        return Hold.HANDED_OVER
    stopped = enrolment.withdrawn_at is not None or person.stopped_at is not None
    return Hold.STOPPED if stopped else Hold.NONE


def chosen_address(
    connection: Connection, person: Participant, administration: Administration, rules: Rules
) -> Choice:
    """Return the address a person is contacted at, and why this one."""
    known = addresses_of(connection, person.id)
    return choose(known, rules.channels, person, administration)


def spread_of(enrolment_id: int) -> float:
    """Return where in the daily window a person is contacted: evenly spread, the same each day."""
    return zlib.crc32(str(enrolment_id).encode()) % 1000 / 1000


def refresh_person(
    connection: Connection, participant_id: int, rules: Rules, now: datetime
) -> None:
    """Recompute and store the next contacts of all open cases of a person."""
    refresh_people(connection, [participant_id], rules, now)


def refresh_people(
    connection: Connection, people: Collection[int], rules: Rules, now: datetime
) -> None:
    """Recompute and store the next contacts of all open cases of some people."""
    refresh(connection, open_cases_of_people(connection, people), rules, now)
