"""What the figures of a report count, and when: delegations or people, at six or twelve months."""

from analysis.model import Report, Table
from tests.analysis.builder import PLACES, Story

NEW = {"anchors": "procedure", "anchor_status_procedure": "new"}


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def notes(report: Report, key: str) -> str:
    return " ".join(next(one for one in report.sections if one.key == key).notes)


def workshop(told: Story, code: str, waves: str, places: int = 6, **said: str) -> list[int]:
    """A workshop of some administrations with one officer each, who answers some waves."""
    told.workshop(code, f"Title {code}")
    people = [told.person(code, place) for place in PLACES[:places]]
    for person in people:
        for wave in waves.split():
            told.answers(person, wave, use_any="regular", **said)
    return people


def test_after_three_months_nothing_is_told_of_what_is_not_asked_then() -> None:
    told = Story()
    workshop(told, "A", "M3", actions="briefed")
    report = told.report()
    texts = {one.key: one.text for one in report.headlines}
    assert texts["in_regular_use"] == "6 of 6 (at most 6)"
    assert texts["routine"] == texts["embedded"] == "not asked yet"
    assert report.title == (
        "Title A, Kashiwa 2017, after 3 months: in 6 of 6 delegations that replied the knowledge is in "
        "regular use"
    )
    assert len(table(report, "figures").rows) == 4
    assert report.in_short[0] == "What is in force is asked after 6 months."


def test_a_workshop_that_has_come_to_three_months_only_is_left_out_beside_others() -> None:
    told = Story()
    workshop(told, "A", "M3 M6")
    workshop(told, "B", "M3")
    report = told.report()
    assert report.headlines[0].text == "6 of 6 (at most 6)"
    assert "1 workshop is not in the figures: its follow-up has not come as far." in report.method


def test_the_best_of_workshops_are_those_whose_delegations_are_counted() -> None:
    told = Story()
    workshop(told, "A", "M6")
    workshop(told, "B", "M6")
    told.workshop("N")
    told.answers(told.person("N", "KH"), "M6", use_any="regular")
    best = table(told.report(), "in_one_workshop")
    assert best.note == "The best of 2 workshops, so it grows with their number."


def test_workshops_at_different_moments_are_counted_each_at_its_own() -> None:
    told = Story()
    workshop(told, "A", "M6 M12")
    workshop(told, "B", "M6", **NEW)
    report = told.report()
    assert report.title.startswith("2 workshops, after 6 months or 12 months: in 12 of 12")
    label = report.headlines[2].label
    assert label == "shared with colleagues, by 6 months"
    assert table(report, "in_one_workshop").rows[0][1:] == (6, 6, 6)


def test_with_fewer_than_five_delegations_people_are_counted_at_each_workshop() -> None:
    told = Story().workshop("A").workshop("B")
    first = [told.person("A", place) for place in PLACES[:2] * 2]
    again = told.person("B", PLACES[0], same_as=first[0])
    for person in (*first, again, told.person("B", PLACES[1])):
        told.answers(person, "M6", use_any="regular")
    report = told.report()
    assert "6 of 6 people who replied use the knowledge regularly" in report.title
    said = "Who was at several workshops is counted at each: 6 attendances of 5 people."
    assert said in notes(report, "stages")


def test_what_stands_beside_the_embedded_ones_has_rows_of_its_own() -> None:
    told = Story().workshop("A")
    for number, place in enumerate(PLACES[:8]):
        person = told.person("A", place)
        existed = ("procedure", "none", "none", "dont_know")[number % 4]
        told.answers(person, "PRE", exists_today=existed)
        said = NEW | {"title_procedure": "Order 12 of 2018"}
        if number == 6:
            said = {"anchors": "unit", "anchor_status_unit": "before"}
        if number == 7:
            said = {"anchors": "unit", "anchor_status_unit": "in_force"}
        use = "stopped" if number == 1 else "regular"
        told.answers(person, "M6", use_any=use, **said)
    rows = {str(row[0]): row[1] for row in table(told.report(), "beside").rows}
    assert rows == {
        "On paper only: embedded, and nobody says that it is used": 1,
        "Embedded, and something of the kind stood there before": 2,
        "Embedded, and before: not asked": 1,
        "There before, not changed": 1,
        "In force, since when: not asked": 1,
    }
