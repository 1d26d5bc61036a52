"""Units of which a figure is known at two waves: up, same and down."""

from analysis.measures.delegations.bounds import bounds_of
from analysis.measures.delegations.headlines import Headline, Unit
from analysis.measures.delegations.moves import moved
from analysis.measures.delegations.states import State
from analysis.measures.scales import Paired


def figure(*states: State) -> Headline:
    units: dict[Unit, State] = {("W", f"P{number}"): state for number, state in enumerate(states)}
    return Headline("tried", ("M6",), units, len(units), bounds_of(states))


def test_only_units_known_at_both_waves_are_compared() -> None:
    yes, no, unsure, disputed = State.YES, State.NO, State.NOT_KNOWN, State.DISPUTED
    earlier = figure(no, no, yes, yes, yes, unsure, disputed, yes)
    later = figure(yes, no, no, yes, yes, yes, yes, unsure)
    assert moved(earlier, later) == Paired(up=1, same=3, down=1)


def test_a_unit_of_one_wave_alone_is_not_compared() -> None:
    assert moved(figure(State.NO), figure(State.NO, State.YES)).pairs == 1
