"""Of what a title and a subtitle say that they are: the workshops that were held, and those counted."""

from datetime import date
from typing import Any

from sqlalchemy import update

from storage.schema import workshops
from tests.analysis.builder import PLACES, Story


def of_several() -> Story:
    """Two workshops with answers, one too early for them, one yet to come, and a survey."""
    story = Story().workshop("A").workshop("B").workshop("LATE").workshop("NEXT").workshop("ASK")
    story.connection.execute(update(workshops).where(_is("ASK")).values(kind="survey"))
    to_come = {"starts_on": date(2030, 1, 7), "ends_on": date(2030, 1, 11)}
    story.connection.execute(update(workshops).where(_is("NEXT")).values(to_come))
    for code in ("A", "B", "LATE", "NEXT"):
        for place in PLACES[:6]:
            person = story.person(code, place)
            if code in "AB":
                story.answers(person, "M6", use_1="regular", obstacles="staff")
    return story


def _is(code: str) -> Any:
    return workshops.c.code == code


def test_a_title_counts_the_workshops_of_its_figures() -> None:
    report = of_several().report()
    assert report.title.startswith("2 workshops, after 6 months:")


def test_a_subtitle_says_of_how_many_of_the_workshops_that_were_held_figures_are() -> None:
    report = of_several().report()
    told = "Figures of 2 of 3 workshops · 6–10 November 2017 · 18 participants"
    assert report.subtitle.startswith(told)
    assert of_several().report("A", "B").subtitle.startswith("2 workshops · ")
    assert dict(report.cover)["Workshops"] == "3"
    notes = [table.note for one in report.sections for table in one.tables]
    assert any("Asked in 2 of 3 workshops." in note for note in notes)


def test_it_is_said_why_a_workshop_is_not_in_the_figures() -> None:
    story = of_several().workshop("NAT").workshop("LAT")
    for code in ("NAT", "LAT"):
        for _ in range(2):
            story.answers(story.person(code, "KH"), "M6", use_1="regular")
    told = story.report().method
    assert "1 workshop is not in the figures: its follow-up has not come as far." in told
    assert (
        "2 workshops of one administration each are not in the figures: beside others, delegations "
        "are counted."
    ) in told


def test_the_one_workshop_with_figures_is_named() -> None:
    title = of_several().report("A", "ASK").title
    assert title.startswith("Trade Facilitation Agreement, Kashiwa 2017, after 6 months:")
