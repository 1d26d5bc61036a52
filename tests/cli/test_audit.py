"""Which commands leave a line in the audit log: every command is run or is said only to read.

A command that is added without a row here fails.
"""

import io
import sys
from collections.abc import Iterator

import click
import pytest
from sqlalchemy import Connection

from bot.cli import COMMANDS, read_command
from bot.runtime.clock import utc_now
from storage.database import Database
from storage.office.audit import Act, Entry, entries
from storage.office.staff import member_with
from storage.office.staff_accounts import StaffAccount, put_account
from tests.cli.conftest import CODE, Terminal

READ_ONLY = {
    "audit", "check", "configuration", "doctor", "workshop list", "workshop imports", "workshop show",
    "participants list", "participants lists", "participant show", "participant find",
    "questionnaire check",
    "questionnaire export",
    "questionnaire list", "questionnaire show", "questionnaire play", "wave list", "wave preview",
    "wave progress", "programme list", "programme show", "staff list",
    "report verify", "report template", "case list", "plan list", "plan export", "questionnaire paper",
    "workshop template", "participants template", "answers imported", "workshop card",
    "recommendation list", "share list", "staff sessions", "evidence list", "next-step list",
    "asked list", "theme list", "theme agreement",
}  # fmt: skip
"""They change nothing, hand nothing out, and show nothing in people's own words."""
ELSEWHERE = {"run", "tick", "demo", "init", "restore", "retention", "wave proceed"}
TABLES = {"answers import", "answers undo", "participants columns"}
"""What needs a table of its own: tests/cli/test_answers.py and tests/cli/test_columns.py."""
ANCHORS = {
    *("anchor list", "anchor verify", "anchor unverify"),
    *("anchor accept", "anchor reject", "anchor decide", "anchor undo"),
    *("evidence add", "evidence open", "evidence remove"),
}
PUBLISHED = {
    *(f"recommendation {act}" for act in ("add", "change", "propose", "release", "settle")),
    *("recommendation undo", "recommendation withdraw"),
    *(f"next-step {act}" for act in ("add", "change", "drop", "keep", "release", "undo")),
    *("share end", "share feed", "share make", "share restore"),
}
"""Tested in tests/cli/test_recommendations.py, test_next_steps.py and test_share.py."""
SESSIONS = {"staff sign-out"}
"""What needs a browser in which somebody is signed in: tests/cli/test_staff_access.py."""
ASKED = {"asked take", "asked close", "asked approve", "asked undo"}
"""What needs people who asked for help: tests/cli/test_asked.py."""
WORDS = {
    *("words list", "words release", "words withhold", "words again"),
    *("words translate", "words take-back"),
    *(f"theme {act}" for act in ("add", "change", "retire", "restore", "undo")),
    *(f"theme {act}" for act in ("texts", "mark", "differ", "decide", "take-back")),
}
"""Fieldwork notes each wave by itself; restore, retention, anchors and words have their own tests."""
MESSAGES = {"messages list", "messages settle", "messages unsettle", "case move"}
"""What needs a message, or answers in two workshops: tested where the chat is."""
ADA, BEN, CHI, NIA, EVA = "ADA", "BEN", "CHI", "NIA", "EVA"
"""Stand for the codes of people of the workshop, and of Eva, who works at the office."""
Typed = tuple[str, Act]
TYPED: tuple[Typed, ...] = (
    ("workshop import more.csv", Act.IMPORTED),
    ("workshop undo", Act.IMPORT_UNDONE),
    ("workshop redo 3", Act.IMPORT_SAVED_AGAIN),
    ("workshop confirm TBC", Act.WORKSHOP_CHANGED),
    ("workshop move TBC --ends 2018-06-16", Act.WORKSHOP_CHANGED),
    ("workshop cancel TBC", Act.WORKSHOP_CHANGED),
    ("workshop restore TBC", Act.WORKSHOP_CHANGED),
    ("workshop lists TBC lists.csv", Act.IMPORTED),
    ("workshop lists TBC --undo 1", Act.IMPORTED),
    (f"workshop room {CODE}", Act.ROOM_OPENED),
    (f"workshop room {CODE} --end", Act.ROOM_CLOSED),
    (f"participants import {CODE} people.csv", Act.IMPORTED),
    (f"participants undo {CODE} 2", Act.IMPORT_UNDONE),
    (f"participants redo {CODE} 2", Act.IMPORT_SAVED_AGAIN),
    (f"participants codes {CODE}", Act.CODES_GIVEN),
    (f"participants link {CODE} ADA", Act.LINK_GIVEN),
    (f"workshop hold {CODE}", Act.WORKSHOP_HELD),
    (f"workshop release {CODE}", Act.WORKSHOP_RELEASED),
    (f"wave days {CODE} SUP12 --opens tomorrow --yes", Act.WAVE_DAYS),
    (f"wave skip {CODE} SUP12", Act.WAVE_SKIPPED),
    (f"wave back {CODE} SUP12", Act.WAVE_BACK),
    (f"wave open {CODE} M6", Act.WAVE_OPENED),
    (f"wave open {CODE} M12 --accept-english", Act.ENGLISH_ACCEPTED),
    (f"wave hold {CODE} M6", Act.WAVE_HELD),
    (f"wave release {CODE} M6", Act.WAVE_RELEASED),
    (f"case set-aside {CODE} M6 ADA --reason twice --yes", Act.CASE_SET_ASIDE),
    (f"case put-back {CODE} M6 ADA --yes", Act.CASE_PUT_BACK),
    (f"case enter {CODE} M6 ADA --mode paper --agreed --by EVA", Act.ANSWERS_ENTERED),
    (f"wave close {CODE} M6 --yes", Act.WAVE_CLOSED),
    (f"case reopen {CODE} M6 ADA --yes", Act.CASE_REOPENED),
    (f"case close {CODE} M6 ADA --yes", Act.CASE_CLOSED),
    (f"wave reopen {CODE} M6", Act.WAVE_REOPENED),
    (f"report {CODE}", Act.REPORTED),
    (f"figures {CODE}", Act.REPORTED),
    (f"report survey {CODE} M6", Act.REPORTED),
    (f"report compare {CODE}", Act.REPORTED),
    (f"report status {CODE} presented --for members", Act.REPORT_STATUS),
    ("export --out bundle.zip", Act.EXPORTED),
    ("programme add IPR-1 --operation Action", Act.PROGRAMME_CHANGED),
    ("programme results IPR-1 operations.csv", Act.IMPORTED),
    ("programme undo IPR-1", Act.PROGRAMME_CHANGED),
    ("questionnaire publish own.yaml", Act.PUBLISHED),
    ("questionnaire publish corrected.yaml --text-only", Act.PUBLISHED),
    ("questionnaire undo OWN", Act.PUBLISHED),
    (f"wave add {CODE} --questionnaire OWN --on 2031-06-02 --role participant", Act.WAVE_ADDED),
    (f"wave drop {CODE} OWN", Act.WAVE_DROPPED),
    ("plan import visits.yaml", Act.PLAN_CHANGED),
    (f"plan follow {CODE} visits", Act.WORKSHOP_CHANGED),
    (f"plan follow {CODE} standard", Act.WORKSHOP_CHANGED),
    ("plan remove visits", Act.PLAN_CHANGED),
    ("plan undo visits", Act.PLAN_CHANGED),
    ("participant stop BEN --why telephone --yes", Act.PERSON_STOPPED),
    ("participant start BEN", Act.PERSON_STARTED),
    ("participant pause BEN --until 2099-03-01", Act.PERSON_PAUSED),
    (f"participant leave-out {CODE} M12 CHI", Act.LEFT_OUT),
    (f"participant take-in {CODE} M12 CHI", Act.TAKEN_IN),
    (f"participant remove {CODE} CHI --why wrong-list", Act.PERSON_REMOVED),
    (f"participant restore {CODE} CHI", Act.PERSON_RESTORED),
    (f"participant supervisor {CODE} CHI --name Boss", Act.PERSON_CHANGED),
    ("participant email BEN ben@example.com", Act.PERSON_CHANGED),
    ("participant email-back BEN", Act.PERSON_CHANGED),
    ("participant handover NIA --name New", Act.PERSON_CHANGED),
    ("participant hand-back NIA", Act.PERSON_CHANGED),
    ("participant relink ADA telegram:12345", Act.LINKED_AGAIN),
    ("participant channel ADA telegram", Act.PERSON_CHANGED),
    ("participant channel ADA usual", Act.PERSON_CHANGED),
    ("participant language ADA fr", Act.PERSON_CHANGED),
    ("participant move ADA FJ --from 2018-03-01", Act.PERSON_MOVED),
    ("participant merge BEN CHI", Act.PEOPLE_MERGED),
    ("participant unmerge CHI", Act.MERGE_UNDONE),
    ("participant erase BEN --yes", Act.PERSON_ERASED),
    (f"participants move {CODE} 2 TBC", Act.IMPORT_MOVED),
    ("staff add manager", Act.STAFF_ADDED),
    ("staff code EVA", Act.STAFF_ADDED),
    ("staff link EVA", Act.SIGN_IN_LINK),
    ("staff email EVA eva@example.org", Act.STAFF_ADDRESS),
    ("staff digest EVA email", Act.DIGEST),
    ("staff email-back EVA", Act.STAFF_ADDRESS),
    ("staff account-end EVA", Act.ACCOUNT_ENDED),
    ("staff account-back EVA", Act.ACCOUNT_BOUND),
    ("staff role EVA manager", Act.STAFF_CHANGED),
    ("staff remove EVA", Act.STAFF_REMOVED),
    ("staff take-back EVA", Act.STAFF_RESTORED),
    ("backup copy.sqlite3", Act.COPIED),
    ("workshop unconfirm TBC", Act.WORKSHOP_CHANGED),
    ("workshop rename TBC TBC-2018", Act.WORKSHOP_CHANGED),
)


