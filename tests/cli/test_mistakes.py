"""Mistakes of people: the place is named, the exit code is 2, and nothing is half done."""

from pathlib import Path

import pytest

from tests.cli.conftest import CODE, PEOPLE, WORKSHOPS, Terminal

CONFIGURATIONS = [
    ("fieldwork: {tick_second: 5}", "fieldwork.tick_second", "tick_seconds"),
    ("databse: sqlite:///a.sqlite3", "databse", "database"),
    ("fieldwork: {tick_seconds: 0}", "fieldwork.tick_seconds", "greater than or equal to 1"),
    ("telegram: {token: 'secret'}", "telegram.token", "token"),
    ("telegram: {bot_name: '@bot'}", "telegram.bot_name", "@bot"),
    ("database: mysql://host/name", "database", "no address of a database"),
    ("database: followup.sqlite3", "database", "no address of a database"),
    ("office: [1", "line 1", "not YAML"),
    ("email: {host: mail.example.org}", "email", "email.from"),
    ("email: {host: m.example.org, from: a@ex.org}", "", "set web.public_url"),
    ("email: {from: the office}", "email.from", "Office <office@example.org>"),
    ("email: {from: büro@example.org}", "email.from", "in ASCII"),
    ("web: {public_url: 'https://bücher.example'}", "web.public_url", "https://xn--"),
    ("web: {public_url: 'https://example.org/a b'}", "web.public_url", "in ASCII"),
    ("email: {user: bot, tls: none}", "email.user", "not sent in the clear"),
    ("email: {tls: ssl}", "email.tls", "starttls"),
    ("email: {form: a@ex.org}", "email.form", "Did you mean from?"),
    ("web: {trusted_proxies: [proxy.local]}", "web.trusted_proxies.0", "network"),
    ("metrics: true", "", "set monitor.port"),
    ("just words", "", "config.example.yaml"),
]


@pytest.mark.parametrize(("text", "place", "help_"), CONFIGURATIONS)
def test_a_wrong_configuration_is_named_with_its_place(
    terminal: Terminal, text: str, place: str, help_: str
) -> None:
    terminal.write("config.yaml", text)
    said = terminal.refuses("workshop", "list")
    assert place in said
    assert help_ in said
    assert "config.yaml" in said
    assert not (terminal.folder / "followup.sqlite3").exists()


def test_all_mistakes_of_a_configuration_are_said_at_once(terminal: Terminal) -> None:
    terminal.write("config.yaml", "offce: {}\nfieldwork: {tick_seconds: often}\n")
    said = terminal.refuses("check", "--offline")
    assert "offce" in said
    assert "fieldwork.tick_seconds" in said
    assert len(said.splitlines()) == 2


def test_a_configuration_that_is_not_there_is_said(terminal: Terminal) -> None:
    assert "nowhere.yaml" in terminal.refuses("check", "-c", "nowhere.yaml")


def test_a_secret_in_an_unknown_key_is_not_repeated(terminal: Terminal) -> None:
    terminal.write("config.yaml", "telegram: {token: '4242:secret-token'}")
    assert "4242" not in terminal.refuses("check")


@pytest.mark.parametrize(
    ("more", "place", "help_"),
    [
        ("port: 9", "email.host", "cannot be reached"),
        ("user: bot, tls: starttls", "email.user", "FOLLOWUP_EMAIL_PASSWORD"),
        ("user: bot, password_file: nowhere", "email.password_file", "No such file"),
    ],
)
def test_a_mail_server_that_lets_nobody_in_is_said(
    terminal: Terminal, more: str, place: str, help_: str
) -> None:
    mail = f"email: {{host: 127.0.0.1, from: a@ex.org, {more}}}"
    terminal.write("config.yaml", f"{mail}\nweb: {{public_url: 'https://followup.example.org'}}")
    said = terminal.type("check")
    assert said.code == 2
    (line,) = [one for one in said.out.splitlines() if one.startswith("email: WRONG")]
    assert place in line
    assert help_ in line


