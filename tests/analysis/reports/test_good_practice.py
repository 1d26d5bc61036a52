"""The Good Practice Report on a fiscal year: its parts, titles, stories, and what nobody may find.

Some take seconds: such a report is protected beside a dozen sets of workshops and groups of people.
"""

from collections.abc import Iterator
from datetime import date
from itertools import permutations
from random import Random

import pytest
from sqlalchemy import update

from analysis.disclosure.published_sets import groups_of_year
from analysis.disclosure.question import Question, Row, Telling
from analysis.figures import Figure
from analysis.findings.reading import read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.model import Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.good_practice import FromOffice, build_good_practice
from analysis.sections.conclusions import Advice
from analysis.sections.groups import groups
from analysis.sections.trend import EarlierYear
from storage.database import NotFound
from storage.schema import administrations, workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story

YEAR = FiscalYear(2017)
GOOD_PRACTICE = Wishes("good_practice")
NEW_RULE = {"anchors": "procedure", "anchor_status_procedure": "new"}


def a_year(seed: int) -> Story:
    """Three workshops of two donors; people of three sub-regions use what they learned or not."""
    told, chance = Story(), Random(seed)
    for number, code in enumerate(PLACES):
        there = update(administrations).where(administrations.c.code == code)
        region = ("Oceania", "ASEAN", "South Asia")[number % 3]
        facts = {"subregion": region, "sids": number % 4 == 0, "ldc": "yes" * (number % 5 == 0)}
        told.connection.execute(there.values(facts))
    for code, donors in {"A": ("Japan",), "B": ("Japan",), "C": ("Korea",)}.items():
        told.workshop(code, f"Title {code}", donors)
        for place in chance.sample(PLACES, 14):
            person = told.person(code, place)
            use = chance.choice(("not_yet", "tried", "regular"))
            if chance.random() < 0.8:
                more = NEW_RULE if chance.random() < 0.4 else {"anchors": "none"}
                told.answers(person, "M6", use_1=use, actions="briefed", obstacles="staff", **more)
            else:
                told.silent(person, "M6")
    return told


def made(told: Story, office: FromOffice = FromOffice()) -> Report:  # noqa: B008 - it is frozen
    return build_good_practice(told.connection, YEAR, CUT_OFF, GOOD_PRACTICE, office)


def section(report: Report, key: str) -> Section:
    return next(one for one in report.sections if one.key == key)


def table(report: Report, key: str) -> Table:
    return next(t for s in report.sections for t in s.tables if t.key == key)


@pytest.fixture(scope="module")
def told() -> Story:
    return a_year(1)


@pytest.fixture(scope="module")
def report(told: Story) -> Report:
    advice = Advice("Share examples.", "ROCB", date(2019, 6, 30))
    dropped = Advice("Publish templates.", "ROCB", date(2018, 6, 30), "dropped", "No budget.")
    figures = (Figure("tried", "tried or used, after 6 months", "at least 9 of 20", 9, 20),)
    before = EarlierYear(FiscalYear(2016), figures, ("A",))
    return made(told, FromOffice([advice], [dropped], [before]))


def test_a_year_without_a_workshop_has_no_report(told: Story) -> None:
    with pytest.raises(NotFound, match="2015/16"):
        build_good_practice(
            told.connection, FiscalYear(2015), CUT_OFF, GOOD_PRACTICE, FromOffice()
        )


def test_each_part_of_the_year_has_the_headlines_of_a_report_of_its_own(report: Report) -> None:
    rows = {row[0]: row[2:] for row in table(report, "groups_workshop").rows}
    assert [*rows] == ["A: Title A", "B: Title B", "C: Title C"]
    assert [row[0] for row in table(report, "groups_donor").rows] == ["Japan", "Korea"]
    # Korea paid for C alone: the same people, the same row.
    assert table(report, "groups_donor").rows[1][2:] == rows["C: Title C"]
    regions = [row[0] for row in table(report, "groups_region").rows]
    assert sorted(map(str, regions)) == ["ASEAN", "Oceania", "South Asia"]
    assert len(table(report, "groups_countries").rows) == 2
    assert table(report, "groups_workshop").columns[1:3] == ("Counted", "tried or used")


