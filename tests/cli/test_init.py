"""`followup init`: every answer is tried at once, all mistakes are said, and nothing is overwritten."""

import socket
import stat
from pathlib import Path

import pytest
import yaml

from bot.settings.reading import read_settings
from tests.cli.conftest import Said, Terminal
from tests.standin.control import StandIn
from tests.standin.fixtures import telegram_standin

__all__ = ["telegram_standin"]

ANSWERS = {"name": "Office of Suva", "contact": "Ana (ana@example.org)", "port": "0"}


@pytest.fixture
def tg(telegram_standin: StandIn) -> StandIn:
    return telegram_standin


def answered(terminal: Terminal, *words: str, **answers: str) -> Said:
    """`followup init suva` with an answers file; these answers are added to the usual ones."""
    terminal.write("answers.yaml", yaml.safe_dump(ANSWERS | answers))
    return terminal.type("init", "suva", "--answers", "answers.yaml", *words)


def messenger(terminal: Terminal, tg: StandIn) -> dict[str, str]:
    """The answers for an office with the bot of the stand-in."""
    terminal.write("secret", f"{tg.token}\n")
    return {"token_file": "secret", "telegram_server": tg.base_url}


def modes(folder: Path) -> set[int]:
    return {stat.S_IMODE(one.stat().st_mode) for one in folder.rglob("*") if one.is_file()}


def test_an_office_is_installed_from_answers_and_check_is_content(
    terminal: Terminal, tg: StandIn
) -> None:
    """It takes seconds: `check` reads all questionnaires and fonts."""
    said = answered(terminal, **messenger(terminal, tg))
    assert said.code == 0, said
    assert f"telegram: @{tg.username}\n" in said.out
    assert f"Send what it prints to @{tg.username}" in said.out
    assert [line[:2] for line in said.out.splitlines() if line[:1].isdigit()] == ["1.", "2.", "3."]
    office = terminal.folder / "suva"
    assert modes(office) == {0o600}
    assert stat.S_IMODE(office.stat().st_mode) == 0o700
    settings = read_settings(office / "config.yaml")
    assert settings.telegram_token() == tg.token
    assert settings.telegram.bot_name == tg.username
    assert settings.office.name == "Office of Suva"
    checked = terminal.type("check", "--create", "-c", str(office / "config.yaml"))
    assert checked.code == 0, checked.out
    assert tg.token not in said.out + said.err + checked.out
    assert tg.token not in (office / "config.yaml").read_text("utf-8")


def test_a_folder_of_another_account_is_given_to_that_of_the_service(terminal: Terminal) -> None:
    given = f"chown -R followup-suva: {terminal.folder / 'suva'}"
    assert given in answered(terminal).out
    (terminal.folder / "suva").rename(terminal.folder / "before")
    terminal.patch.setenv("LOGNAME", "followup-suva")
    assert "chown" not in answered(terminal).out


def test_everything_that_is_wrong_is_said_at_once_and_nothing_is_written(
    terminal: Terminal, tg: StandIn
) -> None:
    terminal.write("secret", "no token at all")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        said = answered(
            terminal,
            contact="",
            time_zone="Suva",
            token_file="secret",
            page="http://followup.example.org",
            port=str(taken.getsockname()[1]),
            mail_host="127.0.0.1",
            database="mysql://somewhere",
        )
    assert (said.code, said.out) == (2, "")
    lines = [line for line in said.err.splitlines() if ": the service of systemd" not in line]
    assert {line.partition(":")[0] for line in lines} == {
        *("contact", "time_zone", "mail_from", "database"),
    }
    assert not (terminal.folder / "suva").exists()


def test_each_topic_is_tried_and_all_their_mistakes_are_said(
    terminal: Terminal, tg: StandIn
) -> None:
    terminal.write("secret", "no token at all")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        said = answered(
            terminal,
            token_file="secret",
            page="http://followup.example.org",
            port=port,
            database="sqlite:///nowhere/followup.sqlite3",
        )
    assert said.code == 2
    for wrong in (
        "token: This is not a Telegram bot token",
        "page: 'http://followup.example.org' is not https",
        f"port: '127.0.0.1:{port}' cannot be opened",
        "database: There is no folder",
    ):
        assert f"\n{wrong}" in f"\n{said.err}"
    assert not (terminal.folder / "suva").exists()


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("nmae: Suva\n", "answers.yaml, nmae: This question is not known. Did you mean name?"),
        ("name: [Suva]\n", "answers.yaml, name: This is not one answer."),
        ("- Suva\n", "answers.yaml: has no lines such as `name: My office`."),
        ("name: 'Suva\n", "answers.yaml: is not YAML"),
        ("token_file: nowhere\n", "token_file: 'nowhere' cannot be read."),
    ],
)
def test_answers_that_cannot_be_understood_are_named(
    terminal: Terminal, text: str, wrong: str
) -> None:
    terminal.write("answers.yaml", text)
    assert wrong in terminal.refuses("init", "suva", "--answers", "answers.yaml")


