"""Every command that the README shows is run as it stands there, in its order."""

import re
import shlex

from tests.cli.conftest import CODE, PEOPLE, WORKSHOPS, Terminal
from tests.places import ROOT

TRIED_ELSEWHERE = (["run"], ["questionnaire", "play", "M6"], ["doctor"])
"""What talks to the messenger or to a person at a terminal, or needs a bot that runs."""


def shown() -> list[list[str]]:
    """The commands in the README's blocks, word by word."""
    readme = (ROOT / "README.md").read_text("utf-8")
    blocks = re.findall(r"```\n(.*?)```", readme, re.DOTALL)
    lines = [line.strip() for block in blocks for line in block.splitlines()]
    found = [
        re.sub(r"^(\.venv/bin/)?followup ", "", line) for line in lines if "followup " in line
    ]
    return [shlex.split(command) for command in found if "[" not in command]


def test_the_commands_of_the_readme_work_in_its_order(terminal: Terminal) -> None:
    terminal.write("workshops.csv", WORKSHOPS)
    terminal.write("people.csv", PEOPLE)
    terminal.write("lists.csv", "list_name,name,label\nneeds,seizure,How to seize goods\n")
    commands = shown()
    assert len(commands) > 10
    people: list[str] = []
    for command in commands:
        if command in TRIED_ELSEWHERE:
            continue
        if {"PERSON", "OTHER"} & set(command) and not people:
            people = [one["participant"] for one in terminal.data("participants", "list", CODE)]
        named = dict(zip(("PERSON", "OTHER"), people, strict=False))
        terminal.says(*(named.get(word, word) for word in command))
    assert (terminal.folder / "codes.pdf").stat().st_mode & 0o777 == 0o600
    assert (terminal.folder / "report.pdf").read_bytes().startswith(b"%PDF")
    assert terminal.data("wave", "progress", CODE, "M6")["cases"] == 3


def test_the_readme_names_every_make_target_that_it_promises() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    makefile = (ROOT / "Makefile").read_text("utf-8")
    for target in re.findall(r"`make (\w+)`", readme):
        assert f"\n{target}:" in makefile
