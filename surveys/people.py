"""People: administrations, participants, their addresses and their enrolments in workshops.

Value types only. Names and addresses are in `Participant` and `Address` and nowhere else.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from surveys.elearning import Elearning

YES = "yes"
"""Of an administration that belongs to a group of countries."""


def is_ldc(ldc: str, day: date) -> bool:
    """Return whether a country is a least developed one on a day, by what the table says of it."""
    return ldc == YES or (bool(ldc) and day < date.fromisoformat(ldc))


class Role(StrEnum):
    """The role in which a person answers about a workshop."""

    PARTICIPANT = "participant"
    SUPERVISOR = "supervisor"
    CONTACT_POINT = "contact_point"


class StopReason(StrEnum):
    """How the office learned that a person wants no more messages.

    LIST is a column of a participant list.
    """

    TELEPHONE = "telephone"
    EMAIL = "email"
    LIST = "list"


class RemovalReason(StrEnum):
    """Why a person was taken off a workshop. HANDED_BACK: a successor whose handover was taken back."""

    WRONG_LIST = "wrong-list"
    DID_NOT_COME = "did-not-come"
    HANDED_BACK = "handed-back"


class AddressState(StrEnum):
    """Whether an address can be used; every state but ACTIVE stays until an event changes it.

    WAITING: somebody asks to answer from there, and the office has not agreed yet. REPLACED: it was
    replaced by another one. Neither belongs to the person at present.
    """

    ACTIVE = "active"
    BLOCKED = "blocked"
    DELETED = "deleted"
    UNREACHABLE = "unreachable"
    WAITING = "waiting"
    REPLACED = "replaced"


@dataclass(frozen=True)
class Administration:
    """A customs administration. `weekend` holds weekdays as `date.weekday()` numbers (Monday is 0).

    `telegram` is usable, unreliable or blocked: whether the messenger works there. Check it before
    relying on it. `sids` says whether the country is a small island developing State, `ldc` whether it
    is a least developed country: "yes", "" if it never was one since 2000, or the day on which it leaves
    that group.
    """

    code: str
    name: str
    subregion: str
    timezone: str
    weekend: frozenset[int]
    languages: tuple[str, ...] = ()
    telegram: str = "usable"
    note: str = ""
    sids: bool = False
    ldc: str = ""


@dataclass(frozen=True)
class Address:
    """One way to reach a participant: `channel:identifier`, in its state since a moment (UTC)."""

    id: int
    participant_id: int
    channel: str
    identifier: str
    state: AddressState = AddressState.ACTIVE
    reason: str = ""
    since: datetime | None = None


@dataclass(frozen=True)
class Participant:
    """A person. `timezone` is set only where it differs from the administration's.

    `channel` is the one the person chose; with None the table of administrations decides. Of an erased
    person only the code is left. `stop_reason` is set if the office stored the stop, None if the person
    did. Nothing is sent before the local day `paused_until`. A list gave the `title`, such as "Dr.".
    """

    id: int
    code: str
    name: str
    language: str = "en"
    timezone: str | None = None
    stopped_at: datetime | None = None
    channel: str | None = None
    erased_at: datetime | None = None
    stop_reason: StopReason | None = None
    paused_until: date | None = None
    title: str = ""


@dataclass(frozen=True)
class Enrolment:
    """A participant in a workshop, in a role, with the administration at that time.

    `present_administration` is set where the person has moved to another one since.

    Consent is a fact with a version and a time; `refused_at` is set when the consent was declined,
    `declined_once_at` when "not now" was said for the first time. `handed_over_at` is when the
    successor of a contact point took over, `passed_over_at` when the next contact point was asked,
    because this one could not be reached. `removed_at` is when the office took the person off the
    workshop. `elearning` is what a list says of the e-learning before the workshop.
    """

    id: int
    workshop_code: str
    participant_id: int
    role: Role
    administration_code: str
    enrolled_at: datetime
    consent_version: int | None = None
    consented_at: datetime | None = None
    declined_once_at: datetime | None = None
    refused_at: datetime | None = None
    withdrawn_at: datetime | None = None
    handed_over_at: datetime | None = None
    about_enrolment_id: int | None = None
    present_administration: str | None = None
    elearning: Elearning | None = None
    passed_over_at: datetime | None = None
    removed_at: datetime | None = None
    removed_why: RemovalReason | None = None

    @property
    def works_at(self) -> str:
        """The administration whose time zone and working days count for the next contact."""
        return self.present_administration or self.administration_code

    @property
    def active(self) -> bool:
        """Whether this enrolment may still be asked."""
        ended = (self.refused_at, self.withdrawn_at, self.handed_over_at, self.removed_at)
        return all(moment is None for moment in ended)
