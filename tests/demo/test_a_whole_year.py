"""The demonstration is the product at work: one seeded year, and every promise checked on it."""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from analysis.reports.workshops import build
from bot.demo.show import DATABASE, excerpt, live_a_year, write_reports
from bot.demo.summary import Summary
from bot.demo.year import ENDS
from storage.database import Database
from storage.schema import attempts, cases, waves
from tests.analysis.recount import check

# One fixture lives through the whole year, which takes about a minute.
pytestmark = [pytest.mark.timeout(1200), pytest.mark.xdist_group("year")]

SEED = 2017
PEOPLE = {
    "TFA-2017": 28,
    "CYBER-2017": 28,
    "AEO-2017": 30,
    "PM-VN-2017": 25,
    "IPR-KH-2017": 33,
    "RM-2017": 32,
    "IPR-OC-2017": 16,
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("year")


@pytest.fixture(scope="module")
def year(folder: Path) -> Summary:
    return live_a_year(folder, SEED)


@pytest.fixture(scope="module")
def database(folder: Path, year: Summary) -> Iterator[Database]:
    database = Database(f"sqlite:///{folder / DATABASE}")
    yield database
    database.close()


def test_a_whole_year_follows_the_seven_workshops_of_2017(year: Summary) -> None:
    assert year.workshops == 7
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


def test_the_same_seed_gives_the_same_months(tmp_path: Path) -> None:
    winter = datetime(2017, 12, 1, tzinfo=UTC)
    first, second = (live_a_year(tmp_path / name, SEED, until=winter) for name in ("a", "b"))
    assert first == second
    assert first.answers > 500
    for name in ("summary.json", "transcript.txt"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_the_summary_is_written_as_json_and_an_excerpt_can_be_read(
    year: Summary, folder: Path
) -> None:
    written = json.loads((folder / "summary.json").read_text("utf-8"))
    assert written["cases"] == year.cases
    lines = excerpt(folder)
    assert any("Question 2" in line for line in lines)
    assert any(line.startswith("you   ") for line in lines)


def test_each_workshop_gets_its_reports_of_one_page(year: Summary, folder: Path) -> None:
    written = write_reports(folder)
    assert len(written) == 8 * 4
    pages = [file.read_bytes() for file in written if file.suffix == ".pdf"]
    assert all(pdf.startswith(b"%PDF") for pdf in pages)
    assert [len(re.findall(rb"/Type\s*/Page[^s]", pdf)) for pdf in pages] == [1] * 8
    report = json.loads((folder / "reports" / "all.json").read_text("utf-8"))
    assert "administrations" in report["title"]


def test_every_figure_of_the_page_is_found_by_a_query_too(
    year: Summary, database: Database
) -> None:
    with database.engine.connect() as connection:
        check(connection, build(connection, None, ENDS), "M12")