def test_the_pictures_of_workshops_name_them_by_codes_that_the_table_explains(
    report: Report,
) -> None:
    drawn = dict.fromkeys(str(row[1]) for row in table(report, "multiples").rows)
    listed = [str(row[0]) for row in table(report, "groups_workshop").rows]
    assert [one.partition(":")[0] for one in listed] == [*drawn]


def test_a_picture_of_claims_does_not_call_them_described(report: Report) -> None:
    listed = table(report, "groups_workshop")
    claims = [row[0] for row in listed.rows if "claimed or better" in str(row[-1])]
    drawn = [row for row in table(report, "multiples").rows if str(row[0]).startswith("embedded")]
    assert report.headlines[-1].label.startswith("embedded, claimed or better")
    assert listed.columns[-1] == "embedded, claimed or better"
    assert not claims
    assert {row[0] for row in drawn if isinstance(row[2], int)} == {"embedded, claimed or better"}


def test_a_sub_region_is_told_of_the_same_wave_as_the_whole_year() -> None:
    """Of Oceania few answered after twelve months; six months would be another day."""
    told = Story()
    for code in "AB":
        told.workshop(code)
        for number, place in enumerate(PLACES[:20]):
            person = told.person(code, place)
            told.answers(person, "M6", use_1="regular", **NEW_RULE)
            if number >= 2:
                told.answers(person, "M12", use_1="tried", still="procedure")
    for number, place in enumerate(PLACES[:20]):
        there = update(administrations).where(administrations.c.code == place)
        region = {"subregion": "Oceania" if number < 6 else "ASEAN"}
        told.connection.execute(there.values(region))
    everything = told.frames()
    reading = read_outside(everything, None, CUT_OFF, by_group=True)
    assert reading is not None
    assert reading.published is not None
    keys = reading.published.groups
    parts = [one.key(YEAR) for one in groups_of_year(everything, YEAR) if one.places]
    assert len(parts) == 2
    for part in parts:
        assert reading.published.seen_from(keys[part]).moments == {"A": "M12", "B": "M12"}


def test_recommendations_stand_beside_what_became_of_last_years(report: Report) -> None:
    (row,) = table(report, "recommendations").rows
    assert row == ("1.", "Share examples.", "ROCB", "30 June 2019")
    (row,) = table(report, "last_recommendations").rows
    assert row == ("Publish templates.", "ROCB", "Dropped", "No budget.")


def test_an_earlier_year_is_compared_where_its_questions_were_the_same(report: Report) -> None:
    trend = table(report, "trend")
    assert [row[0] for row in trend.rows] == ["2016/17, after 6 months", "2017/18, after 6 months"]
    assert trend.rows[0][trend.columns.index("tried or used")] == "at least 9 of 20"


def test_an_earlier_year_with_other_questions_is_not_compared() -> None:
    told = a_year(2)
    told.workshop("OLD")
    days = {"starts_on": date(2016, 11, 7), "ends_on": date(2016, 11, 11)}
    told.connection.execute(update(workshops).where(workshops.c.code == "OLD").values(days))
    figures = (Figure("tried", "tried or used, after 6 months", "at least 9 of 20", 9, 20),)
    found = made(told, FromOffice(earlier=[EarlierYear(FiscalYear(2016), figures, ("OLD",))]))
    trend = table(found, "trend")
    assert trend.rows[0][trend.columns.index("tried or used")] == "asked otherwise"


def test_abbreviations_name_the_groups_as_the_year_began(report: Report) -> None:
    rows = {row[0]: row for row in table(report, "abbreviations").rows}
    assert rows["AU"] == ("AU", "Administration AU", "Oceania", "yes", "yes")
    assert len(rows) == len(PLACES)


