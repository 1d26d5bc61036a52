"""Moves of the same administrations between waves."""

from analysis.measures.change import change
from surveys.wording import Words
from tests.analysis.builder import PLACES, Story

SAY = Words()


def test_t14_panel_sizes_are_printed_beside_the_comparison() -> None:
    told = Story().workshop("TFA")
    people = [told.person("TFA", place) for place in PLACES[:12]]
    for person in people:
        told.answers(person, "PRE", stage_now="s0")
    for person in people[:9]:
        told.answers(person, "M3", use_1="tried")
    for person in [*people[:6], people[11]]:
        told.answers(person, "M6", use_1="regular")
    panel = change(told.change_sets()).panel
    assert panel.text(SAY) == "12, 9, 7 and 6 in both"
    moves = next(s for s in told.report().sections if s.key == "moves")
    assert all("12, 9, 7 and 6 in both" in table.note for table in moves.tables)


def test_only_administrations_known_at_both_waves_are_compared() -> None:
    told = Story().workshop("TFA")
    up, same, down, gone, new = (told.person("TFA", place) for place in PLACES[:5])
    for person, before in ((up, "not_yet"), (same, "tried"), (down, "regular"), (gone, "regular")):
        told.answers(person, "M6", use_1=before)
    for person in (up, same, down, new):
        told.answers(person, "M12", use_1="not_yet" if person == down else "regular")
    result = change(told.change_sets())
    (move,) = result.moves
    assert (move.earlier, move.later) == ("M6", "M12")
    assert (move.up, move.same, move.down, move.pairs) == (1, 1, 1, 3)
    assert dict(result.stages)["M12"] == (1, 3, 0, 0, 0, 0)


def test_answers_to_different_questions_are_not_compared() -> None:
    told = Story().workshop("TFA")
    ada = told.person("TFA", "FJ")
    told.answers(ada, "PRE", stage_now="s0")
    told.answers(ada, "M3", use_1="tried", actions="briefed")
    told.answers(ada, "M6", use_1="stopped", anchors="none")
    result = change(told.change_sets())
    assert result.moves == ()
    assert [wave for wave, _ in result.stages] == ["PRE", "M3", "M6"]


def test_t03_without_any_answer_there_are_no_moves_and_no_error() -> None:
    result = change(())
    assert (result.moves, result.stages, result.panel.text(SAY)) == ((), (), "")
