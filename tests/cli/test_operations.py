"""Keeping it running: who to call, how it is, copies and the way back."""

import asyncio
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.runtime.clock import utc_now
from storage.database import Database
from storage.operations.heartbeats import record_heartbeat
from storage.people.participants import set_stopped
from tests.bot.channels.email.post_office import post_office
from tests.cli.conftest import CODE, Terminal
from tests.standin.control import StandIn


def test_people_whom_no_message_reaches_are_a_list_to_call(office: Terminal) -> None:
    said = office.says("participants", "list", "--unreachable")
    assert said == "Everybody with a questionnaire to answer can be reached.\n"
    office.says("wave", "open", CODE, "M6")
    calls = office.data("participants", "list", "--unreachable", CODE)
    assert [(one["name"], one["reason"], one["open"]) for one in calls] == [
        (name, "has not joined yet", ["M6"]) for name in ("Ada Vea", "Ben Qalo", "Chi Lan")
    ]
    said = office.says("participants", "list", "--unreachable")
    assert "followup participants codes" in said
    assert "Tonga" in said
    assert "followup workshop list" in office.refuses("participants", "list")


def checks(office: Terminal) -> tuple[int, dict[str, dict[str, str]]]:
    said = office.type("doctor", "--json")
    return said.code, {one["name"]: one for one in json.loads(said.out)["checks"]}


def heartbeat(office: Terminal, name: str, hours: float = 0) -> None:
    database = Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")
    database.run(record_heartbeat, name, utc_now() - timedelta(hours=hours))
    database.close()


def test_a_doctor_says_what_needs_a_person_and_how_to_put_it_right(office: Terminal) -> None:
    said = office.type("doctor")
    assert said.code == 2
    assert said.out.startswith("wrong  rounds: The bot has not run yet.\n       Start it with")
    assert "Ada" not in said.out
    heartbeat(office, "tick")
    code, found = checks(office)
    assert code == 0
    assert found["channels"]["says"] == "telegram has not worked yet."
    heartbeat(office, "telegram")
    code, found = checks(office)
    assert {name for name, one in found.items() if one["level"] != "fine"} == {"backup"}
    office.says("backup", "copy.sqlite3")
    assert checks(office)[1]["backup"]["level"] == "fine"
    heartbeat(office, "backup", hours=24 * 8)
    heartbeat(office, "tick", hours=1)
    code, found = checks(office)
    assert (code, found["backup"]["level"], found["rounds"]["level"]) == (2, "wrong", "wrong")
    assert found["rounds"]["says"] == "The last round was 60 minutes ago."
    office.write("config.yaml", "fieldwork: {late_minutes: 90}")
    assert checks(office)[1]["rounds"]["level"] == "fine"


def test_a_doctor_makes_no_database_and_migrates_none(terminal: Terminal) -> None:
    said = terminal.type("doctor")
    assert said.code == 2
    assert "There is no database yet" in said.out
    assert list(terminal.folder.iterdir()) == []


def database_of(office: Terminal) -> Database:
    return Database(f"sqlite:///{office.folder / 'followup.sqlite3'}")


def run(office: Terminal, work: Callable[[Connection], Any]) -> Any:
    database = database_of(office)
    try:
        return database.run(work)
    finally:
        database.close()


def titles(office: Terminal) -> set[str]:
    return {one["code"] for one in office.data("workshop", "list")}


@pytest.mark.usefixtures("in_use")
def test_a_copy_is_put_back_and_the_database_before_is_kept(office: Terminal) -> None:
    office.says("backup", "copy.sqlite3")
    mode = (office.folder / "copy.sqlite3").stat().st_mode & 0o777
    office.says("workshop", "cancel", CODE)
    copied = (office.folder / "copy.sqlite3").read_bytes()
    said = office.says("restore", "copy.sqlite3")
    assert "fell due since" in said
    assert '0 people had said "stop"' in said
    (kept,) = office.folder.glob("followup.sqlite3.*.replaced")
    assert kept.name in said
    assert mode == kept.stat().st_mode & 0o777 == 0o600
    assert (office.folder / "followup.sqlite3").stat().st_mode & 0o777 == 0o600
    assert (office.folder / "copy.sqlite3").read_bytes() == copied
    assert "cancelled" not in office.says("workshop", "show", CODE)
    # And the one before can be put back in its turn.
    office.says("restore", kept.name)
    assert "cancelled" in office.says("workshop", "show", CODE)
    assert not list(office.folder.glob("*.restoring*"))


