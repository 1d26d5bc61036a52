"""The six headlines of a moment: each with its bounds, its second base, and the grades of embedded.

The figures are counted separately and need not be nested. The base is all units that attended; a unit
has replied with one usable response of a member in the waves of the figure.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from analysis.measures.delegations.anchors import Formal, Standing, formal, grades
from analysis.measures.delegations.bounds import Bounds, bounds_of
from analysis.measures.delegations.deeds import (
    accepted,
    approved,
    in_regular_use,
    routine,
    seen_by_supervisor,
    shared,
    suggestion_accepted,
    tried,
)
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.states import State, in_at_least_one, of_members
from analysis.measures.delegations.units import SO_FAR, Delegation, Seat

Rule = Callable[[Seat, str], bool | None]
Unit = tuple[str, str]
"""A workshop and a place: an administration, or the number of a person where people are counted."""
BY_PERSON: Mapping[str, Rule] = {
    "tried": tried,
    "in_regular_use": in_regular_use,
    "shared": shared,
    "accepted": accepted,
}
FIGURES = (*BY_PERSON, "routine", "embedded")
_BY_SIX_MONTHS = "M6"


@dataclass(frozen=True)
class Headline:
    """One figure: the state of each unit, which have replied, and the bounds.

    `waves` are those whose answers it is made of, by workshop.
    """

    key: str
    waves: Mapping[str, tuple[str, ...]]
    states: Mapping[Unit, State]
    repliers: frozenset[Unit]
    bounds: Bounds

    @property
    def replied(self) -> int:
        """How many units have replied in its waves."""
        return len(self.repliers)


@dataclass(frozen=True)
class Outcome:
    """All figures of the units. The counts beside them are units with at least one such anchor.

    `moments` names the wave of each workshop. `paper_only` are embedded where nobody says that it is
    used. `stood_before` are embedded where something of the kind stood there before,
    `before_not_asked` those where nobody told what stood there. `by_suggestion` and `by_approval` are
    the two parts of accepted, which can overlap.
    """

    moments: Mapping[str, str]
    headlines: Mapping[str, Headline]
    grades: Mapping[Evidence, int]
    formal: Mapping[Unit, Formal]
    was_there_before: int = 0
    since_not_asked: int = 0
    paper_only: int = 0
    stood_before: int = 0
    before_not_asked: int = 0
    by_suggestion: int = 0
    by_approval: int = 0
    places: Mapping[str, Bounds] = field(default_factory=dict)


def outcome(units: Sequence[Delegation], moments: str | Mapping[str, str]) -> Outcome:
    """Return what became of workshops at a moment each, by delegation or by person."""
    at = (
        dict.fromkeys((one.workshop for one in units), moments)
        if isinstance(moments, str)
        else moments
    )
    found = {_unit(one): formal(one, at[one.workshop]) for one in units}
    best = grades(found.values())
    headlines = {key: _headline(key, units, at, found, best) for key in FIGURES}
    used, embedded = headlines["tried"].states, headlines["embedded"].states
    yes = [unit for unit, state in embedded.items() if state is State.YES]
    return Outcome(
        at,
        headlines,
        best,
        found,
        was_there_before=sum(one.has(Standing.BEFORE) for one in found.values()),
        since_not_asked=sum(one.has(Standing.SINCE_NOT_ASKED) for one in found.values()),
        paper_only=sum(used[unit] is not State.YES for unit in yes),
        stood_before=sum(_stood_before(found[unit]) for unit in yes),
        before_not_asked=sum(not _asked_before(found[unit]) for unit in yes),
        by_suggestion=_saying(units, at, suggestion_accepted),
        by_approval=_saying(units, at, approved),
        places={key: _of_places(one) for key, one in headlines.items()},
    )


def _unit(one: Delegation) -> Unit:
    return one.workshop, one.place


def _headline(
    key: str,
    units: Sequence[Delegation],
    at: Mapping[str, str],
    found: Mapping[Unit, Formal],
    best: Mapping[Evidence, int],
) -> Headline:
    waves = {code: waves_of(key, moment) for code, moment in at.items()}
    if key == "embedded":
        states = {unit: one.state for unit, one in found.items()}
    else:
        states = {_unit(one): of_members(_words(key, one, at[one.workshop])) for one in units}
    replied = frozenset(
        _unit(one)
        for one in units
        if any(member.replied(waves[one.workshop]) for member in one.members)
    )
    claimed = best[Evidence.CLAIMED] if key == "embedded" else 0
    return Headline(key, waves, states, replied, bounds_of(states.values(), claimed))


def _words(key: str, one: Delegation, moment: str) -> list[bool | None]:
    if key == "routine":
        seen = seen_by_supervisor(one, moment)
        return [routine(member, moment, seen=seen) for member in one.members]
    return [BY_PERSON[key](member, moment) for member in one.members]


def waves_of(key: str, moment: str) -> tuple[str, ...]:
    """Return the waves that a figure of a moment is made of."""
    if key == "shared":
        return SO_FAR["M3" if moment == "M3" else _BY_SIX_MONTHS]
    return SO_FAR[moment] if key == "accepted" else (moment,)


def _saying(units: Iterable[Delegation], at: Mapping[str, str], rule: Rule) -> int:
    return sum(any(rule(member, at[one.workshop]) for member in one.members) for one in units)


def _stood_before(one: Formal) -> bool:
    return any(anchor.standing is Standing.FRESH and anchor.stood_before for anchor in one.anchors)


def _asked_before(one: Formal) -> bool:
    return any(anchor.standing is Standing.FRESH and anchor.asked_before for anchor in one.anchors)


def _of_places(headline: Headline) -> Bounds:
    """Return the bounds of places in at least one of their workshops."""
    by_place: dict[str, list[State]] = {}
    for (_, place), state in headline.states.items():
        by_place.setdefault(place, []).append(state)
    return bounds_of(in_at_least_one(states) for states in by_place.values())
