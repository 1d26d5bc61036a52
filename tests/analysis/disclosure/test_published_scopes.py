"""Reports that leave the office side by side: which they are, and what is hidden in each."""

from analysis.disclosure.published_scopes import Published, beside, published_sets
from analysis.disclosure.subtraction import Counts, protected
from surveys.planning.dispositions import Disposition
from tests.analysis.builder import CUT_OFF, Story

FATES = {str(one) for one in Disposition} - {str(Disposition.COMPLETE)}


def story() -> Story:
    return (
        Story()
        .workshop("A", donors=("Japan",))
        .workshop("B", donors=("Japan", "Fiji"))
        .workshop("C")
    )


def published(told: Story, *codes: str) -> Published:
    found = beside(told.frames(), codes or None, CUT_OFF)
    assert found is not None
    return found


def test_reports_are_on_all_workshops_on_those_of_each_donor_and_on_each_alone() -> None:
    assert published_sets(story().frames()) == {
        "all": ("A", "B", "C"),
        "donor Japan": ("A", "B"),
        "donor Fiji": ("B",),
        "workshop A": ("A",),
        "workshop B": ("B",),
        "workshop C": ("C",),
    }


def test_a_report_is_found_by_its_workshops_in_any_order() -> None:
    told = story()
    assert published(told).own == "all"
    assert published(told, "B", "A").own == "donor Japan"
    assert published(told, "C").own == "workshop C"
    assert beside(told.frames(), ("A", "C"), CUT_OFF) is None


def test_a_report_on_one_workshop_knows_the_answers_of_all() -> None:
    told = story()
    for code in "ABC":
        told.answers(told.person(code, "FJ"), "M6", job="same")
    assert {one.workshop for one in published(told, "C").responses} == {"A", "B", "C"}


# Why people have not answered


def test_reasons_of_few_people_are_hidden_with_the_next_so_that_the_total_tells_nothing() -> None:
    told = Story().workshop("A")
    for _ in range(6):
        told.blocked(told.person("A", "FJ"), "M6")
    for _ in range(9):
        told.silent(told.person("A", "FJ"), "M6")
    assert published(told).hidden_fates("M6") == FATES - {"unknown"}


def test_the_reasons_of_one_wave_are_not_those_of_another() -> None:
    told = Story().workshop("A")
    for key, number in (("M3", 12), ("M6", 6), ("M12", 12)):
        for _ in range(number):
            told.blocked(told.person("A", "FJ"), key)
    for _ in range(9):
        told.silent(told.person("A", "FJ"), "M6")
    assert published(told).hidden_fates("M6") == FATES - {"unknown"}
    assert published(told).hidden_fates("M3") == FATES


def test_a_report_without_cases_hides_all_reasons() -> None:
    told = story()
    for _ in range(9):
        told.silent(told.person("A", "FJ"), "M6")
    assert published(told, "C").hidden_fates("M6") == FATES


# Counts of several reports together


def hidden(sets: dict[str, str], people: dict[str, int]) -> set[str]:
    """The reports in which the count of one option is hidden."""
    counts = {key: {"x": number} for key, number in people.items()}
    return {key for key, _ in protected(Counts(counts, sets, single=False))}


def test_a_difference_of_two_reports_is_hidden_if_few_people_make_it() -> None:
    sets = {"donor": "AB", "all": "ABC"}
    assert hidden(sets, {"donor": 18, "all": 22}) in ({"donor"}, {"all"})
    assert hidden(sets, {"donor": 18, "all": 23}) == set()


def test_small_workshops_are_not_found_together_as_the_rest_of_all() -> None:
    sets = {"all": "ABCD", "A": "A", "B": "B", "C": "C", "D": "D"}
    few = hidden(sets, {"all": 22, "A": 9, "B": 9, "C": 2, "D": 2})
    assert {"C", "D"} < few
    enough = hidden(sets, {"all": 24, "A": 9, "B": 9, "C": 3, "D": 3})
    assert enough == {"C", "D"}


def test_a_workshop_that_has_no_report_of_its_own_changes_nothing_for_the_others() -> None:
    assert hidden({"all": "AB", "A": "A"}, {"all": 18, "A": 9}) == set()
    assert hidden({"all": "AB", "A": "A"}, {"all": 11, "A": 9}) in ({"all"}, {"A"})
