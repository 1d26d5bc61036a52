"""The demonstration is the product at work: one seeded year, and every promise checked on it."""

import json
import re
from collections import Counter
from pathlib import Path
from statistics import mean
from typing import Any

import pytest
from sqlalchemy import Connection, Select, func, select

from analysis.reports.workshops import build
from bot.demo.cast import Cast
from bot.demo.office_surveys import RESULTS
from bot.demo.show import (
    beside_truth,
    excerpt,
    write_office_chat,
    write_reports,
)
from bot.demo.summary import Summary
from bot.demo.year import ENDS, FROM_BEFORE
from storage.database import Database
from storage.office.recommendations import recommendations_of
from storage.schema import (
    answers,
    attempts,
    cases,
    digests,
    enrolments,
    help_told,
    participants,
    waves,
)
from surveys.authoring.packaged import packaged_questionnaire
from surveys.recommendation import Became, State
from tests.analysis.recount import check
from tests.demo.stories import STORIES, Story
from tests.trust.page import PAGE, of_the_year
from tests.trust.simulation import ALL_FIGURES

PEOPLE = {
    "TFA-2017": 28,
    "CYBER-2017": 28,
    "AEO-2017": 30,
    "PM-VN-2017": 25,
    "IPR-KH-2017": 33,
    "RM-2017": 32,
    "IPR-OC-2017": 16,
    "ORIGIN-2017": 16,
    "VAL-2019": 21,
}


def test_a_whole_year_follows_eight_workshops_and_asks_in_four_surveys(year: Summary) -> None:
    assert year.workshops == 8 + 4 + 1, "one was asked with another tool before"
    assert year.participants_by_workshop == PEOPLE
    assert year.answers > 5_000


def test_the_cases_of_each_wave_are_the_sum_of_its_dispositions(
    year: Summary, database: Database
) -> None:
    counted = select(waves.c.key, func.count()).join(cases, cases.c.wave_id == waves.c.id)
    with database.engine.connect() as connection:
        found = {row[0]: row[1] for row in connection.execute(counted.group_by(waves.c.key))}
    assert year.cases_by_wave == found
    assert sum(found.values()) == year.cases
    assert {"complete", "partial", "break_off", "refusal", "non_contact", "unknown"} <= {
        name for wave in year.dispositions_by_wave.values() for name in wave
    }
    assert all("open" not in wave for wave in year.dispositions_by_wave.values())


def test_nobody_was_invited_twice_or_at_night_or_had_three_questionnaires_open(
    year: Summary,
) -> None:
    assert year.cases_invited_twice == 0
    assert year.messages_outside_working_hours == 0
    assert year.most_open_cases_of_a_person <= 2


def test_every_attempt_has_a_final_outcome(year: Summary, database: Database) -> None:
    assert set(year.attempts["invitation"]) <= {"sent", "failed"}
    assert year.attempts["invitation"]["failed"] == 1, "one person blocks the bot"
    with database.engine.connect() as connection:
        rows = connection.execute(select(attempts.c.detail).where(attempts.c.outcome == "failed"))
        assert [row.detail for row in rows] == ["blocked"]


def test_people_had_different_things_before_and_name_what_is_in_force_in_different_ways(
    database: Database,
) -> None:
    had = Counter(given(database, "exists_today"))
    without = had["none"] + had["dont_know"]
    assert 0.2 < 1 - without / had.total() < 0.5
    assert len(had) > 6
    titles = Counter(text for text in given(database, "title_%") if text)
    assert len(titles) > titles.total() / 2
    assert titles["I do not know"]
    assert any("@" in text for text in titles)
    assert any("drafted by" in text for text in titles)


def test_every_answer_about_anchors_and_effects_is_given_by_somebody(database: Database) -> None:
    for key, name in (("M6", "anchor_status"), ("M12", "new_status"), ("NCP12", "seen")):
        offered = packaged_questionnaire(key).by_name[f"{name}_unit"]
        codes = {one.name for one in packaged_questionnaire(key).options(offered)}
        assert set(given(database, f"%{name}_%")) - {""} == codes, name
    for key, name in (("M6", "without_it"), ("M12", "contribution"), ("NCP12", "fits")):
        asked = packaged_questionnaire(key)
        codes = {one.name for one in asked.options(asked.by_name[name])}
        assert codes <= set(given(database, name)), name
    effects = {code for told in given(database, "effects") for code in told.split()}
    assert {"slower", "unwanted"} <= effects


def test_most_let_their_administration_see_and_some_administrations_are_told_nothing(
    database: Database,
) -> None:
    wishes = Counter(given(database, "may_see"))
    assert wishes["yes"] > wishes.total() / 2
    assert wishes["no"]
    assert wishes[""], "some skip the question"


def given(database: Database, item: str) -> list[str]:
    """Return the present answers to questions like one, '' where one was skipped."""
    with database.engine.connect() as connection:
        return list(connection.scalars(select(answers.c.value).where(answers.c.item.like(item))))


