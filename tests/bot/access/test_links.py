"""Personal links: what is stored of them, their purpose and how long they are valid."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.access.links import LIFETIME, address_of, new_link, visitor_of
from bot.settings.config import Settings
from storage.database import Database
from storage.people.links import Purpose, revoke_links
from storage.schema import links
from tests.storage.world import NOW, World, made


@pytest.fixture
def world(database: Database) -> World:
    return database.run(made)


def test_c05_a_secret_has_128_random_bits_and_only_its_hash_is_kept(
    database: Database, world: World
) -> None:
    secrets = {database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW) for _ in range(20)}
    assert len(secrets) == 20
    assert {len(secret) for secret in secrets} == {22}
    rows = database.read(lambda connection: str(connection.execute(select(links)).all()))
    assert not any(secret in rows for secret in secrets)


def test_a_link_finds_its_enrolment_and_later_links_do_not_end_it(
    database: Database, world: World
) -> None:
    first = database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    second = database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    for secret in (first, second):
        visitor = database.read(visitor_of, secret, Purpose.INTERVIEW)
        assert visitor is not None
        assert visitor.enrolment.id == world.adas.id
        assert visitor.link.usable(NOW)


def test_a_link_is_good_for_one_purpose_only(database: Database, world: World) -> None:
    stop = database.run(new_link, world.adas.id, Purpose.STOP, NOW)
    assert database.read(visitor_of, stop, Purpose.INTERVIEW) is None
    assert database.read(visitor_of, stop, Purpose.STOP) is not None


@pytest.mark.parametrize("wrong", ["", "1", "MQ", "x" * 22, "x" * 5000, "é" * 22, "' OR 1=1 --"])
def test_c05_what_was_never_given_out_finds_nothing(
    database: Database, world: World, wrong: str
) -> None:
    database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    assert database.read(visitor_of, wrong, Purpose.INTERVIEW) is None


def test_c04_a_link_cut_by_two_characters_finds_nothing(database: Database, world: World) -> None:
    secret = database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    assert database.read(visitor_of, secret[:-2], Purpose.INTERVIEW) is None


def test_an_interview_link_runs_out_and_a_stop_link_never_does(
    database: Database, world: World
) -> None:
    asked = database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    stop = database.run(new_link, world.adas.id, Purpose.STOP, NOW)
    interview = database.read(visitor_of, asked, Purpose.INTERVIEW)
    stopping = database.read(visitor_of, stop, Purpose.STOP)
    assert interview is not None
    assert stopping is not None
    assert interview.link.usable(NOW + LIFETIME - timedelta(seconds=1))
    assert not interview.link.usable(NOW + LIFETIME)
    assert stopping.link.usable(NOW + 10 * LIFETIME)


def test_links_that_are_taken_back_are_those_of_one_enrolment(
    database: Database, world: World
) -> None:
    adas = database.run(new_link, world.adas.id, Purpose.INTERVIEW, NOW)
    bens = database.run(new_link, world.bens.id, Purpose.INTERVIEW, NOW)
    assert database.run(revoke_links, world.adas.id, NOW) == 1
    assert database.run(revoke_links, world.adas.id, NOW) == 0
    gone = database.read(visitor_of, adas, Purpose.INTERVIEW)
    other = database.read(visitor_of, bens, Purpose.INTERVIEW)
    assert gone is not None
    assert other is not None
    assert not gone.link.usable(NOW)
    assert other.link.usable(NOW)


def test_the_address_of_a_link_begins_with_the_public_one() -> None:
    settings = Settings.model_validate({"web": {"public_url": "https://followup.example.org/"}})
    url = settings.office_of().public_url
    assert url is not None
    assert address_of(url, Purpose.INTERVIEW, "s") == "https://followup.example.org/q/s"
    assert address_of(url, Purpose.STOP, "s") == "https://followup.example.org/stop/s"


@pytest.mark.parametrize(
    "wrong", ["followup.example.org", "ftp://x", "https://x/?a=1", "https://"]
)
def test_a_public_address_that_is_none_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match="not an address"):
        Settings.model_validate({"web": {"public_url": wrong}})
