"""What one person says of each kind of anchor on one day, whichever questionnaire asked.

After twelve months officers say which of what was in force at six months still is, and what else there
is. Contact points and supervisors of earlier versions ticked without a status: a contact point ticked
what is in force, a supervisor anything official, a draft too.

"In force" of an earlier version does not say since when. A box left open says nothing; "none yet" says
of every kind that was offered that it is not there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from analysis.measures.delegations.units import SUPERVISORS, Seat, Told

KINDS = ("procedure", "training", "unit", "budget", "system", "law")
FRESH = ("new", "changed")
"""In force, and not as it was before the workshop."""
BEFORE = "before"
SINCE_NOT_ASKED = "in_force"
IN_FORCE = frozenset((*FRESH, BEFORE, SINCE_NOT_ASKED))
COMING = ("proposed", "drafted", "approved")
NOT_IN_FORCE = "not_in_force"
_NOT_YET = frozenset((*COMING, NOT_IN_FORCE))
NONE, DONT_KNOW = "none", "dont_know"
ENDED = "ended"
_UNSETTLED = ("", DONT_KNOW, SINCE_NOT_ASKED)


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
        return self.statuses.get(kind) in FRESH

    def denies(self, kind: str) -> bool:
        """Return whether the person denies in words that a kind is new or changed."""
        status = self.statuses.get(kind)
        return kind in self.none_of or status in _NOT_YET or status == BEFORE

    def in_force(self, kind: str) -> bool | None:
        """Return whether the person says in words that a kind is in force, or that it is not."""
        status = self.statuses.get(kind)
        if status in IN_FORCE:
            return True
        return False if kind in self.none_of or status in _NOT_YET else None


def of_officer(member: Seat, moment: str) -> Statement:
    """Return what an officer says at a moment."""
    today = member.today(moment)
    if today is None or moment == "M3":
        return Statement()
    if moment == "M6":
        return _at_six_months(today)
    return _at_twelve_months(member.today("M6"), today)


def _at_six_months(told: Told) -> Statement:
    ticked = told.codes("anchors")
    statuses = _statuses(told, "anchor_status_", ticked)
    none_of = frozenset(KINDS) if NONE in ticked else frozenset[str]()
    return Statement(statuses, none_of, _unsure(ticked, statuses))


def _at_twelve_months(earlier: Told | None, today: Told) -> Statement:
    before = _at_six_months(earlier).statuses if earlier else {}
    offered = {kind: status for kind, status in before.items() if status in IN_FORCE}
    still, more = today.codes("still"), today.codes("anchors_new")
    statuses = {kind: _still(still, kind, status) for kind, status in offered.items()}
    statuses |= _statuses(today, "new_status_", more)
    none_of = frozenset(offered) if NONE in still else frozenset[str]()
    if NONE in more:
        none_of |= frozenset(KINDS) - frozenset(offered)
    return Statement(statuses, none_of, _unsure(more, statuses) or DONT_KNOW in still)


def _still(still: frozenset[str], kind: str, status: str) -> str:
    """Return what became of a kind that was in force at six months."""
    if not still:
        return ""
    if DONT_KNOW in still:
        return DONT_KNOW
    return status if kind in still else ENDED


def _statuses(told: Told, prefix: str, ticked: Iterable[str]) -> dict[str, str]:
    chosen = frozenset(ticked)
    return {kind: told.values.get(prefix + kind, "") for kind in KINDS if kind in chosen}


def _unsure(ticked: frozenset[str], statuses: Mapping[str, str]) -> bool:
    open_question = not ticked or DONT_KNOW in ticked
    return open_question or any(status in _UNSETTLED for status in statuses.values())


def of_witness(wave: str, told: Told) -> Statement:
    """Return what a supervisor or contact point says in a wave."""
    seen = {kind: told.values[f"seen_{kind}"] for kind in KINDS if f"seen_{kind}" in told.values}
    ticked = told.codes("anchors") | told.codes("in_force")
    if wave in SUPERVISORS:
        seen = _statuses(told, "anchor_seen_", ticked)
    elif not seen:
        seen = {kind: SINCE_NOT_ASKED for kind in KINDS if kind in ticked}
    return Statement(seen, frozenset(KINDS) if NONE in ticked else frozenset())