@pytest.fixture
def files(office: Terminal) -> Iterator[Terminal]:
    """An office with all that the commands above name."""
    office.write("config.yaml", "web: {public_url: 'https://followup.example.org'}")
    office.write("more.csv", "code,title,dates,venue\nTBC,Later,12-15 Jun. 2018 (tbc),Suva\n")
    office.write("lists.csv", "list_name,name,label\nneeds,seizure,How to seize goods\n")
    office.write(
        "people.csv", "name,administration,role,language\nNia,TO,contact_point,\nMai,VN,,lo\n"
    )
    office.write(
        "visits.yaml",
        "spec: 1\nkey: visits\nwaves:\n  - {key: END, role: participant, opens: end, open_days: 7}\n",
    )
    office.write("operations.csv", "operation,kg\nAction,10\n")
    own = (
        "spec: 1\nkey: OWN\ntitle: {en: Own}\nminutes: 1\ndefault_language: en\nlanguages: [en]\n"
        "survey:\n  - {type: text, name: words, label: Your words}\n"
    )
    office.write("own.yaml", own)
    office.write("corrected.yaml", own.replace("Your words", "Your own words"))
    yield office


def commands(of: click.Command, path: str = "") -> Iterator[str]:
    inner = getattr(of, "commands", None)
    if inner is None:
        yield path.strip()
        return
    for name, command in inner.items():
        yield from commands(command, f"{path} {name}")