@pytest.mark.parametrize("name", ["config.yaml", "telegram-token", "setup/followup@.service"])
def test_no_file_is_overwritten(terminal: Terminal, tg: StandIn, name: str) -> None:
    there = terminal.folder / "suva" / name
    there.parent.mkdir(parents=True)
    there.write_text("mine")
    said = answered(terminal, **messenger(terminal, tg))
    assert said.code == 2
    assert f"{there} is there already. Nothing was written." in said.err
    assert [one for one in (terminal.folder / "suva").rglob("*") if one.is_file()] == [there]
    assert there.read_text() == "mine"


def test_a_folder_whose_name_no_unit_can_have_is_refused_first(terminal: Terminal) -> None:
    assert "is no name for an office" in terminal.refuses("init", "Suva & Co", "--name", "x")


def test_what_is_no_option_is_asked_and_asked_again_until_it_is_right(
    terminal: Terminal, tg: StandIn
) -> None:
    # The contact is offered again with the mistake of the time zone.
    lines = ["Ana", "Suva", "", "", "Pacific/Fiji", "4242:wrong", tg.token, "", ""]
    said = terminal.type(
        *("init", "suva", "--name", "Office of Suva", "--port", "0"),
        *("--telegram-server", tg.base_url),
        lines="\n".join([*lines, ""]),
    )
    assert said.code == 0, said
    assert "time_zone: 'Suva' This is not a time zone" in said.err
    assert "token: " in said.err
    settings = read_settings(terminal.folder / "suva" / "config.yaml")
    assert (settings.office.contact, settings.office.time_zone) == ("Ana", "Pacific/Fiji")
    assert settings.telegram_token() == tg.token


def test_none_is_no_answer_and_takes_a_wrong_one_back(terminal: Terminal, tg: StandIn) -> None:
    terminal.write("secret", tg.token)
    lines = ["http://localhost:8080", "mail.example.org", "", "x", "", "", "none", "", "none", ""]
    said = terminal.type(
        *("init", "suva", "--name", "Suva", "--contact", "Ana", "--time-zone", "Pacific/Fiji"),
        *("--token-file", "secret", "--telegram-server", tg.base_url, "--port", "0"),
        lines="\n".join(lines),
    )
    assert said.code == 0, said
    assert "mail_port: 'x'" in said.err
    assert read_settings(terminal.folder / "suva" / "config.yaml").email.host is None


def test_a_password_that_would_be_sent_in_the_clear_is_about_its_user(terminal: Terminal) -> None:
    mail = {"mail_host": "127.0.0.1", "mail_from": "office@example.org", "mail_tls": "none"}
    said = answered(terminal, page="http://localhost:8080", mail_user="bot", **mail)
    assert "mail_user: 'bot' A password is not sent in the clear: choose starttls" in said.err


def test_an_address_of_no_database_is_answered_with_one(terminal: Terminal) -> None:
    said = answered(terminal, database="postgresql://office:secretive@host/followup")
    assert "database: This is no address of a database: write sqlite:///" in said.err
    assert "such as postgresql+psycopg://user@host/followup." in said.err
    assert "secretive" not in said.err


def test_an_answer_that_nobody_could_confirm_may_be_kept(terminal: Terminal) -> None:
    terminal.write("secret", "4242:a-token")
    with socket.create_server(("127.0.0.1", 0)) as listening:
        nobody = f"http://127.0.0.1:{listening.getsockname()[1]}/bot"
    said = terminal.type(
        *("init", "suva", "--name", "Suva", "--contact", "Ana", "--time-zone", "Pacific/Fiji"),
        *("--token-file", "secret", "--telegram-server", nobody, "--port", "0"),
        lines="\n".join(["y", "", "", ""]),
    )
    assert said.code == 0, said
    assert "token: The messenger cannot be reached" in said.err
    assert "Keep these answers all the same?" in said.out
    settings = read_settings(terminal.folder / "suva" / "config.yaml")
    assert settings.telegram_token() == "4242:a-token"
    assert settings.telegram.bot_name is None


def test_offline_nobody_is_asked(terminal: Terminal) -> None:
    terminal.write("secret", "4242:a-token")
    said = answered(
        terminal,
        "--offline",
        token_file="secret",
        page="https://followup.example.org",
        mail_host="mail.example.org",
        mail_from="office@example.org",
    )
    assert said.code == 0, said
    assert "telegram: the bot with the number 4242, not asked\n" in said.out
    assert "email: mail.example.org, not asked\n" in said.out
