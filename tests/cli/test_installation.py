"""No command makes a database unasked, each says which one it works on, and `check` says all at once."""

import json

import pytest
from sqlalchemy import make_url

from tests.cli.conftest import CODE, Terminal
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

COMMANDS = [
    ("workshop", "list"),
    ("workshop", "import", "workshops.csv"),
    ("participants", "list", CODE),
    ("staff", "add", "administrator", "--name", "Eva"),
    ("report", CODE),
    ("questionnaire", "export", "M6", "--out", "m6.xlsx"),
    ("export", "--out", "all.zip"),
    ("retention",),
    ("audit",),
    ("check", "--offline"),
]
WEB = "web: {public_url: 'https://followup.example.org', port: 0}\n"


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_command_in_the_wrong_folder_makes_no_database(
    terminal: Terminal, words: tuple[str, ...]
) -> None:
    terminal.write("workshops.csv", "code,title\n")
    said = terminal.type(*words)
    assert said.code == 2
    assert (
        f"There is no database at {terminal.folder / 'followup.sqlite3'}." in said.out + said.err
    )
    assert "`followup check --create` makes a new one" in said.out + said.err
    assert [one.name for one in terminal.folder.iterdir()] == ["workshops.csv"]


@pytest.mark.parametrize("command", ["run", "tick"])
def test_without_a_configuration_the_bot_makes_no_database(
    terminal: Terminal, command: str
) -> None:
    terminal.patch.setenv("FOLLOWUP_TELEGRAM_TOKEN", "4242:token")
    assert "There is no database" in terminal.refuses(command)
    assert not list(terminal.folder.iterdir())


def test_a_round_for_cron_makes_no_database_even_with_a_configuration(terminal: Terminal) -> None:
    terminal.write("config.yaml", WEB)
    assert "There is no database" in terminal.refuses("tick")


def test_a_database_is_made_when_it_is_asked_for_and_once(terminal: Terminal) -> None:
    path = terminal.folder / "followup.sqlite3"
    assert f"database: {path}, made now\n" in terminal.says("check", "--offline", "--create")
    assert f"database: {path}\n" in terminal.says("check", "--offline", "--create")
    assert terminal.data("workshop", "list") == []


def test_check_says_that_the_first_run_makes_the_database(terminal: Terminal) -> None:
    terminal.write("config.yaml", WEB)
    assert "not made yet: the first `followup run` makes it" in terminal.says("check", "--offline")
    assert [one.name for one in terminal.folder.iterdir()] == ["config.yaml"]


def test_an_empty_database_of_a_server_is_not_filled_unasked(
    terminal: Terminal, empty_url: str
) -> None:
    terminal.write("config.yaml", f"database: '{empty_url}'\n")
    assert "There is no database" in terminal.refuses("workshop", "list")
    terminal.makes_database()
    assert terminal.data("workshop", "list") == []
    assert make_url(empty_url).password is None or empty_url not in terminal.says("check")


def test_a_folder_with_what_a_restore_has_left_stays_as_it_is(terminal: Terminal) -> None:
    kept = terminal.write("followup.sqlite3.1.replaced", "")
    for words in (("workshop", "list"), ("check", "--offline", "--create")):
        said = terminal.type(*words)
        assert said.code == 2
        assert f"`followup restore {kept.name}` puts it in place" in said.out + said.err
    assert list(terminal.folder.iterdir()) == [kept]


# Which configuration, and which database


def test_a_configuration_is_named_by_the_environment(office: Terminal) -> None:
    config = office.write("config.yaml", "office: {name: Office of the test}\n")
    elsewhere = office.folder / "elsewhere"
    elsewhere.mkdir()
    office.patch.chdir(elsewhere)
    office.patch.setenv("FOLLOWUP_CONFIG", str(config))
    said = office.type("workshop", "list")
    assert CODE in said.out
    database = office.folder / "followup.sqlite3"
    assert said.err == f"Database: {database} (configuration: {config})\n"
    assert not list(elsewhere.iterdir())
    other = office.write("other.yaml", "database: sqlite:///other.sqlite3\n")
    named = office.refuses("workshop", "list", "-c", str(other))
    assert str(office.folder / "other.sqlite3") in named


