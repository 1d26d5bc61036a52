"""Audiences: each only takes away, and its scope is checked before anything is built."""

import re
from io import BytesIO
from zipfile import ZipFile

import pytest

from analysis.formats import render
from analysis.formats.xlsx import BARS
from analysis.model import Report
from analysis.reports.audiences import AUDIENCES, Wishes
from analysis.reports.workshops import build
from storage.database import Conflict, NotFound
from surveys.report_status import ReportStatus
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year

FINAL = ReportStatus(2, "final", "members", CUT_OFF)


@pytest.fixture(scope="module")
def year() -> Story:
    return a_whole_year()


@pytest.fixture(scope="module")
def three() -> Story:
    """Three workshops of two donors; ten people of ten administrations answered each."""
    told = Story()
    for number, donor in enumerate(("CCF/Japan", "CCF/Japan", "NORAD")):
        code = f"W{number}"
        told.workshop(code, f"Title {code}", donors=(donor,))
        for place in PLACES[number * 10 : number * 10 + 10]:
            told.answers(told.person(code, place), "M6", use_1="tried", effects="faster")
    return told


def report(told: Story, audience: str, *codes: str, whom: str = "") -> Report:
    return build(told.connection, codes or None, CUT_OFF, Wishes(audience, whom))


def test_a_donor_gets_its_own_workshops_and_no_others(three: Story) -> None:
    assert report(three, "donor", whom="CCF/Japan").workshops == ("W0", "W1")
    assert report(three, "donor", "W2", whom="NORAD").workshops == ("W2",)
    assert "Title W2" not in repr(report(three, "donor", whom="CCF/Japan"))


@pytest.mark.parametrize(
    ("audience", "whom", "codes"),
    [
        ("donor", "NORAD", ("W0",)),
        ("donor", "ADB", ()),
        ("member", PLACES[0], ("W1",)),
        ("member", "XX", ()),
    ],
)
def test_what_is_not_theirs_is_refused(
    three: Story, audience: str, whom: str, codes: tuple[str, ...]
) -> None:
    with pytest.raises(NotFound):
        report(three, audience, *codes, whom=whom)


def test_hand_picked_workshops_are_refused_outside_as_they_could_be_compared(three: Story) -> None:
    with pytest.raises(Conflict, match="one workshop"):
        report(three, "rtc", "W0", "W2")
    assert report(three, "staff", "W0", "W2").workshops == ("W0", "W2")


def test_an_audience_sees_figures_of_the_office_or_nothing(year: Story) -> None:
    own = repr(report(year, "staff"))
    for audience in ("rtc", "good_practice", "newsletter"):
        for section in report(year, audience).sections:
            for table in section.tables:
                for row in table.rows:
                    together = any("those not shown" in str(c) or "From “" in str(c) for c in row)
                    assert (
                        together
                        or str(row[1]) in own
                        or row[1] == "not shown"
                        or "at least" in str(row[1])
                    ), row


def test_readers_outside_see_no_count_of_people_under_five(year: Story) -> None:
    found = report(year, "good_practice")
    for section in found.sections:
        for table in section.tables:
            if table.chart in ("bars", "grouped") and "People" in table.columns:
                column = 1 if table.chart == "bars" else 2
                counts = [row[column] for row in table.rows if isinstance(row[column], int)]
                assert all(int(count) >= 5 for count in counts), table.key


def allowing(places: dict[str, str]) -> Story:
    """Six administrations with two officers each, who say whether their own one may see answers."""
    told = Story().workshop("TFA")
    for place, wishes in places.items():
        for wish in wishes.split():
            values = {} if wish == "silent" else {"may_see": wish}
            told.answers(
                told.person("TFA", place), "M6", use_1="regular", effects="faster", **values
            )
    return told


def own_tables(told: Story, place: str) -> dict[str, tuple[tuple[object, ...], ...]]:
    own = report(told, "member", whom=place).sections[0]
    assert own.key == "own"
    return {table.key: table.rows for table in own.tables}


def test_a_member_sees_its_officers_answers_if_every_one_of_them_allows_it() -> None:
    told = allowing(
        {"BD": "yes yes", "AU": "yes no", "FJ": "yes silent"} | dict.fromkeys(PLACES[6:9], "no no")
    )
    assert {"own_stages", "own_effects"} <= own_tables(told, "BD").keys()
    assert own_tables(told, "AU") == own_tables(told, "FJ") == {}
    assert "Administration AU" not in repr(report(told, "member", whom="BD"))


def test_the_long_report_of_a_member_has_a_chapter_of_its_own_administration() -> None:
    told = allowing({"BD": "yes yes"} | dict.fromkeys(PLACES[6:12], "no no"))
    chapters = {one.heading: one.sections for one in report(told, "member", whom="BD").chapters}
    assert chapters["Your administration"] == ("own",)


def test_a_member_is_not_told_whether_a_supervisor_confirms_its_officers() -> None:
    told = allowing(dict.fromkeys(PLACES[2:8], "no no"))
    rule = {"anchors": "procedure", "anchor_status_procedure": "new"}
    told.answers(told.person("TFA", "BD"), "M6", use_1="regular", may_see="yes", **rule)
    seen = {"anchors": "procedure", "anchor_seen_procedure": "new"}
    told.answers(told.person("TFA", "BD", "supervisor"), "SUP6", **seen)
    assert [row[2] for row in own_tables(told, "BD")["own_anchors"]] == ["described or better"]


def test_a_member_is_not_told_whether_somebody_denies_what_its_officers_say() -> None:
    told = allowing(dict.fromkeys(PLACES[2:8], "no no"))
    rule = {"anchors": "procedure", "anchor_status_procedure": "new"}
    told.answers(told.person("TFA", "BD"), "M6", use_1="regular", may_see="yes", **rule)
    before = own_tables(told, "BD")
    told.answers(told.person("TFA", "BD", "supervisor"), "SUP6", anchors="none")
    assert told.reading().outcome.headlines["embedded"].bounds.disputed == 1
    assert own_tables(told, "BD") == before