def test_questions_stand_in_the_annex_in_full_without_a_count(report: Report) -> None:
    rows = table(report, "questions_M6").rows
    assert any(
        str(choices).startswith("No chance to use it; Lack of supervisor support;")
        for _, choices in rows
    )


def test_a_story_that_did_not_succeed_is_told_beside_those_that_went_far() -> None:
    told = Story().workshop("A").workshop("B")
    for number, place in enumerate(PLACES[:24]):
        person = told.person("AB"[number % 2], place)
        far = number < 12
        case = told.answers(
            person, "M3", use_1="regular" if far else "not_yet", example=f"Story {number}."
        )
        use = {"use_1": "regular" if far else "not_yet", "others_use": "most" if far else "no"}
        told.answers(person, "M6", quote="anonymous", **use)
        told.decides(case, "example")
    found = section(made(told), "stories")
    assert [one.source.partition(":")[0] for one in found.quotes] == [
        "Where a practice went furthest",
        "Where a practice went furthest",
        "From somebody who did not use the knowledge when last asked",
    ]
    numbers = [int("".join(filter(str.isdigit, one.text))) for one in found.quotes]
    assert [number < 12 for number in numbers] == [True, True, False]


def test_without_a_released_text_it_is_said_that_there_is_no_story(report: Report) -> None:
    found = section(report, "stories")
    assert found.quotes == ()
    assert len(found.notes) == 2


def test_titles_are_those_that_the_office_has_released_of_people_who_may_be_quoted() -> None:
    told = Story().workshop("A").workshop("B")
    for number, place in enumerate(PLACES[:24]):
        person = told.person("AB"[number % 2], place)
        title = f"Order {number} of 2018"
        said = NEW_RULE | {"title_procedure": title, "quote": "no" if number == 6 else "anonymous"}
        case = told.answers(person, "M6", use_1="regular", **said)
        if number < 7:
            told.decides(case, "title_procedure", text=title if number else "Order [number]")
    rows = table(made(told), "anchor_titles").rows
    assert [row[1] for row in rows] == ["Order 1 of 2018", "Order 2 of 2018"] + [
        f"Order {number} of 2018" for number in (3, 4, 5)
    ] + ["Order [number]"]


# What nobody may find by comparing the parts of a year


def differences(
    question: Question, tables: dict[str, tuple[Row, ...]]
) -> Iterator[tuple[str, str, int]]:
    """Yield how many people are behind the difference of two counts that are told, part by part.

    Whoever is counted in the smaller part is counted in the larger one too: else nothing is left over.
    """
    told = {
        (key, row.codes): row
        for key, rows in tables.items()
        for row in rows
        if row.telling is Telling.COUNT
    }
    for (outer, codes), (inner, others) in permutations(told, 2):
        large, small = question.crowds[outer], question.crowds[inner]
        if codes == others and small.keys() < large.keys():
            chosen = [
                {unit: one for unit, one in crowd.items() if one.codes & {*codes}}
                for crowd in (large, small)
            ]
            rest = [one.replied for unit, one in chosen[0].items() if unit not in chosen[1]]
            if chosen[1].keys() <= chosen[0].keys():
                yield outer, inner, len(frozenset().union(*rest))


@pytest.mark.parametrize("seed", [3, 4])
def test_no_few_people_are_left_between_two_parts_of_a_year(seed: int) -> None:
    everything = a_year(seed).frames()
    reading = read_outside(everything, None, CUT_OFF, by_group=True)
    assert isinstance(reading, ReportFacts)
    assert reading.published is not None
    groups(reading, YEAR, groups_of_year(everything, YEAR))
    found = [
        one
        for question, tables in reading.published.questions()
        for one in differences(question, dict(tables))
    ]
    assert found
    assert not [one for one in found if 0 < one[2] < 5]
