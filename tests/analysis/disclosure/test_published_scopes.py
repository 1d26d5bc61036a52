"""Reports that leave the office side by side: which they are, and what is hidden in each."""

from analysis.disclosure.published_scopes import Published, beside, published_sets

from analysis.disclosure.subtraction import Counts, protected
from analysis.facts.responses import latest_by_person
from analysis.measures.tallies import tally
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


# Answers of people who came to two workshops


def told_of_quotes(*, twice: bool) -> Story:
    """Nine people of each workshop for each answer, and perhaps one person of both."""
    told = Story().workshop("A", donors=("Japan",)).workshop("B", donors=("Japan",))
    for code in "AB":
        for answer in ("named", "administration", "anonymous", "no"):
            for _ in range(9):
                told.answers(told.person(code, "FJ"), "M6", quote=answer)
    if twice:
        first = told.person("A", "FJ")
        told.answers(first, "M6", quote="named")
        told.answers(told.person("B", "FJ", same_as=first), "M6", quote="no")
    return told


def hidden_quotes(told: Story, *codes: str) -> frozenset[str]:
    facts = published(told, *codes)
    own = [one for one in facts.responses if one.workshop in facts.sets[facts.own]]
    frames = told.frames()
    found = tally(latest_by_person(own, "quote"), "quote", frames.questionnaires)
    return facts.hidden(found, facts.responses, frames)


def test_nothing_is_hidden_where_many_gave_each_answer() -> None:
    told = told_of_quotes(twice=False)
    assert [hidden_quotes(told, *codes) for codes in ((), ("A",), ("B",))] == [frozenset()] * 3


def test_what_one_person_said_at_the_first_of_two_workshops_is_not_found() -> None:
    told = told_of_quotes(twice=True)
    assert hidden_quotes(told) | hidden_quotes(told, "A") | hidden_quotes(told, "B")


# Counts of several reports together


def hidden(sets: dict[str, str], people: dict[str, int]) -> set[str]:
    """The reports in which the count of one option is hidden."""
    counts = {key: {"x": number} for key, number in people.items()}
    return {key for key, _ in protected(Counts(counts, sets, single=False))}


def test_a_difference_of_two_reports_is_hidden_if_few_people_make_it() -> None:
    sets = {"donor": "AB", "all": "ABC"}
    assert hidden(sets, {"donor": 18, "all": 22}) in ({"donor"}, {"all"})
    for everybody in (23, 24, 40):
        assert hidden(sets, {"donor": 18, "all": everybody}) == set()


def test_small_workshops_are_not_found_together_as_the_rest_of_all() -> None:
    sets = {"all": "ABCD", "A": "A", "B": "B", "C": "C", "D": "D"}
    few = hidden(sets, {"all": 22, "A": 9, "B": 9, "C": 2, "D": 2})
    assert {"C", "D"} < few
    enough = hidden(sets, {"all": 24, "A": 9, "B": 9, "C": 3, "D": 3})
    assert enough == {"C", "D"}


def test_a_workshop_that_has_no_report_of_its_own_changes_nothing_for_the_others() -> None:
    assert hidden({"all": "AB", "A": "A"}, {"all": 18, "A": 9}) == set()
    assert hidden({"all": "AB", "A": "A"}, {"all": 11, "A": 9}) in ({"all"}, {"A"})
