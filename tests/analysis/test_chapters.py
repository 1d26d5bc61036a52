"""Chapters of long reports at the edges: none vanishes, numbers have no gap, no note is lost."""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from string import ascii_uppercase

import pytest
from sqlalchemy import insert, update

from analysis.arrangement import PICTURES, REPLIES, SUMMARY, TABLES, arranged
from analysis.figures import Figure
from analysis.formats import render
from analysis.model import Report
from analysis.reports.audiences import Wishes
from analysis.reports.good_practice import FromOffice
from analysis.reports.workshops import build
from analysis.sections import ALWAYS, CONTENTS, RESULTS
from analysis.sections.conclusions import Advice, conclusions
from analysis.sections.trend import EarlierYear
from storage.schema import programmes, workshops
from surveys.planning.fiscal_year import FiscalYear
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.analysis.large import a_whole_year
from tests.analysis.reports.test_good_practice import a_year, made
from tests.analysis.worn import worn

ANNEXES = frozenset(("abbreviations", "glossary", "questions"))


def said(report: Report) -> Iterator[str]:
    """All that a report says: its notes, figures, quotes, and the cells of its tables."""
    for one in report.sections:
        yield from one.notes
        yield from (quote.text for quote in one.quotes)
        yield from (text for figure in one.figures for text in (figure.text, figure.note))
        for table in one.tables:
            yield table.note
            yield from (str(cell) for row in table.rows for cell in row)


def unsaid(report: Report, long: Report) -> list[str]:
    """What the report says and its chapters and annexes do not."""
    findings = (f"{one.finding} {one.more}" for one in long.chapters)
    shown = "\n".join((*said(long), *findings))
    return [one for one in said(report) if one not in shown]


def check(report: Report) -> None:
    long = arranged(report)
    assert unsaid(report, long) == []
    body = [one for one in long.chapters if one.number and not one.annex]
    annexes = [one for one in long.chapters if one.annex]
    assert [one.number for one in body] == [str(n) for n in range(1, len(body) + 1)]
    assert [one.number for one in annexes] == list(ascii_uppercase[: len(annexes)])
    apart = {*ANNEXES, *SUMMARY, *(one.key for one in report.sections if one.annex)}
    wanted = [one.heading for one in report.chapters if not {*one.sections} <= apart]
    assert [one.heading for one in body] == wanted
    placed = {one.key: one for one in long.sections}
    assert all(one.sections or one.finding for one in body)
    assert all(placed[key].filled for one in long.chapters for key in one.sections)
    lettered = {f"Annex {one.number}" for one in annexes}
    assert all(one.more.rpartition(": ")[2] in lettered for one in body if one.more)
    assert not any(note.rstrip().endswith(":") for one in long.sections for note in one.notes)


@cache
def year() -> Report:
    return a_whole_year().report("RM")


def test_no_report_quotes_a_command() -> None:
    for report in (year(), good_practice(), of_a_member(), with_an_operation()):
        assert "followup " not in render(report, "json").decode()


@cache
def good_practice() -> Report:
    """The report on a fiscal year, with recommendations and a year before."""
    advice = [Advice("Share examples.", "ROCB", date(2019, 6, 30))]
    figures = (Figure("tried", "tried or used, after 6 months", "at least 9 of 20", 9, 20),)
    earlier = [EarlierYear(FiscalYear(2016), figures, ("A",))]
    return made(a_year(1), FromOffice(advice, advice, earlier))


def test_the_report_on_a_year_has_all_its_chapters() -> None:
    check(good_practice())


def test_the_plan_names_tables_and_sections_that_reports_make_and_no_others() -> None:
    reading = a_whole_year().reading("RM")
    makers = (*RESULTS.values(), *ALWAYS.values(), conclusions)
    reports = (good_practice(), of_a_member(), with_an_operation(), year())
    sections = [*(make(reading) for make in makers)]
    sections += [one for report in reports for one in report.sections]
    tables = {(part.key, one.key) for part in sections for one in part.tables}
    assert [place for place in (*PICTURES, *TABLES) if place not in {REPLIES, *tables}] == []
    assert {key for _, keys in CONTENTS for key in keys} == {one.key for one in sections}


def test_what_has_no_picture_opens_with_a_sentence_too() -> None:
    opened = [
        {one.heading: one.finding for one in arranged(report).chapters if not one.annex}
        for report in (year(), with_an_operation())
    ]
    assert opened[0]["Stage table"].startswith("Administrations that agreed to be named: ")
    assert opened[0]["Evaluation levels and criteria"].startswith("Effectiveness: in regular use")
    assert "not an effect of a workshop" in opened[1]["Operation results"]


def with_an_operation() -> Report:
    told = few()
    about = {"month": "", "trainers_month": "", "follow_up_month": "", "trainers_workshop": "W"}
    told.connection.execute(insert(programmes).values(code="P", operation="Raid", **about))
    return told.report("W")


def of_a_member() -> Report:
    wishes = Wishes("member", PLACES[0])
    return build(a_whole_year().connection, None, CUT_OFF, wishes)


@pytest.mark.parametrize("seed", range(60))
def test_whatever_is_missing_no_chapter_vanishes_and_no_note_is_lost(seed: int) -> None:
    check(worn(year(), seed))


def few() -> Story:
    """Six officers of six administrations who answered one question of one wave."""
    told = Story().workshop("W")
    for place in PLACES[:6]:
        told.answers(told.person("W", place), "M3", use_1="not_yet")
    return told


def national() -> Story:
    """Six officers of one administration, so nobody can be named."""
    told = Story().workshop("W")
    for _ in range(6):
        told.answers(told.person("W", "FJ"), "M6", use_1="tried", obstacles="staff")
    return told


def beside_a_survey() -> Story:
    """The few, and a survey that belongs to no workshop."""
    told = few().workshop("S", "A survey")
    told.connection.execute(update(workshops).where(workshops.c.code == "S").values(kind="survey"))
    told.person("S", "FJ")
    return told


@pytest.mark.parametrize("audience", ["staff", "rtc", "good_practice"])
@pytest.mark.parametrize("tell", [few, national, beside_a_survey])
def test_a_report_of_few_answers_has_all_its_chapters(
    tell: Callable[[], Story], audience: str
) -> None:
    check(build(tell().connection, ["W"], CUT_OFF, Wishes(audience)))


def test_without_answers_there_are_no_chapters_to_cut() -> None:
    told = Story().workshop("W")
    told.person("W", "FJ")
    report = told.report("W")
    assert report.notice
    assert arranged(report) == report