@pytest.mark.parametrize(
    "text",
    [
        "database: mysql://me:secret@host/name",
        "telegram: {token_env: '4242:secret'}",
        "email: {password_env: my secret}",
    ],
)
def test_a_secret_in_a_wrong_value_is_not_repeated(terminal: Terminal, text: str) -> None:
    terminal.write("config.yaml", text)
    said = terminal.refuses("check")
    assert text.partition(":")[0] in said
    assert "secret" not in said


@pytest.mark.parametrize(
    "url",
    [
        "sqlite:////no/such/folder/followup.sqlite3",
        "postgresql+psycopg://nobody@127.0.0.1:1/followup",
    ],
)
def test_a_database_that_cannot_be_opened_is_said(terminal: Terminal, url: str) -> None:
    terminal.write("config.yaml", f"database: {url}")
    said = terminal.refuses("workshop", "list")
    assert "database cannot be" in said or "There is no database" in said
    assert len(said.splitlines()) == 1


def test_a_file_that_is_no_database_is_said(terminal: Terminal) -> None:
    terminal.write("followup.sqlite3", "just a text, and long enough to be looked at" * 50)
    assert "not a database" in terminal.refuses("workshop", "list")


LISTS = [
    (PEOPLE.replace("TO,", "TO,,extra,"), "row 2", "1 value is beyond the last column"),
    (PEOPLE.replace("Ben Qalo", ""), "row 3, column name", "missing"),
    ("", "", "empty"),
]


@pytest.mark.parametrize(("text", "place", "value"), LISTS)
def test_a_list_with_a_mistake_enrols_nobody(
    office: Terminal, text: str, place: str, value: str
) -> None:
    office.write("people.csv", text + "Dee Rai,WS,\n" * bool(text))
    before = office.data("participants", "list", CODE)
    said = office.refuses("participants", "import", CODE, "people.csv")
    assert "people.csv" in said
    assert place in said
    assert value in said
    assert office.data("participants", "list", CODE) == before


def test_an_open_question_about_a_list_enrols_nobody_and_is_answered(office: Terminal) -> None:
    office.write("people.csv", "name,country\nDee Rai,Kingdom of Samoa Sisifo\nEma Fa,Kiribati\n")
    before = office.data("participants", "list", CODE)
    words = ("participants", "import", CODE, "people.csv")
    said = office.type(*words)
    assert said.code == 2
    assert '--answer "kingdom of samoa sisifo=WS"' in said.out
    assert '--answer "kiribati=KI Pacific/Tarawa"' in said.out
    assert office.data("participants", "list", CODE) == before
    answers = ("kingdom of samoa sisifo=WS", "kiribati=KI Pacific/Tarawa")
    given = [word for answer in answers for word in ("--answer", answer)]
    assert "People: 2 new" in office.says(*words, *given)
    assert "Same as saved today, " in office.says(*words, *given)


def test_workshops_with_a_mistake_are_not_half_imported(terminal: Terminal) -> None:
    terminal.makes_database()
    terminal.write("workshops.csv", WORKSHOPS.replace("2017-12-08,Suva,FJ", "2017-12-01,Suva,XX"))
    said = terminal.refuses("workshop", "import", "workshops.csv")
    assert "row 8, column ends_on" in said
    assert "row 8, column country" in said
    assert terminal.data("workshop", "list") == []


@pytest.mark.parametrize("content", [b"\xff\xfe\x00binary", "name;admin\n\xe4".encode("latin-1")])
def test_an_unreadable_list_is_said(office: Terminal, content: bytes) -> None:
    office.write("people.csv", content)
    assert "people.csv" in office.refuses("participants", "import", CODE, "people.csv")


def test_a_doubtful_column_is_pointed_at_and_the_rest_is_imported(office: Terminal) -> None:
    office.write("people.csv", "name,administration,hotel\nDee Rai,WS,123\n")
    said = office.says("participants", "import", CODE, "people.csv")
    assert "People: 1 new" in said
    assert "Look at people.csv, row 1: These columns are not read: hotel." in said