@pytest.mark.usefixtures("in_use")
def test_a_copy_is_put_back_where_the_database_is_lost_or_damaged(office: Terminal) -> None:
    office.says("backup", "copy.sqlite3")
    before = titles(office)
    for content in (None, b"no database any more" * 500):
        (office.folder / "followup.sqlite3").unlink()
        if content:
            office.write("followup.sqlite3", content)
        assert '"stop" since then is not known' in office.says("restore", "copy.sqlite3")
        assert titles(office) == before


@pytest.mark.usefixtures("in_use")
def test_who_said_stop_after_the_copy_is_still_left_alone(office: Terminal) -> None:
    office.says("backup", "copy.sqlite3")
    run(office, lambda connection: set_stopped(connection, 1, utc_now()))
    assert '1 person had said "stop"' in office.says("restore", "copy.sqlite3")
    people = {one["name"]: one["consent"] for one in office.data("participants", "list", CODE)}
    assert people["Ada Vea"] == "asked to stop"
    assert set(people.values()) == {"asked to stop", "not asked yet"}


@pytest.mark.usefixtures("in_use")
def test_who_was_erased_after_the_copy_is_erased_in_it_again(office: Terminal) -> None:
    office.says("backup", "copy.sqlite3")
    assert b"Ada Vea" in (office.folder / "followup.sqlite3").read_bytes()
    (ada,) = (
        one["participant"]
        for one in office.data("participants", "list", CODE)
        if one["name"] == "Ada Vea"
    )
    assert "is erased. So are all answers." in office.says("participant", "erase", ada, "--yes")
    assert b"Ada Vea" not in (office.folder / "followup.sqlite3").read_bytes()
    assert "was erased on" in office.refuses("participant", "erase", ada, "--yes")
    assert "1 person had been erased" in office.says("restore", "copy.sqlite3")
    office.write("again.csv", "name,administration\nAda Vea,TO\n")
    looked = office.says("participants", "import", CODE, "again.csv", "--dry-run")
    assert "of Ada Vea (TO) was erased on" in looked
    assert b"Ada Vea" not in (office.folder / "followup.sqlite3").read_bytes()
    assert office.data("participant", "show", ada)["name"] == ""


def newer(office: Terminal) -> None:
    office.says("backup", "newer.sqlite3")
    with closing(sqlite3.connect(office.folder / "newer.sqlite3")) as file:
        file.execute("UPDATE alembic_version SET version_num = '9999'")
        file.commit()