@pytest.mark.parametrize(
    "words", [("audit",), ("doctor",), ("report", CODE), ("questionnaire", "list")], ids=" ".join
)
def test_a_command_says_which_database_it_uses_where_that_is_not_plain(
    office: Terminal, words: tuple[str, ...]
) -> None:
    config = office.write("config.yaml", "{}")
    assert office.type(*words).err == ""
    assert office.type(*words, "-c", str(config)).err == ""
    office.patch.setenv("FOLLOWUP_CONFIG", str(config))
    assert office.type(*words).err.startswith("Database: ")
    office.patch.delenv("FOLLOWUP_CONFIG")
    (office.folder / "elsewhere").mkdir()
    office.patch.chdir(office.folder / "elsewhere")
    (line,) = office.type(*words, "-c", str(config)).err.splitlines()
    assert line.startswith(f"Database: {office.folder / 'followup.sqlite3'}")


def test_a_configuration_of_the_environment_that_is_not_there_is_said(terminal: Terminal) -> None:
    terminal.patch.setenv("FOLLOWUP_CONFIG", "nowhere.yaml")
    assert "nowhere.yaml" in terminal.refuses("workshop", "list")


def test_the_log_of_the_bot_says_which_database_it_uses_where_that_is_not_plain(
    office: Terminal,
) -> None:
    config = office.write("config.yaml", "{}")
    office.patch.setenv("FOLLOWUP_CONFIG", str(config))
    office.patch.setenv("FOLLOWUP_TELEGRAM_TOKEN", "no token at all")
    event, refused = office.refuses("run").splitlines()
    logged = json.loads(event)
    assert logged["event"] == "database"
    assert logged["at"] == str(office.folder / "followup.sqlite3")
    assert "token" in refused


# What check compares


def configure(office: Terminal, tg: StandIn, name: str) -> None:
    """An office whose messenger is the stand-in, and whose bot should have this name."""
    office.write("token", tg.token).chmod(0o600)
    telegram = f"telegram: {{token_file: token, base_url: '{tg.base_url}', bot_name: {name}}}\n"
    office.write("config.yaml", telegram)


def test_the_name_of_the_bot_is_that_of_the_token(office: Terminal, tg: StandIn) -> None:
    configure(office, tg, tg.username.upper())
    number = tg.token.partition(":")[0]
    assert f"telegram: @{tg.username}, number {number}\n" in office.says("check")
    configure(office, tg, "another_bot")
    said = office.type("check")
    assert said.code == 2
    wrong = f"telegram.bot_name: 'another_bot' is not the bot of the token, which is {tg.username}"
    assert wrong in said.out
    assert tg.token.partition(":")[2] not in said.out
    assert f"number {number}, not asked" in office.says("check", "--offline")


def test_a_token_that_is_none_is_wrong_without_asking_anybody(office: Terminal) -> None:
    office.patch.setenv("FOLLOWUP_TELEGRAM_TOKEN", "no token at all")
    said = office.type("check", "--offline")
    assert said.code == 2
    assert "telegram: WRONG: This is not a Telegram bot token" in said.out
    assert "no token at all" not in said.out


def test_everything_that_is_wrong_is_said_at_once(terminal: Terminal) -> None:
    terminal.write("file", "")
    terminal.write(
        "config.yaml",
        "database: sqlite:///file/followup.sqlite3\n"
        "backups: {folder: file/copies}\n"
        "web: {public_url: 'http://followup.example.org', port: 0}\n"
        "administrations: table.csv\n",
    )
    terminal.patch.setenv("FOLLOWUP_TELEGRAM_TOKEN", "no token at all")
    said = terminal.type("check", "--offline")
    assert said.code == 2
    wrong = [line.partition(":")[0] for line in said.out.splitlines() if ": WRONG: " in line]
    assert wrong == ["folder", "copies", "files", "page", "administrations", "telegram"]
