"""A workshop of 2027 whose follow-ups were made with other tools, in 2030."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection

from bot.desk.answers.importing import ImportedAnswers, import_answers
from bot.desk.answers.undo import TakenBack, undo_answers
from bot.importing.files import open_list
from bot.runtime.transactions import Door
from storage.database import Database
from storage.instruments.questionnaires import publish
from tests.bot.fieldwork_world import World, utc
from tests.bot.importing.answers.tables import FOLDER, asking

P = ParamSpec("P")
T = TypeVar("T")
CODE = "W-A"
NOW = utc("2030-01-01T10:00")
LONG_FILE = "s2_results_long.csv"
CLEAN = {"conf: six": "missing", "question colour": "leave out", "people not found": "leave out"}


class Breaking:
    """The way to a database whose machine loses its power after some transactions."""

    def __init__(self, database: Database, after: int) -> None:
        self._left = after
        self._database = database
        self.read = database.read

    def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **more: P.kwargs,
    ) -> T:
        if not self._left:
            raise RuntimeError("no power")
        self._left -= 1
        return self._database.run(function, *args, **more)


class EarlierWorld(World):
    """The workshop W-A, whose waves M3 and M6 ask what the tables of these tests have.

    Without `own` they ask the packaged questionnaires.
    """

    def __init__(self, database: Database, *, own: bool = True) -> None:
        super().__init__(database, NOW)
        self.keeps_only("M3", "M6")
        for key in ("M3", "M6") if own else ():
            asked = asking("S2").model_copy(update={"key": key})
            database.run(publish, asked, NOW)
        self.workshop(CODE, date(2027, 6, 11))

    def people(self, *names: str, **facts: object) -> None:
        """Enrol people whose names are those of the table."""
        for name in names:
            self.enrol(name, workshop=CODE, **facts)

    def imports(
        self,
        content: str | bytes,
        answers: Mapping[str, str] | None = None,
        wave: str = "M3",
        *,
        dry_run: bool = False,
        door: Door | None = None,
    ) -> ImportedAnswers:
        """Import a table of answers."""
        raw = content if isinstance(content, bytes) else content.encode()
        given = open_list(raw, "table.csv", dry_run, answers or {})
        return import_answers(door or self.database, self.office, (CODE, wave), given, self.now)

    def imports_long(self, wave: str, number: str, **answers: str) -> ImportedAnswers:
        """Import the long table of 2027 for one of its waves."""
        content = (FOLDER / LONG_FILE).read_bytes()
        return self.imports(content, CLEAN | {"wave": number} | answers, wave)

    def undo(self, number: int = 0) -> TakenBack:
        """Take back an import of answers."""
        return undo_answers(self.database, self.office, CODE, number, self.now)
