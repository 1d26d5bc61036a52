"""What commands import, which is most of the time that they take to start."""

import json

from bot.cli import COMMANDS
from bot.cli.recommendations import Became as TypedOutcome
from bot.cli.staff_access import Role
from storage.office.staff import StaffRole
from surveys.recommendation import Became
from tests.cli.conftest import CODE, Spawn, Terminal

HEAVY = {"pandas", "numpy", "scipy", "typst", "telegram", "pyxform", "xlsxwriter", "holidays"}
HEAVY |= {"sqlalchemy", "alembic", "structlog", "yaml", "lark", "babel", "openpyxl", "starlette"}
OURS = {"surveys", "storage", "analysis"}
GROUPS = [name for name, place in COMMANDS.items() if place.name == "app"]
NAMING = ("report", "share")
"""Groups whose help names forms and readers, which the registry of formats knows."""
IMPORTED = """
import json, sys
from bot.cli import main
for line in json.loads(sys.argv[1]):
    before = set(sys.modules)
    sys.argv = ["followup", *line]
    try:
        main()
    except SystemExit:
        pass
    tops = sorted({name.partition(".")[0] for name in set(sys.modules) - before})
    print(json.dumps([line, tops]), file=sys.stderr)
"""


def imported_by(spawn: Spawn, lines: list[list[str]]) -> dict[str, set[str]]:
    """The top packages that each of some commands imports, one after the other in one process."""
    done = spawn("-c", IMPORTED, json.dumps(lines))
    told = [json.loads(line) for line in done.stderr.splitlines() if line.startswith("[[")]
    assert len(told) == len(lines), done
    return {" ".join(line): set(tops) for line, tops in told}


def test_a_help_and_a_wrong_command_import_nothing_heavy(spawn: Spawn) -> None:
    plain = [["--help"], ["wawe"], *([name, "--help"] for name in GROUPS if name not in NAMING)]
    found = imported_by(spawn, plain)
    wrong = {line: tops & (HEAVY | OURS) for line, tops in found.items()}
    assert not any(wrong.values()), wrong
    naming = imported_by(spawn, [[name, "--help"] for name in NAMING])
    assert all(tops & HEAVY == set() for tops in naming.values())


def test_short_commands_import_only_what_they_need(office: Terminal, spawn: Spawn) -> None:
    lines = [["workshop", "list"], ["doctor"], ["wave", "preview", CODE, "M6"]]
    found = imported_by(spawn, lines)
    heavy = HEAVY - {"sqlalchemy", "yaml", "lark", "babel"}
    assert found["workshop list"] & heavy == set()
    assert found["doctor"] & heavy == set()
    # A preview says on which days people work, and the texts of chat have a log.
    assert found["wave preview IPR-OC-2017 M6"] & heavy <= {"holidays", "structlog"}


def test_an_office_with_sqlite_does_not_read_the_dialect_of_postgresql(
    office: Terminal, spawn: Spawn
) -> None:
    lines = [["workshop", "list"], ["doctor"], ["wave", "preview", CODE, "M6"]]
    done = spawn("-c", f"{IMPORTED}\nprint(*sys.modules)", json.dumps(lines))
    assert "sqlalchemy.dialects.sqlite" in done.stdout
    assert "sqlalchemy.dialects.postgresql" not in done.stdout


def test_a_group_says_the_roles_that_staff_have() -> None:
    assert [role.value for role in Role] == [role.value for role in StaffRole]


def test_a_group_says_what_can_become_of_a_recommendation() -> None:
    assert [one.value for one in TypedOutcome] == [one.value for one in Became]
