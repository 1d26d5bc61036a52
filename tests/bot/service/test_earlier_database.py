"""An office goes on in the middle of a wave with the database of an earlier version."""

import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from analysis.measures.verification import claims
from bot.desk.reports.reporting import reports_of
from bot.operations.health import Level, health_of
from bot.operations.housekeeping import Housekeeping
from bot.runtime.opening import open_database
from bot.settings.config import Settings
from storage.operations.heartbeats import BACKUP, record_heartbeat
from storage.schema import answers, attempts, cases, waves
from tests.bot.conftest import STAFF
from tests.bot.stage import Person, Stage
from tests.databases import EARLIER, LAST_ROUNDS, LATER, put_earlier
from tests.postgresql import create_database
from tests.shared import made_once
from tests.templates import copied

CASE = 3
"""Cat has answered one question of it, with another answer at first."""


@pytest.fixture(params=[*EARLIER, *LATER])
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def last_round(revision: str) -> datetime:
    return datetime.fromisoformat(f"{LAST_ROUNDS[revision]}+00:00")


def opened(url: str, revision: str) -> None:
    """Let this version open the database of an earlier one after its last round."""
    put_earlier(url, revision).close()
    open_database(Settings(database=url), last_round(revision)).close()


@pytest.fixture(params=["sqlite", "postgresql"])
def url(
    revision: str,
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    tmp_path: Path,
) -> Iterator[str]:
    """The URL of a copy of the database of an earlier version, which this one has opened once."""
    name = f"earlier_{revision}_{request.param}"
    if request.param == "sqlite":
        file = "office.sqlite3"
        made = made_once(
            tmp_path_factory, name, lambda folder: opened(f"sqlite:///{folder / file}", revision)
        )
        yield f"sqlite:///{shutil.copy(made / file, tmp_path)}"
        return
    server: Engine = request.getfixturevalue("postgresql")
    made_once(
        tmp_path_factory,
        name,
        lambda _folder: opened(create_database(server, name, "template0"), revision),
    )
    yield from copied(server, name, request.getfixturevalue("worker_id"))


@pytest.fixture
def stage(url: str, revision: str) -> Iterator[Stage]:
    """The office of an earlier version, opened by this one half a day after its last round."""
    last = last_round(revision)
    stage = Stage(open_database(Settings(database=url), last), STAFF)
    stage.now = last + timedelta(hours=2)
    # They make copies with a command of their own.
    stage.application.transactions.database.run(record_heartbeat, BACKUP, stage.now)
    yield stage
    stage.close()


async def test_an_officer_goes_on_with_the_questionnaire_and_completes_it(stage: Stage) -> None:
    cat = stage.visitor("Cat", "103")
    await cat.types("/continue")
    assert cat.text.startswith("Question 2 of about 8")
    await cat.taps("‹ Back", "Same job", "Tried it")
    await skips_the_rest(cat)
    stored = await stage.rows(answers.select().where(answers.c.case_id == CASE))
    told = {row.item: row.value for row in stored}
    assert {"same", "tried"} <= set(told.values())
    (case,) = await stage.rows(cases.select().where(cases.c.id == CASE))
    assert case.completed_at == stage.now


async def skips_the_rest(person: Person) -> None:
    while not person.sees("That was the last question"):
        await person.taps("Skip")


async def told(stage: Stage) -> list[tuple[str, str, str, str, str]]:
    """What the office sees of the anchors that officers have reported."""
    found = await stage.application.transactions.read(claims, "IPR-OC-2017", stage.now)
    return [(one.wave, one.anchor, one.status, one.grade, one.described_as) for one in found]


# It lasts half a year with a hundred messages, so one version of the two is enough.
@pytest.mark.parametrize("revision", EARLIER[:1], indirect=True)
async def test_a_wave_that_is_open_keeps_its_questions_and_the_next_one_asks_the_new_ones(
    stage: Stage,
) -> None:
    cat = stage.visitor("Cat", "103")
    await cat.types("/continue")
    await cat.taps("‹ Back", "Same job", "Tried it", "A few colleagues")
    assert "Is it now part of something official?" in cat.text
    await cat.taps("Written procedure, manual or order", "Done")
    assert {"Drafted", "In force"} <= set(cat.labels)
    await cat.taps("In force")
    assert "the year" in cat.text
    await cat.types("SOP 7 of 2018")
    await skips_the_rest(cat)
    six = ("M6", "procedure", "in_force", "described", "SOP 7 of 2018")
    assert await told(stage) == [six]

    stage.at("2018-12-10 09:00", "Pacific/Apia")
    await stage.fieldwork_round()
    await cat.types("/continue")
    await cat.taps("Same job", "I do it regularly")
    assert "How far is your administration with it today?" in cat.text
    await cat.taps("Some officers use it", "A few colleagues")
    assert "you told us of these" in cat.text
    assert {"Procedure, manual or order", "None yet"} <= set(cat.labels)
    assert "Training course or curriculum" not in cat.labels
    await cat.taps("Procedure, manual or order", "Done")
    await cat.taps("Training course or curriculum", "Done", "In force since the workshop")
    await cat.types("Module 4 of the basic course")
    assert "Would this exist today without" in cat.text
    await skips_the_rest(cat)
    twelve = ("M12", "training", "new", "described", "Module 4 of the basic course")
    assert sorted(await told(stage)) == [twelve, six]
    pins = select(waves.c.key, waves.c.questionnaire_version).where(
        waves.c.workshop_code == "IPR-OC-2017", waves.c.key.in_(("M6", "M12"))
    )
    assert {tuple(row) for row in await stage.rows(pins)} == {("M6", 1), ("M12", 2)}


async def test_the_office_sees_its_wave_and_its_report_the_rounds_go_on_and_all_is_well(
    stage: Stage,
) -> None:
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    await eva.taps("Combating counterfeiting", "M6")
    assert eva.sees("completed 1")
    before = len(await stage.rows(attempts.select()))
    await stage.until_next_message()
    assert len(await stage.rows(attempts.select())) > before
    database, office = stage.application.transactions.database, stage.application.office
    told = reports_of(database, office, ["IPR-OC-2017"], ["txt"], stage.now)["txt"].decode()
    assert "Combating counterfeiting and piracy for Oceania" in told
    assert "the latest one with answers has 1" in told
    Housekeeping(database).after_round(stage.now, 1.0)
    health = health_of(database, office, stage.now)
    assert [one for one in health.checks if one.level is Level.WRONG] == []


async def test_a_wave_that_is_open_goes_on_and_nobody_is_invited_twice(stage: Stage) -> None:
    before = {row.id for row in await stage.rows(attempts.select())}
    for _ in range(3):
        await stage.until_next_message()
    after = await stage.rows(attempts.select())
    assert len(after) > len(before)
    invited = Counter(row.case_id for row in after if row.kind == "invitation")
    assert set(invited.values()) == {1}
    assert {row.id for row in after} > before
