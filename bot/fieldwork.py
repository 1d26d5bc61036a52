"""The outgoing side: opens waves, contacts the people who are due, closes waves.

`tick(now)` is one round. The attempt row is committed before a message leaves; the outcome is
stored after it. A round that is interrupted leaves claims which the next start calls unknown.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

import structlog
from sqlalchemy import Connection, select

from bot.cards import Asking, invitation_card
from bot.channels.base import Card, Channel, DeliveryError, File
from bot.enrolling import consent_card_for
from bot.memory import Memory
from bot.office import Office, StaffRole
from storage import attempts as stored_attempts
from storage import waves as stored_waves
from storage.attempts import Claimed, Result
from storage.cases import (
    cases_in,
    close_case,
    due_cases,
    enrolments_without_case,
    open_case,
    set_card,
    set_contact,
)
from storage.contacting import contact_of, reachable_address, refresh, refresh_person
from storage.database import Conflict
from storage.enrolments import get_enrolment
from storage.interviews import CaseFile, load_file, load_interview
from storage.participants import move_address, set_address_state
from storage.questionnaires import newest_version
from storage.schema import answers, attempts, cases
from storage.waves import Wave, waves_of
from storage.workshops import all_workshops
from surveys.contacts import Kind
from surveys.dispositions import CaseFacts, Outcome, final_disposition
from surveys.people import Address, AddressState, Enrolment, Role
from surveys.plan import DatedWave, LateRule

BATCH = 200
AT_ONCE = 16
"""Messages under way at the same time; more only lengthens the queue of the messenger."""
RETRY_MINUTES = 10
POSTPONED_AFTER_FAULT = timedelta(hours=1)
EARLIEST_ZONE = timedelta(hours=14)
LATEST_ZONE = timedelta(hours=12)
LOST_STATES = {
    "blocked": AddressState.BLOCKED,
    "deleted": AddressState.DELETED,
    "not_found": AddressState.UNREACHABLE,
}

log = structlog.get_logger("fieldwork")


@dataclass
class Round:
    """What one round did, in numbers, and what the organisers should be told."""

    opened: int = 0
    missed: int = 0
    cases: int = 0
    closed: int = 0
    outcomes: dict[str, int] = field(default_factory=dict)
    notices: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Contact:
    """A claimed attempt with the message that may now leave."""

    claimed: Claimed
    address: Address
    card: Card


class Fieldwork:
    """The outgoing side of one process. `channels` are the ways out by their names."""

    def __init__(self, memory: Memory, office: Office, channels: Mapping[str, Channel]) -> None:
        self._memory = memory
        self._office = office
        self._channels = channels

    async def recover(self, now: datetime) -> int:
        """At start: claims without an outcome may have arrived, so they are never sent again."""
        return await self._memory.transact(recover_claims, self._office, now)

    async def tick(self, now: datetime) -> Round:
        """One round: open what is due, contact who is due, close what is over."""
        done = Round()
        await self._memory.transact(open_due_waves, self._office, now, done)
        await self._contact_all(now, done)
        await self._memory.transact(close_over_waves, now, done)
        await self._tell_organisers(done.notices)
        return done

    async def _contact_all(self, now: datetime, done: Round) -> None:
        seen: set[int] = set()
        gate = asyncio.Semaphore(AT_ONCE)
        while due := [
            number
            for number in await self._memory.read(due_cases, now, BATCH + len(seen))
            if number not in seen
        ]:
            seen.update(due)
            await asyncio.gather(*(self._contact_safely(gate, one, now, done) for one in due))

    async def _contact_safely(
        self, gate: asyncio.Semaphore, case_id: int, now: datetime, done: Round
    ) -> None:
        """One due case; a fault in it is logged and costs the others nothing."""
        async with gate:
            try:
                outcome = await self.contact_one(case_id, now)
            except Exception as error:
                log.error("contact_failed", case=case_id, error=type(error).__name__)
                later = now + POSTPONED_AFTER_FAULT
                await self._memory.transact(set_contact, case_id, later, None, "fault")
                done.notices.append(f"Case {case_id} could not be contacted because of a fault.")
                outcome = "fault"
            if outcome:
                done.outcomes[outcome] = done.outcomes.get(outcome, 0) + 1

    async def contact_one(self, case_id: int, now: datetime) -> str:
        """Claim, send, store the outcome; '' when nothing had to be sent."""
        contact = await self._memory.transact(claim_contact, self._office, case_id, now)
        if contact is None:
            return ""
        result = await self._send(contact, now)
        await self._memory.transact(store_result, self._office, contact, result, now)
        return f"{contact.claimed.kind}_{result.outcome}"

    async def _send(self, contact: Contact, now: datetime) -> "Sent":
        channel = self._channels[contact.address.channel]
        try:
            ref = await channel.send(contact.address.identifier, contact.card)
        except DeliveryError as error:
            return result_of(error, now)
        return Sent(Outcome.SENT, ref=ref)

    async def _tell_organisers(self, notices: list[str]) -> None:
        if notices:
            await self.tell(StaffRole.ORGANISER, "\n".join(notices))

    async def tell(self, role: StaffRole, text: str, file: File | None = None) -> None:
        """Send a text to everybody with a role; a failure is logged and not repeated."""
        for channel, identifier in self._office.addresses(role):
            if channel not in self._channels:
                continue
            try:
                if file is None:
                    await self._channels[channel].send(identifier, Card(text))
                else:
                    await self._channels[channel].send_file(identifier, file, Card(text))
            except DeliveryError as error:
                log.warning("staff_not_told", role=role, reason=error.reason)


@dataclass(frozen=True)
class Sent(Result):
    """What became of one message, with what was learned of its address."""

    lost: AddressState | None = None
    moved_to: str | None = None


def result_of(error: DeliveryError, now: datetime) -> Sent:
    """The outcome of an attempt that ended in a delivery error."""
    if error.moved_to is not None:
        return Sent(Outcome.RETRY, "moved", retry_at=now, moved_to=error.moved_to)
    if error.permanent:
        return Sent(Outcome.FAILED, error.reason, lost=LOST_STATES.get(error.reason))
    if error.outcome_unknown:
        return Sent(Outcome.UNKNOWN, error.reason)
    if error.reason == "refused":
        return Sent(Outcome.FAILED, error.reason)
    wait = error.retry_after if error.retry_after is not None else RETRY_MINUTES * 60
    return Sent(Outcome.RETRY, error.reason, retry_at=now + timedelta(seconds=wait))


def recover_claims(connection: Connection, office: Office, now: datetime) -> int:
    """Mark claims of a process that died as unknown, and plan their next reminders."""
    found = stored_attempts.unfinished(connection)
    for attempt_id, case_id in found:
        result = Result(Outcome.UNKNOWN, "interrupted")
        stored_attempts.finish(connection, attempt_id, result, now)
        refresh(connection, [case_id], office.rules, now)
    return len(found)


def claim_contact(
    connection: Connection, office: Office, case_id: int, now: datetime
) -> Contact | None:
    """Claim the attempt that is due in a case, or store when to look again."""
    file = load_file(connection, case_id, lock=True)
    contact = contact_of(connection, file, office.rules, now)
    if contact.at is None or contact.at > now or contact.kind is None:
        set_contact(connection, case_id, contact.at, contact.kind, contact.hold)
        return None
    address = reachable_address(connection, file.participant.id, office.rules.channels)
    assert address is not None  # noqa: S101 - the rule holds cases without one back
    claimed = stored_attempts.claim(
        connection, case_id, contact.kind, contact.ordinal, address, now
    )
    if claimed is None:
        return None
    set_contact(connection, case_id, None, None, "in_flight")
    card = _message(connection, office, file, now, (contact.kind, contact.last))
    return Contact(claimed, address, card)


def _message(
    connection: Connection, office: Office, file: CaseFile, now: datetime, what: tuple[Kind, bool]
) -> Card:
    """The invitation or reminder; the consent text where none was given yet."""
    if file.enrolment.consented_at is None:
        return consent_card_for(connection, office, file.enrolment)
    interview = load_interview(connection, file, now)
    return invitation_card(Asking(file.case.id, interview), file, *what)


def store_result(
    connection: Connection, office: Office, contact: Contact, result: Sent, now: datetime
) -> None:
    """Store what became of a message, and when the case is contacted next."""
    case_id = contact.claimed.case_id
    stored_attempts.finish(connection, contact.claimed.id, result, now)
    if result.lost is not None:
        set_address_state(connection, contact.address.id, result.lost, result.detail, now)
        refresh_person(connection, contact.address.participant_id, office.rules, now)
    if result.moved_to is not None:
        move_address(connection, contact.address.id, result.moved_to)
    if result.ref is not None:
        set_card(connection, case_id, contact.address.id, result.ref)
    refresh(connection, [case_id], office.rules, now)


def opens_at(day: date) -> datetime:
    """When a day begins in the earliest zone: the wave opens; each person waits for local ten."""
    return datetime.combine(day, time(), UTC) - EARLIEST_ZONE


def over_at(day: date) -> datetime:
    """When a day has ended in the latest zone."""
    return datetime.combine(day + timedelta(days=1), time(), UTC) + LATEST_ZONE


def open_due_waves(connection: Connection, office: Office, now: datetime, done: Round) -> None:
    """Open planned waves whose day has come, note missed ones, and add people who joined late."""
    for workshop in all_workshops(connection):
        plan = office.rules.plans.get(workshop.plan)
        if plan is None or not workshop.running:
            continue
        known = waves_of(connection, workshop.code)
        begun = [
            dated
            for dated in plan.dated(workshop)
            if dated.key not in known and now >= opens_at(dated.opens_on)
        ]
        missed = [dated for dated in begun if now >= over_at(dated.closes_on)]
        for dated in missed:
            stored_waves.insert_missed(connection, dated, now)
        for dated in begun:
            if dated not in missed:
                open_wave(connection, dated, now, "plan")
        done.opened += len(begun) - len(missed)
        done.missed += len(missed)
        if missed:
            keys = ", ".join(dated.key for dated in missed)
            done.notices.append(f"{workshop.code}: {keys} missed, the days had passed already.")
    for wave in stored_waves.open_waves(connection):
        added = add_cases(connection, office, wave, now)
        done.cases += added
        if added and wave.opened_at == now:
            done.notices.append(
                f"{wave.workshop_code} {wave.key} is open until {wave.closes_on}: {added} people."
            )


def open_wave(connection: Connection, dated: DatedWave, now: datetime, by: str) -> Wave:
    """Open a wave with the newest version of its questionnaire pinned."""
    key = dated.planned.questionnaire
    version = newest_version(connection, key)
    if not version:
        raise Conflict(f"Questionnaire {key} is not published yet, so {dated.key} cannot open.")
    return stored_waves.insert_wave(connection, dated, (key, version), now, by)


def add_cases(connection: Connection, office: Office, wave: Wave, now: datetime) -> int:
    """Open a case for everybody who is asked in a wave and has none yet; how many."""
    added = []
    for number in enrolments_without_case(connection, wave.id):
        enrolment = get_enrolment(connection, number)
        if not left_out(connection, office, enrolment, wave):
            added.append(open_case(connection, wave.id, number, now))
    refresh(connection, added, office.rules, now)
    return len(added)


def left_out(connection: Connection, office: Office, enrolment: Enrolment, wave: Wave) -> str:
    """Why an enrolment is not asked in a wave, as a code; '' if it is."""
    workshop = next(w for w in all_workshops(connection) if w.code == wave.workshop_code)
    planned = office.rules.planned(workshop.plan, wave.key)
    late = planned.late if planned else LateRule.SEND_NOW
    if late is LateRule.NEXT_WAVE and wave.opened_at and enrolment.enrolled_at > wave.opened_at:
        return "joined_late"
    if enrolment.role is Role.SUPERVISOR and not _supervisor_agreed(connection, enrolment):
        return "participant_did_not_agree"
    return ""


def _supervisor_agreed(connection: Connection, enrolment: Enrolment) -> bool:
    """A supervisor is asked only if the participant said so at the end of the workshop."""
    agreed = select(answers.c.value).join(cases, cases.c.id == answers.c.case_id)
    values = connection.scalars(
        agreed.where(
            cases.c.enrolment_id == enrolment.about_enrolment_id,
            answers.c.item == "supervisor_ok",
        )
    )
    return "yes" in set(values)


def close_over_waves(connection: Connection, now: datetime, done: Round) -> None:
    """Close the waves whose last day has ended everywhere."""
    for wave in stored_waves.open_waves(connection):
        if now >= over_at(wave.closes_on):
            people = close_wave(connection, wave, now)
            done.closed += 1
            if people:
                done.notices.append(f"{wave.workshop_code} {wave.key} is closed: {people} people.")


def close_wave(connection: Connection, wave: Wave, now: datetime) -> int:
    """Close a wave and freeze the disposition of each of its cases; how many cases."""
    closing = cases_in(connection, wave.id)
    for case in closing:
        file = load_file(connection, case.id, lock=True)
        disposition, detail = final_disposition(facts_of(connection, file))
        close_case(connection, case.id, disposition, detail, now)
    stored_waves.set_closed(connection, wave.id, now)
    return len(closing)


def facts_of(connection: Connection, file: CaseFile) -> CaseFacts:
    """The facts that decide what became of a case."""
    rows = connection.execute(
        select(attempts.c.outcome, attempts.c.detail).where(attempts.c.case_id == file.case.id)
    ).all()
    failures = [row.detail for row in rows if row.outcome == Outcome.FAILED]
    never_linked = file.case.hold == "unreachable" and not rows
    return CaseFacts(
        started_at=file.case.started_at,
        completed_at=file.case.completed_at,
        refused_at=file.enrolment.refused_at,
        withdrawn_at=file.enrolment.withdrawn_at or file.participant.stopped_at,
        cancelled=file.workshop.cancelled_at is not None,
        answered=file.case.answered,
        asked=file.case.asked,
        reached=any(row.outcome in (Outcome.SENT, Outcome.UNKNOWN) for row in rows),
        failure="no_address" if never_linked else failures[-1] if failures else "",
    )


def opened_today(dated: DatedWave, today: date) -> DatedWave:
    """A planned wave opened by hand: from today, for as long as the plan keeps it open."""
    if dated.planned.closes is not None:
        return replace(dated, opens_on=today)
    span = dated.closes_on - dated.opens_on
    return replace(dated, opens_on=today, closes_on=today + span)