QUESTIONNAIRE = """\
spec: 1
key: BAD
title: {en: Bad}
minutes: 1
default_language: en
languages: [en]
survey:
  - {type: text, name: why, label: "Why?", relevant: "${nothing} = 1"}
  - {type: select_one job, name: why, label: "Which?"}
"""


@pytest.mark.parametrize("command", ["check", "publish", "play"])
def test_a_questionnaire_with_mistakes_names_them_all(office: Terminal, command: str) -> None:
    office.write("bad.yaml", QUESTIONNAIRE)
    said = office.type("questionnaire", command, "bad.yaml")
    assert said.code == 2
    words = said.out + said.err
    assert "bad.yaml" in words
    assert "nothing" in words
    assert len(words.splitlines()) >= 2
    assert "Traceback" not in words
    assert "BAD" not in {one["key"] for one in office.data("questionnaire", "list")}


OF_A_WAVE = [
    ("wave", name)
    for name in (
        *("preview", "open", "back", "hold", "release", "skip", "days", "close", "reopen"),
        "progress",
    )
]
UNKNOWN = [
    (("workshop", "show", "NOPE"), "followup workshop list"),
    (("workshop", "move", "NOPE", "--ends", "2018-02-09"), "NOPE"),
    (("workshop", "move", CODE, "--ends", "9 February"), "2018-02-09"),
    (("workshop", "move", CODE, "--ends", "2017-12-01", "--starts", "2017-12-04"), "before"),
    (("participants", "list", "NOPE"), "NOPE"),
    (("participants", "codes", "NOPE"), "NOPE"),
    (("participants", "import", "NOPE", "people.csv"), "NOPE"),
    (("participants", "import", CODE, "nofile.csv"), "nofile.csv"),
    *(((*words, CODE, "M9"), "Its waves: PRE, END") for words in OF_A_WAVE),
    (("wave", "days", CODE, "M6", "--opens", "11/06/2018"), "such as 11 June"),
    (("wave", "open", "NOPE", "M6"), "NOPE"),
    (("wave", "close", CODE, "M6"), "cannot be closed (not asked)"),
    (("wave", "progress", CODE, "M6"), "not opened yet"),
    (("report", "NOPE"), "NOPE"),
    (("report", "--format", "pdf"), "--out all-CONFIDENTIAL.pdf"),
    (("report", "--out", "nofolder/report.txt"), "report.txt"),
    (("questionnaire", "show", "XX"), "followup questionnaire list"),
    (("questionnaire", "play", "XX"), "END, FORENSICS"),
    (("questionnaire", "play", "M6", "--lang", "xx"), "Its languages: en"),
    (("questionnaire", "check", "nofile.yaml"), "nofile.yaml"),
    (("tick",), "or set email.host or web.public_url"),
    (("tick", "--now", "tomorrow"), "2018-06-08T10:00+13:00"),
    (("nonsense",), "No such command"),
]


@pytest.mark.parametrize(("words", "help_"), UNKNOWN, ids=lambda value: " ".join(value)[:40])
def test_what_is_not_known_is_said_with_a_way_out(
    office: Terminal, words: tuple[str, ...], help_: str
) -> None:
    office.write("people.csv", PEOPLE)
    assert help_ in office.refuses(*words)


def test_an_unreadable_table_of_administrations_is_said(terminal: Terminal) -> None:
    terminal.write("config.yaml", "administrations: table.csv")
    create = ("check", "--offline", "--create")
    assert "database: WRONG: table.csv" in terminal.type(*create).out
    terminal.write("table.csv", "code,name\nXX,Nowhere\n")
    assert "timezone" in terminal.type(*create).out
    assert not Path("followup.sqlite3").exists()
    (terminal.folder / "config.yaml").unlink()
    terminal.makes_database()
    terminal.write("config.yaml", "administrations: table.csv")
    assert "timezone" in terminal.refuses("workshop", "list")


def test_a_wrong_choice_is_said_in_words(office: Terminal) -> None:
    said = " ".join(office.refuses("export", "--out", "a.zip", "--audience", "all").split())
    assert "Invalid value for '--audience': 'all' is not one of 'staff', 'viewer'." in said