def test_what_is_no_copy_is_refused_and_nothing_is_touched(office: Terminal) -> None:
    newer(office)
    office.says("backup", "half.sqlite3")
    half = (office.folder / "half.sqlite3").read_bytes()
    office.write("half.sqlite3", half[: len(half) // 2])
    office.write("text.txt", "a text")
    office.write("empty", b"")
    before = titles(office)
    for name, words in (
        ("newer.sqlite3", "later version"),
        ("half.sqlite3", "damaged"),
        ("text.txt", "no SQLite database"),
        ("empty", "not one of this program"),
        ("nowhere", "Name a copy"),
        ("followup.sqlite3", "Name a copy"),
    ):
        assert words in office.refuses("restore", name), name
    assert titles(office) == before
    assert not list(office.folder.glob("*.re*"))


@pytest.mark.usefixtures("in_use")
def test_a_database_in_use_is_not_replaced(office: Terminal) -> None:
    office.says("backup", "copy.sqlite3")
    other = database_of(office)
    # Connected, and idle: like a bot that waits for its next round.
    other.read(lambda connection: connection.scalar(text("SELECT 1")))
    assert "Stop the bot" in office.refuses("restore", "copy.sqlite3")
    assert "Stop the bot" in office.refuses("restore", "--by-hand")
    other.close()
    assert office.says("restore", "copy.sqlite3")
    assert "fell due since" in office.says("restore", "--by-hand")


def test_a_paper_form_is_typed_in_and_what_was_typed_stays_when_one_stops(
    office: Terminal,
) -> None:
    office.says("wave", "open", CODE, "M6")
    ben = next(one for one in office.data("participants", "list", CODE) if "Ben" in one["name"])
    words = ("case", "enter", CODE, "M6", ben["participant"], "--mode", "paper")
    refused = office.type(*words)
    assert refused.code == 2
    assert "add --agreed" in refused.err
    first = office.type(*words, "--agreed", lines="\n1\nquit\n")
    assert first.out.startswith("Ben Qalo, Fiji\nSix months after the workshop: Combating")
    assert "Question 1 of about" in first.out
    assert "What was typed until now is saved." in first.out
    rest = office.type(*words, lines="y\n" + "skip\n" * 30)
    assert "Question 2 of about" in rest.out
    assert "All answers are saved, marked as paper." in rest.out
    assert "Same job" in rest.out
    assert "has answered M6 already" in office.type(*words).err


def test_paper_forms_are_entered_one_after_the_other(office: Terminal) -> None:
    office.says("wave", "open", CODE, "M6")
    words = ("case", "enter", CODE, "M6", "--mode", "paper", "--agreed", "--many")
    forms = ["qalo", "y", *["skip"] * 30, "nobody", "a", "Ada Vea", "n", ""]
    done = office.type(*words, lines="\n".join(forms) + "\n")
    assert "Nobody in M6 of IPR-OC-2017 is called 'nobody'." in done.out
    assert "'a' may be several people" in done.out
    assert "Nothing was changed." in done.out
    assert done.out.endswith("Entered: 1.\n")
    refused = office.type(*words[:-1])
    assert "Name one person, or give --many." in refused.err


def test_an_organiser_notes_the_channel_that_a_person_wants(office: Terminal) -> None:
    ben = next(one for one in office.data("participants", "list", CODE) if "Ben" in one["name"])
    refused = office.refuses("participant", "channel", ben["participant"], "email")
    assert "'email' is not a channel here. Use one of: telegram." in refused
    office.write(
        "config.yaml",
        "email: {host: mail.example.org, from: bot@example.org}\n"
        "web: {public_url: 'https://followup.example.org'}\n",
    )
    said = office.says("participant", "channel", ben["participant"], "email")
    assert said == f"{ben['participant']} is written to by email from now on.\n"
    people = office.data("participants", "list", CODE)
    assert {one["name"]: one["channel"] for one in people}["Ben Qalo"] == "email"


async def test_a_round_without_a_bot_sends_the_letters(office: Terminal) -> None:
    async with post_office() as post:
        office.write(
            "config.yaml",
            f"email: {{host: 127.0.0.1, port: {post.port}, tls: none, from: bot@rocb.example}}\n"
            "web: {public_url: 'https://followup.example.org'}\n"
            "backups: {folder: copies}\n",
        )
        ticked = ("tick", "--now", "2018-06-08T11:29+12:00")
        said = await asyncio.to_thread(office.says, *ticked)
        assert said.endswith("; invitation_sent 1\n")
        (letter,) = post.to("ben@example.org")
        assert letter["From"] == "bot@rocb.example"
        assert "no messages" in await asyncio.to_thread(office.says, *ticked)
        assert len(post.letters) == 1
    # Upkeep goes with the rounds, once a day, as where the bot runs all the time.
    assert len(list((office.folder / "copies").iterdir())) == 1
    _, found = checks(office)
    assert (found["backup"]["level"], found["rounds"]["level"]) == ("fine", "fine")


AWAY = {"away": "http://127.0.0.1:9/bot", "refused": ""}
"""The address of a messenger that cannot be reached; that of one that knows the bot by another token."""
WHY = {
    "away": "The messenger cannot be reached (network). Check the network",
    "refused": "Telegram does not accept the token of the bot. Copy it again from BotFather.",
}


@pytest.fixture
def tg() -> Iterator[StandIn]:
    with StandIn() as standin:
        yield standin


@pytest.fixture(params=["away", "refused"])
def without_messenger(
    request: pytest.FixtureRequest, office: Terminal, tg: StandIn
) -> tuple[Callable[[int], None], str]:
    """How an office is configured whose messenger does not work, and why it does not."""

    def configure(mail: int) -> None:
        office.write("token", "4242:another-token-that-is-not-right-at-all").chmod(0o600)
        base_url = AWAY[request.param] or tg.base_url
        office.write(
            "config.yaml",
            f"email: {{host: 127.0.0.1, port: {mail}, tls: none, from: bot@rocb.example}}\n"
            "web: {public_url: 'https://followup.example.org'}\n"
            f"telegram: {{token_file: token, base_url: '{base_url}'}}\n",
        )

    return configure, WHY[request.param]


async def test_a_round_without_the_messenger_sends_the_letters_and_says_so(
    office: Terminal, without_messenger: tuple[Callable[[int], None], str]
) -> None:
    configure, why = without_messenger
    async with post_office() as post:
        configure(post.port)
        ticked = ("tick", "--now", "2018-06-08T11:29+12:00")
        said = await asyncio.to_thread(office.type, *ticked)
        assert len(post.to("ben@example.org")) == 1
    assert said.code == 2
    done, trouble = said.out.splitlines()
    assert done == "opened 1, closed 0, new cases 3; invitation_sent 1"
    assert trouble.startswith(why)
    assert trouble.endswith("What is due there is sent in a later round.")


async def test_a_page_alone_has_its_rounds_without_a_token(office: Terminal) -> None:
    office.write("config.yaml", "web: {public_url: 'https://followup.example.org'}\n")
    said = await asyncio.to_thread(office.says, "tick", "--now", "2018-06-08T11:29+12:00")
    assert said == "opened 1, closed 0, new cases 3; no messages\n"


def test_check_shows_all_it_has_found_and_how_to_mend_what_is_wrong(
    office: Terminal, without_messenger: tuple[Callable[[int], None], str]
) -> None:
    configure, why = without_messenger
    configure(9)
    said = office.type("check")
    assert (said.code, said.err) == (2, "")
    assert f"telegram: WRONG: {why}" in said.out
    assert "email: WRONG: configuration, email.host: '127.0.0.1' cannot be reached." in said.out
    assert "Ask the administrator of the mail server" in said.out
    assert "questionnaires: 12" in said.out
    assert "4242" not in said.out


@pytest.mark.parametrize("key", ["backups", "files"])
def test_check_tries_to_write_to_the_folders_of_copies_and_of_files(
    office: Terminal, key: str
) -> None:
    office.write("config.yaml", f"{key}: {{folder: file/copies}}\n")
    office.write("file", "")
    said = office.type("check", "--offline")
    assert said.code == 2
    assert f"{office.folder / 'file' / 'copies'} cannot be written: Not a directory" in said.out
    (office.folder / "file").unlink()
    assert "copies, can be written" in office.says("check", "--offline")
    assert not (office.folder / "file").exists()


def test_check_warns_about_secrets_that_others_can_read(office: Terminal) -> None:
    office.write("config.yaml", "telegram: {token_file: token}\n")
    token = office.write("token", "4242:secretive")
    for mode, open_to_others in ((0o600, False), (0o640, True), (0o604, True)):
        token.chmod(mode)
        said = office.says("check", "--offline")
        assert (f"{token} can be read by others" in said) is open_to_others
        assert "secretive" not in said
    office.write("token", "no token at all")
    assert f"{token} can be read by others" in office.refuses("run")
