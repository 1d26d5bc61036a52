"""A case with everything around it, read at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from sqlalchemy import (
    LABEL_STYLE_TABLENAME_PLUS_COL,
    Connection,
    Row,
    bindparam,
    func,
    select,
)

from storage.database import NotFound
from storage.fieldwork.cases import ASKED_LAST_FIRST, IS_OPEN_OF, Case, case_of, is_open
from storage.fieldwork.waves import Wave, wave_of
from storage.fieldwork.workshops import workshop_of
from storage.instruments.questionnaires import is_newest_revision
from storage.joined import Joined
from storage.people.addresses import IS_AT, address_of
from storage.people.administrations import administration_of
from storage.people.enrolments import enrolment_of
from storage.people.participants import participant_of
from storage.people.senders import Chat, parameters_of
from storage.schema import (
    addresses,
    administrations,
    cases,
    enrolments,
    left_out,
    participants,
    plans,
    questionnaires,
    waves,
    workshops,
)
from surveys.people import Address, Administration, Enrolment, Participant
from surveys.planning.calendar import LocalCalendar
from surveys.workshop import Workshop


@dataclass(frozen=True)
class CaseFile:
    """A case with everything around it, as one transaction read it.

    Of the workshop, donors and added waves are left out.

    `administration` is the one at the time of the workshop; `works_at` is the present one, whose
    working days and time zone count. `checksum` is that of the pinned questionnaire. `left_out` says
    that the office leaves the person out of this wave, `others_on_screen` that the person was shown
    another case that is open and not completed.
    """

    case: Case
    wave: Wave
    workshop: Workshop
    enrolment: Enrolment
    participant: Participant
    administration: Administration
    works_at: Administration
    checksum: str | None
    left_out: bool = False
    others_on_screen: bool = False

    @property
    def calendar(self) -> LocalCalendar:
        """The working days and the time zone of the person."""
        stay = self.wave.stay(self.workshop)
        return LocalCalendar.of(self.works_at, self.participant.timezone, stay=stay)

    @property
    def language(self) -> str:
        """The language of this interview."""
        return self.case.language or self.participant.language

    @property
    def held(self) -> bool:
        """Whether the office holds the wave or the whole workshop: nothing is sent."""
        return self.wave.held_at is not None or self.workshop.held_at is not None

    @property
    def last_day(self) -> date:
        """The last day on which the person can answer, by their clock."""
        until, closes_on = self.case.reopened_until, self.wave.closes_on
        if until is None:
            return closes_on
        last = self.calendar.local_day(until - timedelta(seconds=1))
        return max(last, closes_on) if self.wave.open else last

    def to_come(self, now: datetime) -> bool:
        """Return whether the wave was put back to its plan, or opens in a moment."""
        return self.wave.opened_at is None or now < (self.wave.sends_from or now)

    def closed(self, now: datetime) -> bool:
        """Return whether the person can answer nothing: too early, or over."""
        return self.to_come(now) or self.over(now)

    def over(self, now: datetime) -> bool:
        """Return whether the window of the person has ended, or the wave was closed."""
        if self.case.closed_at is not None:
            return True
        until = self.case.reopened_until
        if until is not None and now < until:
            return False
        over = self.wave.closed_at is not None
        return over or now >= self.calendar.end_of_day(self.wave.closes_on)


IS_PINNED = (
    (questionnaires.c.key == waves.c.questionnaire_key)
    & (questionnaires.c.version == waves.c.questionnaire_version)
    & is_newest_revision()
)
_PRESENT = administrations.alias("present")
_JOINED = Joined(*(cases, waves, workshops, enrolments, participants, administrations, _PRESENT))
_OTHER, _THEIRS, _IN = cases.alias("other"), enrolments.alias("theirs"), waves.alias("in_wave")
_OTHERS_ON_SCREEN = (
    select(_OTHER.c.id)
    .join(_THEIRS, _THEIRS.c.id == _OTHER.c.enrolment_id)
    .join(_IN, _IN.c.id == _OTHER.c.wave_id)
    .where(_THEIRS.c.participant_id == enrolments.c.participant_id, is_open(_OTHER, _IN))
    .where(_OTHER.c.id != cases.c.id, _OTHER.c.completed_at.is_(None))
    .where(_OTHER.c.card_ref.is_not(None))
    .correlate(cases, enrolments)
    .exists()
    .label("others_on_screen")
)
_BESIDE = (questionnaires.c.checksum, left_out.c.left_out_at, plans.c.body, _OTHERS_ON_SCREEN)
_WHOLE = (
    select(*_JOINED.tables, *_BESIDE)
    .join(waves, waves.c.id == cases.c.wave_id)
    .join(workshops, workshops.c.code == waves.c.workshop_code)
    .join(
        questionnaires,
        IS_PINNED,
        isouter=True,
    )
    .join(plans, plans.c.key == workshops.c.plan, isouter=True)
    .join(enrolments, enrolments.c.id == cases.c.enrolment_id)
    .join(participants, participants.c.id == enrolments.c.participant_id)
    .join(administrations, administrations.c.code == enrolments.c.administration_code)
    .join(
        _PRESENT,
        _PRESENT.c.code
        == func.coalesce(enrolments.c.present_administration, enrolments.c.administration_code),
    )
    .join(
        left_out,
        (left_out.c.enrolment_id == enrolments.c.id) & (left_out.c.wave_key == waves.c.key),
        isouter=True,
    )
    .set_label_style(LABEL_STYLE_TABLENAME_PLUS_COL)
)
_ONE = _WHOLE.where(cases.c.id == bindparam("case_id"))
_ONE_LOCKED = _ONE.with_for_update(of=cases)
_OF_SENDER = (
    _ONE_LOCKED.add_columns(addresses)
    .join(addresses, addresses.c.participant_id == participants.c.id)
    .where(IS_AT)
)
_ADDRESS = Joined(addresses)
_SOME = _WHOLE.where(cases.c.id.in_(bindparam("case_ids", expanding=True))).order_by(cases.c.id)
_OPEN_OF = _WHOLE.where(IS_OPEN_OF).order_by(*ASKED_LAST_FIRST)


def load_file(connection: Connection, case_id: int, *, lock: bool = False) -> CaseFile:
    """Return a case with its wave, workshop and person; locked if it is going to be changed."""
    one = _ONE_LOCKED if lock else _ONE
    row = connection.execute(one, {"case_id": case_id}).one_or_none()
    if row is None:
        raise NotFound(f"There is no case {case_id}.")
    return _file_of(row)


def load_own_file(
    connection: Connection, chat: Chat, case_id: int
) -> tuple[Address, CaseFile] | None:
    """Return a case as `load_file` does, locked, and the address of the person with this chat.

    None if the case belongs to somebody else, or there is none.
    """
    which = {"case_id": case_id, **parameters_of(chat)}
    row = connection.execute(_OF_SENDER, which).one_or_none()
    if row is None:
        return None
    address = _ADDRESS.part(row[-len(addresses.c) :], addresses)
    return address_of(address), _file_of(row)


def load_files(connection: Connection, case_ids: Collection[int]) -> list[CaseFile]:
    """Return some cases with everything around them, in the order in which they were opened."""
    rows = connection.execute(_SOME, {"case_ids": case_ids})
    return [_file_of(row) for row in rows]


def open_files_of(connection: Connection, participant_id: int) -> list[CaseFile]:
    """Return the cases of a person in open waves with everything around them, last asked first."""
    rows = connection.execute(_OPEN_OF, {"participant_id": participant_id})
    return [_file_of(row) for row in rows]


def _file_of(row: Row[Any]) -> CaseFile:
    part = partial(_JOINED.part, row)
    return CaseFile(
        case=case_of(part(cases)),
        wave=wave_of(part(waves)),
        workshop=workshop_of(part(workshops, office_plan=row._mapping[plans.c.body])),
        enrolment=enrolment_of(part(enrolments)),
        participant=participant_of(part(participants)),
        administration=administration_of(part(administrations)),
        works_at=administration_of(part(_PRESENT)),
        checksum=row._mapping[questionnaires.c.checksum],
        left_out=row._mapping[left_out.c.left_out_at] is not None,
        others_on_screen=row._mapping["others_on_screen"],
    )