def written(connection: Connection) -> list[Entry]:
    return entries(connection)


def test_every_command_has_a_row() -> None:
    known = {path for name in COMMANDS for path in commands(read_command(name), name)}
    run = {next(one for one in known if f"{typed} ".startswith(f"{one} ")) for typed, _ in TYPED
           if not typed.startswith("report")}  # fmt: skip
    said = (
        READ_ONLY | ELSEWHERE | TABLES | ANCHORS | PUBLISHED | WORDS | MESSAGES | ASKED | SESSIONS
    )
    assert (
        run | said | {"report write", "report survey", "report compare", "report status"} == known
    )


def test_every_command_that_changes_or_hands_out_leaves_its_line(
    files: Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    database = Database(f"sqlite:///{files.folder / 'followup.sqlite3'}")
    letters = "email: {host: mail.example.org, from: office@example.org}"
    page = "web: {public_url: 'https://followup.example.org'}"
    (files.folder / "config.yaml").write_text(f"{letters}\n{page}\n")
    named = {EVA: files.data("staff", "add", "organiser", "--name", "Eva")["code"]}
    number = database.read(member_with, named[EVA]).id
    account = StaffAccount(number, "https://id.example.org", "u-1", False, utc_now())
    database.run(put_account, account)
    wrong = []
    for typed, act in TYPED:
        if ADA not in named:
            people = files.data("participants", "list", CODE)
            codes = {one["name"].split()[0]: one["participant"] for one in people}
            if "Nia" in codes:
                named |= {name.upper(): codes[name] for name in ("Ada", "Ben", "Chi", "Nia")}
        before = len(database.read(written))
        monkeypatch.setattr(sys, "stdin", io.StringIO("y\nquit\n"))
        said = files.type(*(named.get(word, word) for word in typed.split()))
        new = [one.act for one in database.read(written)[before:]]
        if said.code or act not in new:
            wrong.append(f"{typed}: {new} {said.err}")
    lines = database.read(written)
    database.close()
    assert wrong == []
    kept = " ".join(one.about for one in lines)
    assert f"{CODE} M6 {named[ADA]} paper {named[EVA]}" in kept
    for name in ("Ada", "Ben", "Nia", "Eva", "example.com"):
        assert name not in kept
