"""What one person says of each kind of anchor on one day, whichever questionnaire asked.

After twelve months officers say which of what was in force at six months still is, and what else there
is. Contact points of earlier versions ticked what is in force, without saying since when; supervisors
ticked anything official, a draft too, so that their tick says nothing of what is in force.

A box left open says nothing; "none yet" says of every kind that was offered that it is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.measures.anchor_statuses import (
    CODES,
    DENYING,
    SINCE_THE_WORKSHOP,
    STANDING,
    STATUSES,
    TICKS,
    Status,
)
from analysis.measures.delegations.units import SUPERVISORS, Seat, Told

NONE = "none"
NOT_GIVEN, ENDED = "", "ended"
_UNSETTLED = (NOT_GIVEN, Status.DONT_KNOW, Status.IN_FORCE)


@dataclass(frozen=True)
class Statement:
    """The status that a person gives by kind ('' for a tick without one), and what "none yet" denies.

    `unsure` says that the person may know of something that is not told here.
    """

    statuses: Mapping[str, str] = field(default_factory=dict)
    none_of: frozenset[str] = frozenset()
    unsure: bool = True

    def claims(self, kind: str) -> bool:
        """Return whether the person says that a kind is in force, new or changed since the workshop."""
        return self.statuses.get(kind) in SINCE_THE_WORKSHOP

    def denies(self, kind: str) -> bool:
        """Return whether the person denies in words that a kind is new or changed."""
        return kind in self.none_of or self.statuses.get(kind) in DENYING

    def in_force(self, kind: str) -> bool | None:
        """Return whether the person says in words that a kind is in force, or that it is not."""
        if self.statuses.get(kind) in STANDING:
            return True
        return False if self.denies(kind) else None


def of_officer(member: Seat, moment: str) -> Statement:
    """Return what an officer says at a moment."""
    today = member.today(moment)
    if today is None or moment == "M3":
        return Statement()
    if moment == "M6":
        return _at_six_months(today)
    return _at_twelve_months(member.today("M6"), today)


def _at_six_months(told: Told) -> Statement:
    ticked = told.codes(TICKS["M6"])
    statuses = _statuses(told, "M6", ticked)
    none_of = frozenset(CODES) if NONE in ticked else frozenset[str]()
    return Statement(statuses, none_of, _unsure(ticked, statuses))


def _at_twelve_months(earlier: Told | None, today: Told) -> Statement:
    before = _at_six_months(earlier).statuses if earlier else {}
    offered = {kind: status for kind, status in before.items() if status in STANDING}
    still, more = today.codes("still"), today.codes(TICKS["M12"])
    statuses = {kind: _still(still, kind, status) for kind, status in offered.items()}
    statuses |= _statuses(today, "M12", more)
    none_of = frozenset(offered) if NONE in still else frozenset[str]()
    if NONE in more:
        none_of |= frozenset(CODES) - frozenset(offered)
    return Statement(statuses, none_of, _unsure(more, statuses) or Status.DONT_KNOW in still)


def _still(still: frozenset[str], kind: str, status: str) -> str:
    """Return what became of a kind that was in force at six months."""
    if not still:
        return NOT_GIVEN
    if Status.DONT_KNOW in still:
        return Status.DONT_KNOW
    return status if kind in still else ENDED


def _statuses(told: Told, wave: str, spoken_of: Iterable[str]) -> dict[str, str]:
    """Return the statuses of the kinds that a response speaks of, in their order."""
    named = frozenset(spoken_of)
    prefix = STATUSES[wave]
    return {kind: told.values.get(prefix + kind, NOT_GIVEN) for kind in CODES if kind in named}


def _unsure(ticked: frozenset[str], statuses: Mapping[str, str]) -> bool:
    open_question = not ticked or Status.DONT_KNOW in ticked
    return open_question or any(status in _UNSETTLED for status in statuses.values())


def of_witness(wave: str, told: Told) -> Statement:
    """Return what a supervisor or contact point says in a wave."""
    ticked = told.codes(TICKS[wave])
    none_of = frozenset(CODES) if NONE in ticked else frozenset[str]()
    if wave in SUPERVISORS:
        return Statement(_statuses(told, wave, ticked), none_of)
    if ticked:
        return Statement({kind: Status.IN_FORCE for kind in CODES if kind in ticked}, none_of)
    return Statement(_statuses(told, wave, CODES))