def test_the_summary_is_written_as_json_and_an_excerpt_can_be_read(
    year: Summary, folder: Path
) -> None:
    written = json.loads((folder / "summary.json").read_text("utf-8"))
    assert written["cases"] == year.cases
    lines = excerpt(folder)
    assert any("Question 2" in line for line in lines)
    assert any(line.startswith("you   ") for line in lines)


def test_each_workshop_gets_its_reports_of_one_sheet_and_each_survey_its_page(
    database: Database, tmp_path: Path
) -> None:
    """The database lies in the folder that the reports are written to, by several processes."""
    reports = write_reports(tmp_path)
    surveys = [tmp_path / "reports" / f"{code}-{wave}-CONFIDENTIAL.pdf" for code, wave in RESULTS]
    assert set(surveys) <= set(reports)
    assert all(file.read_bytes().startswith(b"%PDF") for file in surveys)
    written = [file for file in reports if file not in surveys]
    assert len(written) == 9 * 4 + 1
    pages = [file.read_bytes() for file in written if file.suffix == ".pdf"]
    assert all(pdf.startswith(b"%PDF") for pdf in pages)
    assert [len(re.findall(rb"/Type\s*/Page[^s]", pdf)) for pdf in pages] == [2] * 10
    assert written[-1].name == "all-good-practice.pdf"
    assert all("CONFIDENTIAL" in file.name for file in written[:-1])
    report = json.loads((tmp_path / "reports" / "all-CONFIDENTIAL.json").read_text("utf-8"))
    assert "delegations" in report["title"]


def test_a_manager_gets_the_picture_in_chat_with_what_it_says(
    database: Database, tmp_path: Path
) -> None:
    chat, picture = write_office_chat(tmp_path)
    assert picture.read_bytes().startswith(b"\x89PNG")
    said = chat.read_text("utf-8")
    assert f"bot   [{picture.name}]\n      In " in said
    assert "What the office does next · Delegations:" in said
    assert "[ One page PDF ]" in said


def test_the_office_has_helped_and_told_it_and_a_manager_read_of_a_month(
    database: Database,
) -> None:
    def counted(connection: Connection) -> tuple[int, int]:
        told, sent = (select(func.count()).select_from(one) for one in (help_told, digests))
        return connection.scalar(told) or 0, connection.scalar(sent) or 0

    told, sent = database.read(counted)
    assert (told > 0, sent) == (True, 1)


def test_the_office_recommends_for_two_years_and_says_what_became_of_the_first(
    database: Database,
) -> None:
    first, second = (
        [one.content for one in database.read(recommendations_of, year)] for year in (2016, 2017)
    )
    assert {one.state for one in (*first, *second)} == {State.RELEASED}
    assert all(one.owner and one.due_on for one in (*first, *second))
    assert {one.outcome for one in first} == {Became.OPEN, Became.DONE, Became.DROPPED}
    assert {one.outcome for one in second} == {Became.OPEN}


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.__name__)
def test_what_the_office_asks_ends_on_a_page(story: Story, database: Database) -> None:
    story(database)


def test_every_figure_of_the_page_is_found_by_a_query_too(
    year: Summary, database: Database
) -> None:
    """The queries count people, so not the workshop whose answers are from a table of nobody known."""
    with database.engine.connect() as connection:
        everything = build(connection, None, ENDS).workshops
        codes = [code for code in everything if code != FROM_BEFORE[0]]
        check(connection, build(connection, codes, ENDS), "M12")


def test_the_page_about_trust_has_the_figures_of_this_year(year: Summary, folder: Path) -> None:
    table = of_the_year(beside_truth(folder, year.seed))
    assert "\n".join(table) in PAGE.read_text("utf-8")


def test_what_is_true_lies_in_the_bounds_of_most_figures(folder: Path, year: Summary) -> None:
    beside = beside_truth(folder, year.seed)
    assert len(beside) == 2 * len(ALL_FIGURES)
    assert sum(one.holds for one in beside) > 0.7 * len(beside)
    assert any(one.difference for one in beside)


def test_silence_goes_with_use(database: Database, year: Summary) -> None:
    """Who is silent a year later used it less after six months, as the truth is."""
    cast = Cast(year.seed)
    silent: list[bool] = []
    others: list[bool] = []
    with database.engine.connect() as connection:
        for row in connection.execute(of_officers("M12")):
            code = row.workshop_code
            (member,) = (m for m in cast.of(code) if m.name == row.name and code in m.deeds)
            uses = member.deeds[code].use(12) in ("tried", "regular")
            (silent if row.disposition == "unknown" else others).append(uses)
    assert mean(others) - mean(silent) > 0.15


def of_officers(wave: str) -> Select[Any]:
    return (
        select(participants.c.name, waves.c.workshop_code, cases.c.disposition)
        .join(enrolments, enrolments.c.participant_id == participants.c.id)
        .join(cases, cases.c.enrolment_id == enrolments.c.id)
        .join(waves, waves.c.id == cases.c.wave_id)
        .where(waves.c.key == wave)
    )