def test_passing_over_the_question_takes_an_earlier_permission_back() -> None:
    told = allowing({"BD": "yes yes"} | dict.fromkeys(PLACES[2:8], "no no"))
    assert "own_effects" in own_tables(told, "BD")
    later = told.responses()[0].enrolment_id
    told.answers(later, "M12", skipped="may_see", use_1="regular")
    assert own_tables(told, "BD") == {}


def test_a_refusal_shows_in_no_way_in_the_report_of_its_administration() -> None:
    told = allowing(dict.fromkeys(PLACES[:6], "no no") | {"AU": "yes no", "BD": "no no"})
    assert own_tables(told, "AU") == own_tables(told, "BD") == {}


def test_answers_of_few_people_are_not_shown_to_their_own_administration(year: Story) -> None:
    own = report(year, "member", whom="BD").sections[0]
    assert not {"own_effects", "own_obstacles"} & {table.key for table in own.tables}


@pytest.mark.parametrize("people", [(6, 2), (7, 1), (5, 3)])
def test_in_a_national_workshop_no_sentence_tells_readers_outside_of_a_few(
    people: tuple[int, int],
) -> None:
    told = Story().workshop("IPR", donors=("JICA",))
    for use, number in zip(("regular", "not_yet"), people, strict=True):
        for _ in range(number):
            told.answers(told.person("IPR", "KH"), "M6", use_1=use, anchors="none")
    found = report(told, "donor", whom="JICA")
    assert found.title.endswith("main finding not shown, to protect small groups")
    assert not any(figure.base for figure in found.headlines)
    tables = {table.key: table for section in found.sections for table in section.tables}
    assert not any(isinstance(cell, int) for row in tables["stages"].rows for cell in row)


def test_the_newsletter_is_five_lines_without_names(year: Story) -> None:
    text = render(report(year, "newsletter"), "newsletter").decode()
    assert text.count("\n") == 5
    assert not re.search("Administration [A-Z]", text)


def test_confidentiality_and_status_stand_at_the_foot(year: Story) -> None:
    final = build(year.connection, None, CUT_OFF, Wishes("donor", "JICA", report_status=FINAL))
    assert final.footer == (
        "Prepared for JICA. Administrations are named only with permission. For Members. Final. "
        "Version 2."
    )
    assert {key for key, audience in AUDIENCES.items() if not audience.outside} == {"staff"}


def test_t12_what_one_person_of_two_workshops_said_at_the_first_is_in_no_report() -> None:
    told = Story().workshop("W0", donors=("CCF/Japan",)).workshop("W1", donors=("NORAD",))
    for number in range(32):
        person = told.person(f"W{number % 2}", PLACES[number])
        told.answers(person, "M6", effects="faster" if number % 4 < 2 else "accuracy")
    again = told.person("W1", PLACES[0], same_as=told.person("W0", PLACES[0]))
    told.answers(again - 1, "M6", effects="faster")
    told.answers(again, "M6", effects="accuracy")
    printed = [report(told, "good_practice", *codes) for codes in ((), ("W0",), ("W1",))]
    sections = [next(s for s in found.sections if s.key == "effects") for found in printed]
    rows = [{row[0]: row[1] for row in section.tables[0].rows} for section in sections]
    for label in ("Work is faster", "Work is more accurate"):
        assert "not shown" in [each[label] for each in rows]


def test_t12_outside_the_office_no_fate_of_a_few_cases_is_told(year: Story) -> None:
    fieldwork = next(s for s in report(year, "good_practice").sections if s.key == "fieldwork")
    (response,) = fieldwork.tables
    assert response.columns == ("Wave", "Asked", "Replied", "Of those asked")
    for _, asked, replied, _ in response.rows:
        if isinstance(replied, int):
            assert replied >= 5 and int(asked) - replied >= 5


def test_a_bar_that_is_not_shown_is_a_gap_in_the_chart_of_the_workbook(year: Story) -> None:
    found = report(year, "good_practice")
    drawn = [
        [row[BARS[table.chart] + 1] for row in table.rows]
        for section in found.sections
        for table in section.tables
        if table.chart in BARS and any(isinstance(cell, int) for row in table.rows for cell in row)
    ]
    assert "not shown" in [cell for cells in drawn for cell in cells]
    with ZipFile(BytesIO(render(found, "xlsx"))) as book:
        names = [f"xl/charts/chart{number}.xml" for number in range(1, len(drawn) + 1)]
        charts = [book.read(name).decode() for name in names]
    for cells, chart in zip(drawn, charts, strict=True):
        (values,) = re.findall(r"<c:val>.*?</c:val>", chart)
        points = re.findall(r'<c:pt idx="(\d+)"><c:v>(\d+)</c:v>', values)
        told = {str(n): str(cell) for n, cell in enumerate(cells) if isinstance(cell, int)}
        assert dict(points) == told


def test_a_title_tells_what_is_embedded_where_regular_use_may_not_be_told() -> None:
    told = Story().workshop("RM")
    new = {"anchors": "procedure", "anchor_status_procedure": "new", "title_procedure": "Order 7"}
    for number, place in enumerate(PLACES[:24]):
        said = new if number < 12 else {"anchors": "none"}
        told.answers(told.person("RM", place), "M6", use_1="tried", **said)
    found = report(told, "good_practice", "RM")
    assert found.title.endswith(
        "in at least 12 of 24 delegations the knowledge is new in a rule, course, post, budget or "
        "system (described or better)"
    )
