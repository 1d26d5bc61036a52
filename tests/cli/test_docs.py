"""The pages of the documentation: every command, link, path and setting on them is checked.

Commands are the lines of the `sh` blocks. They run from the top of a page to its end, in an office
with workshops and participants. A file that a page shows has its name in a comment on its first line.
"""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from bot.cli import COMMANDS, read_command
from bot.settings.config import Settings
from tests.cli.conftest import CODE, WORKSHOPS, Terminal
from tests.cli.test_example import keys_of
from tests.places import ROOT

PAGES = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/*.md")])
NAMES = [str(page.relative_to(ROOT)) for page in PAGES]
README = "README.md"
MISTAKES = "docs/mistakes.md"
NOT_RUN = {
    "followup run": "serves until it is stopped; tests/process/test_story.py",
    "followup demo --serve": "serves until it is stopped; tests/demo/test_first_weeks.py",
    "followup init my-office": "asks a person; tests/cli/test_init.py",
    "cd": "the test is there already",
    "python3": "installs a release; tests/process/test_release.py",
    "~/followup/bin/pip": "installs a release; tests/process/test_release.py",
    "followup questionnaire play": "asks a person; tests/cli/test_commands.py",
    "followup case enter": "asks a person; tests/cli/test_operations.py",
    "followup messages settle": "needs a message; tests/cli/test_messages.py",
    "followup messages unsettle": "needs a message; tests/cli/test_messages.py",
    "followup case move": "needs answers; tests/bot/staff_chat/test_cases.py",
    "followup case set-aside": "needs a case; tests/cli/test_cases.py",
    "followup case put-back": "needs a case; tests/cli/test_cases.py",
    "followup case reopen": "needs a closed wave; tests/cli/test_cases.py",
    "followup case close": "needs a closed wave; tests/cli/test_cases.py",
    "followup anchor verify": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup anchor accept": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup anchor reject": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup anchor decide": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup anchor undo": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup anchor unverify": "needs the answers of a case; tests/cli/test_anchors.py",
    "followup evidence add": "needs the answers of a case; tests/cli/test_evidence.py",
    "followup evidence open": "needs a file; tests/cli/test_evidence.py",
    "followup evidence remove": "needs a file; tests/cli/test_evidence.py",
    "followup report status IPR-OC-2017/ELEARN": "needs a wave that has opened; the same test",
    "followup report status IPR-OC-2017/PRE": "needs a wave that has opened; the same test",
    "followup report status IPR-OC-2017/IPR12": "needs a wave that has opened; the same test",
    "followup report survey": "needs a wave that has opened; tests/cli/test_survey_results.py",
    "followup share feed": "needs a member of staff; tests/cli/test_share.py",
    "followup asked take": "needs people who asked; tests/cli/test_asked.py",
    "followup asked close": "needs people who asked; tests/cli/test_asked.py",
    "followup asked approve": "needs people who asked; tests/cli/test_asked.py",
    "followup asked undo": "needs people who asked; tests/cli/test_asked.py",
    "followup staff digest": "needs a member who has joined; tests/cli/test_audit.py",
    "followup words release": "needs the answers of a case; tests/cli/test_words.py",
    "followup words withhold": "needs the answers of a case; tests/cli/test_words.py",
    "followup words again": "needs the answers of a case; tests/cli/test_words.py",
    "followup words translate": "needs the answers of a case; tests/cli/test_themes.py",
    "followup words take-back": "needs the answers of a case; tests/cli/test_themes.py",
    "followup theme mark": "needs the answers of a case; tests/cli/test_themes.py",
    "followup theme decide": "needs the answers of a case; tests/cli/test_themes.py",
    "followup theme take-back": "needs the answers of a case; tests/cli/test_themes.py",
    "curl": "needs a bot that runs; tests/process/test_watching.py",
    "pg_dump": "needs a server; tests/storage/operations/test_postgresql_copies.py",
    "pg_restore": "needs a server; tests/storage/operations/test_postgresql_copies.py",
    "sudo": "changes the machine",
    "journalctl": "needs the service of systemd",
    ".venv/bin/python -m tests.benchmarks": "measures for minutes",
    "make": "runs for minutes; only its target is checked",
}
"""The beginnings of commands that cannot run here, with the reason and the test that runs them."""
EXIT_CODES = {"followup doctor": 2, "followup report compare all": 2}
"""No bot runs here, and `doctor` says so. All workshops are of one fiscal year."""
WEB = "web: {public_url: https://followup.example.org, port: 0}\n"
EMAIL = "email: {host: mail.example.org, from: office@example.org}\n"
SETTINGS = {"docs/organisers.md": WEB + EMAIL}
"""The configuration of a page. `followup check` on another page would look for the mail server."""
FILES = {
    "workshops.csv": WORKSHOPS,
    "people.csv": "name,administration,email,role\nAda Vea,TO,,\nBen Qalo,FJ,ben@example.org,\n"
    "Chi Lan,VU,,\nDan Roa,PG,,\nEli Kau,WS,,contact_point\n",
    "delegates.csv": "Who,Where\nFay Leo,TO\nGus Tan,FJ\n",
    "lists.csv": "list_name,name,label\nneeds,seizure,How to seize goods\n",
    "results.csv": "operation,cases,items,pieces,kg,litres\nKula,3,4,1200,,\n",
}
PEOPLE = {"PERSON": "Ben Qalo", "OTHER": "Dan Roa", "CONTACT": "Eli Kau"}
"""Whom the pages call so."""


def blocks(page: str) -> Iterator[tuple[str, str]]:
    """The fenced blocks of a page with their languages."""
    text = (ROOT / page).read_text("utf-8")
    for fence in re.finditer(r"^( *)```(\w*)\n(.*?)^\1```$", text, re.DOTALL | re.MULTILINE):
        indent, language, content = fence.groups()
        yield language, re.sub(rf"^{indent}", "", content, flags=re.MULTILINE)


def commands(page: str) -> list[str]:
    """The command lines of a page in their order."""
    shown = [content for language, content in blocks(page) if language == "sh"]
    return [line for content in shown for line in content.splitlines() if line]


def in_line(page: str) -> list[str]:
    """What stands between back quotes in the sentences of a page."""
    text = (ROOT / page).read_text("utf-8")
    text = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.DOTALL | re.MULTILINE)
    return [" ".join(code.split()) for code in re.findall(r"`([^`]+)`", text)]


def reason_not_to_run(line: str) -> str:
    """Why a command cannot run here; empty if it can."""
    found = (why for start, why in NOT_RUN.items() if f"{line} ".startswith(f"{start} "))
    return next(found, "")


def run_here(page: str) -> list[str]:
    """The commands of a page that run here."""
    lines = [line.replace(".venv/bin/followup", "followup") for line in commands(page)]
    return [line for line in lines if not reason_not_to_run(line)]


@pytest.mark.parametrize("page", [name for name in NAMES if run_here(name) and name != README])
def test_the_commands_of_a_page_work_in_its_order(page: str, office: Terminal) -> None:
    office.write("config.yaml", SETTINGS.get(page, WEB))
    for name, content in FILES.items():
        office.write(name, content)
    for _, content in blocks(page):
        if shown := re.match(r"# (\w+\.\w+)\n", content):
            office.write(shown[1], content)
    office.says("participants", "import", CODE, "people.csv")
    office.says("workshop", "lists", CODE, "lists.csv")
    everyone = office.data("participants", "list", CODE)
    codes = {one["name"]: one["participant"] for one in everyone}
    named = {word: codes[name] for word, name in PEOPLE.items()}
    for line in run_here(page):
        program, *words = shlex.split(line)
        assert program == "followup", f"Run this command in a test, or say why not: {line}"
        said = office.type(*(named.get(word, word) for word in words))
        assert said.code == EXIT_CODES.get(line, 0), (line, said)


def test_the_commands_of_the_readme_work_from_nothing(terminal: Terminal) -> None:
    for name in ("workshops.csv", "people.csv"):
        terminal.write(name, FILES[name])
    terminal.write("config.yaml", (ROOT / "config.example.yaml").read_text("utf-8"))
    lines = [line.replace(".venv/bin/followup", "followup") for line in commands(README)]
    for line in lines:
        if line == "followup run":
            terminal.makes_database()  # as it does itself: tests/process/test_starting.py
        elif not reason_not_to_run(line):
            terminal.says(*shlex.split(line)[1:])
    assert (terminal.folder / "codes.pdf").stat().st_mode & 0o777 == 0o600
    assert (terminal.folder / "report-CONFIDENTIAL.pdf").read_bytes().startswith(b"%PDF")


def test_no_reason_is_left_for_a_command_that_no_page_shows() -> None:
    shown = [line.replace(".venv/bin/followup", "followup") for n in NAMES for line in commands(n)]
    for start in NOT_RUN:
        assert any(f"{line} ".startswith(f"{start} ") for line in shown), start


@pytest.mark.parametrize("page", NAMES)
def test_commands_in_sentences_exist_with_their_options(page: str) -> None:
    for code in in_line(page):
        if code.startswith("followup "):
            for line in alternatives(code):
                check_command(line)


def alternatives(code: str) -> list[str]:
    """`followup wave open|close` as the two commands that it means."""
    several = next((word for word in code.split() if "|" in word), "")
    return [code.replace(several, one) for one in several.split("|")] if several else [code]


def check_command(line: str) -> None:
    """Fail if a command, one of its parts or one of its options does not exist."""
    _, name, *words = shlex.split(line)
    assert name in COMMANDS or name in ("--help", "--version"), line
    if name not in COMMANDS:
        return
    command: click.Command = read_command(name)
    while hasattr(command, "commands") and words and not words[0].startswith("-"):
        if name == "report" and words[0] not in command.commands:
            words = ["write", *words]
        assert words[0] in command.commands, line
        command = command.commands[words.pop(0)]
    known = {option for parameter in command.params for option in parameter.opts}
    for word in words:
        assert not word.startswith("-") or word in known or word == "--help", line


@pytest.mark.parametrize("line", [one for one in in_line(MISTAKES) if one.startswith("followup ")])
def test_a_command_against_a_mistake_needs_nothing_more_than_the_page_shows(line: str) -> None:
    values = {"NUMBER": "1", "CASE": "12", "DAY": "2018-06-04", "ROLE": "organiser"}
    for placeholder, value in values.items():
        line = re.sub(rf"\b{placeholder}\b", value, line)
    _, name, part, *words = shlex.split(line)
    command: Any = read_command(name)
    context = command.commands[part].make_context(part, words)
    assert not context.args


@pytest.mark.parametrize("page", NAMES)
def test_make_targets_exist(page: str) -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8").replace("$(VENV)", ".venv")
    for line in [*commands(page), *in_line(page)]:
        if target := re.fullmatch(r"make ([\w./]+)", line):
            assert f"\n{target[1]}:" in makefile, line


@pytest.mark.parametrize("page", NAMES)
def test_paths_exist(page: str) -> None:
    for code in in_line(page):
        if re.fullmatch(r"(bot|surveys|storage|analysis|tests|docs)/[\w./*-]*", code):
            assert any(ROOT.glob(code.rstrip("/"))), f"{page} names {code}"


@pytest.mark.parametrize("page", NAMES)
def test_settings_exist(page: str) -> None:
    sections = set(Settings.model_fields)
    for code in in_line(page):
        if (ROOT / "bot/desk" / (code.replace(".", "/") + ".py")).is_file():
            continue  # the table of acts names modules
        if re.fullmatch(r"[a-z]+\.[a-z_]+", code) and code.partition(".")[0] in sections:
            known = keys_of(Settings)
            assert code in known or any(key.startswith(f"{code}.") for key in known), (
                f"{page} names {code}"
            )


def slug(heading: str) -> str:
    """The anchor that a heading gets: lower case, words joined with hyphens."""
    return re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-")


def anchors(page: Path) -> set[str]:
    """The anchors of all headings of a page."""
    text = re.sub(r"^ *```.*?^ *```$", "", page.read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)
    return {slug(heading) for heading in re.findall(r"^#+ (.*)$", text, re.MULTILINE)}


@pytest.mark.parametrize("page", NAMES)
def test_links_lead_to_files_and_headings(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    for link in re.findall(r"\]\(([^)\s]+)\)|src=\"([^\"]+)\"", text):
        target, _, anchor = "".join(link).partition("#")
        if target.startswith(("http://", "https://")):
            continue
        file = (ROOT / page).parent / target if target else ROOT / page
        assert file.exists(), f"{page} links to {target}"
        assert not anchor or anchor in anchors(file), f"{page} links to {target}#{anchor}"


def test_every_page_of_the_documentation_is_linked_from_the_readme() -> None:
    readme = (ROOT / README).read_text("utf-8")
    for name in NAMES:
        assert name == README or f"]({name})" in readme, name


def test_the_list_of_dependencies_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    declared = [re.split(r"[\[<>=]", line)[0] for line in project["dependencies"]]
    page = (ROOT / "docs" / "dependencies.md").read_text("utf-8")
    assert re.findall(r"^\| (\S+) \| ", page, re.MULTILINE)[1:] == declared


def test_messages_about_postgresql_name_the_page_that_shows_its_tools() -> None:
    code = "".join(path.read_text("utf-8") for path in sorted(ROOT.glob("bot/**/*.py")))
    (page,) = set(re.findall(r"the README|docs/\w+\.md", code))
    text = (ROOT / page).read_text("utf-8")
    assert "\npg_dump " in text
    assert "\npg_restore " in text
