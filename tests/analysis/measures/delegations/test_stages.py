"""The stage of a unit: the highest figure that is yes."""

from analysis.measures.delegations.headlines import outcome
from analysis.measures.delegations.stages import stages
from analysis.measures.delegations.units import Delegation, Seat, Told


def stage(**waves: dict[str, str]) -> int | None:
    member = Seat(1, {wave: Told(said) for wave, said in waves.items()})
    found = outcome([Delegation("W", "FJ", (member,))], "M12")
    return stages(found).get(("W", "FJ"))


def test_the_highest_figure_counts_whatever_stands_below_it() -> None:
    new = {"anchors_new": "unit", "new_status_unit": "new"}
    assert stage(M12={"use_any": "tried"}) == 1
    assert stage(M6={"actions": "trained"}, M12={"use_any": "stopped"}) == 2
    assert stage(M12={"use_any": "tried", "suggestion": "accepted"}) == 3
    assert stage(M12={"use_any": "tried", "others_use": "most"}) == 4
    assert stage(M12={"use_any": "stopped"} | new) == 5


def test_stage_zero_is_said_and_never_silence() -> None:
    assert stage(M12={"use_any": "not_yet"}) == 0
    assert stage(M12={"job": "same"}) is None
    assert stage(M6={"use_any": "not_yet"}) is None


def test_who_is_silent_now_is_on_no_stage_whatever_was_done_before() -> None:
    assert stage(M6={"actions": "trained", "use_any": "regular"}) is None
