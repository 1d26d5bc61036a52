"""E-learning before the workshop beside later use: the same people, in counts."""

from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from tests.analysis.builder import CUT_OFF, PLACES, Story


def test_elearning_before_stands_beside_later_use_of_the_same_people_for_the_office() -> None:
    told = Story().workshop("TFA", donors=("JICA",))
    for number, place in enumerate(PLACES[:8]):
        person = told.person("TFA", place)
        told.answers(person, "PRE", elearning="done" if number < 5 else "no_access")
        if number != 4:
            told.answers(person, "M6", use_1="regular" if number < 3 else "not_yet")
    tables = {t.key: t for s in told.report("TFA").sections for t in s.tables}
    rows = {row[0]: row[1:4] for row in tables["elearning_and_use"].rows}
    assert rows["Done"] == (5, 4, 3)
    assert rows["No access"] == (3, 3, 0)
    assert rows["Started"] == (0, 0, 0)
    outside = build(told.connection, ["TFA"], CUT_OFF, Wishes("donor", "JICA"))
    assert "elearning_and_use" not in repr(outside)


def test_what_a_list_says_of_the_elearning_counts_beside_the_answers() -> None:
    told = Story().workshop("TFA")
    for number, place in enumerate(PLACES[:6]):
        person = told.person("TFA", place)
        told.listed(person, "in_progress" if number < 4 else None)
        if number in (0, 4):
            told.answers(person, "PRE", elearning="done")
        told.answers(person, "M6", use_1="regular" if number == 1 else "not_yet")
    tables = {t.key: t for s in told.report("TFA").sections for t in s.tables}
    rows = {row[0]: row[1:4] for row in tables["elearning_and_use"].rows}
    # Nobody knows anything of the sixth person.
    assert rows["Done"] == (2, 2, 0)
    assert rows["Started"] == (3, 3, 1)
