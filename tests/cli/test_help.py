"""The help of each command: quick, whole, and with one example that can be typed."""

import shlex
from importlib.metadata import version
from typing import Any

import pytest

from bot.cli import COMMANDS, read_command
from bot.cli.examples import EXAMPLES, commands_in
from storage.schema import REVISION
from tests.cli.conftest import Spawn, Terminal

PATHS = {path: one for name in COMMANDS for path, one in commands_in(name, read_command(name))}
READS_NO_LIBRARY = """
import sys
sys.argv = ["followup", *{words}]
from bot.cli import main
try:
    main()
finally:
    heavy = {{"sqlalchemy", "telegram", "pandas", "rich", "yaml", "httpx"}}
    print("READ", sorted(heavy & sys.modules.keys()))
"""


def test_every_command_has_one_example() -> None:
    assert set(PATHS) == set(EXAMPLES)


@pytest.mark.parametrize("path", EXAMPLES)
def test_an_example_is_a_command_line_that_is_understood(path: str) -> None:
    _, name, *words = shlex.split(EXAMPLES[path])
    command: Any = read_command(name)
    context = command.make_context(name, words)
    while hasattr(command, "commands"):
        word, command, words = command.resolve_command(context, context._protected_args)
        context = command.make_context(word, [*words, *context.args], parent=context)
    assert (
        context.command_path
        == PATHS[path].make_context(path, [], resilient_parsing=True).command_path
    )


def test_a_help_shows_its_example_and_what_stands_in_brackets(terminal: Terminal) -> None:
    said = terminal.says("words", "release", "--help")
    assert f"Example: {EXAMPLES['words release']}" in said
    assert "with … or [name] in place" in " ".join(said.split())
    assert "[default: the one that FOLLOWUP_CONFIG names" in " ".join(said.split())


def test_the_list_of_a_group_says_whole_sentences(terminal: Terminal) -> None:
    said = " ".join(terminal.says("workshop", "--help").split())
    assert "cancel Cancel a workshop: no more waves open and no more messages go out." in said


def test_the_version_is_said_with_the_schema_and_the_database(terminal: Terminal) -> None:
    ours = f"followup {version('followup')}, schema {REVISION}"
    assert terminal.says("--version") == f"{ours}, SQLite\n"
    terminal.write("config.yaml", "database: postgresql+psycopg://user@host/followup\n")
    assert terminal.says("--version") == f"{ours}, PostgreSQL\n"
    terminal.write("config.yaml", "database: [\n")
    assert terminal.says("--version").startswith(f"{ours}, no database: ")


@pytest.mark.parametrize("words", [["--help"], ["init", "--help"], ["workshop", "--help"]])
def test_a_help_reads_no_library_that_it_does_not_need(spawn: Spawn, words: list[str]) -> None:
    done = spawn("-c", READS_NO_LIBRARY.format(words=words))
    assert done.stdout.splitlines()[-1] == "READ []", done
