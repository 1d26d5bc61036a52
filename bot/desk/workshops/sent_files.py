"""Lists and calendars that organisers send in the browser: looked at, asked about, saved once.

A file is read in a limited process before any transaction, and saving goes in slices.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import lru_cache

from bot.desk.people.list_reading import look_at_list, sheets_of_list
from bot.desk.people.participant_lists import import_participants
from bot.desk.workshops.calendars import import_workshops
from bot.importing.files import digest_of, open_list, read_list
from bot.importing.people.offers import FOR_WORKSHOP
from bot.importing.rows.heading_rows import NONE
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import COLUMN
from bot.importing.rows.readings import ListSheet, ReadRow
from bot.importing.rows.rows import Events, List
from bot.importing.tables.cells import Book
from bot.runtime.transactions import Door
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.waiting_files import WaitingFile, forget_file
from surveys.problems import BadInput, Problem

KEPT = 4
"""How many files stay in the memory of the process as they were read."""
CHANGED = (
    "It would do something else than you saw, because others changed something meanwhile. Nothing "
    "was saved. Please look again."
)


@dataclass(frozen=True)
class Looked:
    """A file as it would be saved; with `problems` nothing can be.

    `sheets` are its sheets with their columns, `rows` its people as they were read, with the mistakes
    in their cells.
    """

    file: WaitingFile
    done: Imported = field(default_factory=Imported)
    problems: tuple[Problem, ...] = ()
    sheets: tuple[ListSheet, ...] = ()
    rows: tuple[ReadRow, ...] = ()

    @property
    def seen(self) -> str:
        """A hash that is another one if saving would do something else."""
        done = self.done
        counts, answers = (done.new, done.changed, done.removed), sorted(self.file.answers.items())
        said = (counts, done.changes, done.lines, answers)
        return digest_of(repr(said).encode())[:16]

    @property
    def can_be_saved(self) -> bool:
        """Whether nothing is asked or wrong, and something is to be done."""
        open_ = self.problems or self.done.questions
        return not open_ and bool(self.done.rows) and not self.done.nothing_to_do


def look(door: Door, office: Office, file: WaitingFile, now: datetime) -> Looked:
    """Return what saving a file would do, or all that is wrong with it. Writes nothing."""
    try:
        given = opened(file, dry_run=True)
    except BadInput as wrong:
        return Looked(file, problems=wrong.problems)
    try:
        return _looked(door, office, file, given, now)
    except BadInput as wrong:
        return Looked(file, problems=wrong.problems, sheets=_sheets(door, file, given))


def _looked(door: Door, office: Office, file: WaitingFile, given: List, now: datetime) -> Looked:
    code = workshop_of(file)
    if not code:
        done = import_workshops(door, office, given, now)
        return Looked(file, done, sheets=done.sheets)
    found = door.read(look_at_list, office, code, given, now)
    wrong = tuple(one for one in found.problems if one.severity == "error")
    done = found.imported or Imported(questions=found.questions, notes=found.notes)
    return Looked(file, done, wrong, found.sheets, found.rows)


def _sheets(door: Door, file: WaitingFile, given: List) -> tuple[ListSheet, ...]:
    """Return the columns of a file that cannot be saved; () where even they are not known."""
    try:
        return door.read(sheets_of_list, given, people=bool(file.workshop_code))
    except BadInput:
        return ()


def choose_columns(
    sheets: Sequence[ListSheet], chosen: Mapping[tuple[int, str], str]
) -> dict[str, str]:
    """Return the answers that say what columns are; `chosen` has fields by sheet and column."""
    answers: dict[str, str] = {}
    for number, sheet in enumerate(sheets):
        scope = f"{COLUMN}{sheet.name}!" if len(sheets) > 1 else COLUMN
        now = {one.letters: chosen.get((number, one.letters), one.field) for one in sheet.columns}
        changed = [one for one in sheet.columns if now[one.letters] != one.field]
        answers |= {f"{scope}{one.field}": NONE for one in changed if one.field}
        answers |= {
            f"{scope}{now[one.letters]}": one.letters for one in changed if now[one.letters]
        }
    return answers


def save(door: Door, office: Office, file: WaitingFile, seen: str, now: datetime) -> Imported:
    """Save a file as it was seen, and forget it.

    Raise Conflict if it would do something else now, BadInput if it cannot be saved.
    """
    looked = look(door, office, file, now)
    if looked.problems:
        raise BadInput(looked.problems)
    if looked.done.questions or looked.seen != seen:
        raise Conflict(CHANGED)
    done = _import(door, office, file, opened(file, dry_run=False), now)
    if not done.questions:
        door.run(forget_file, file.id)
    return done


def with_answers(file: WaitingFile, given: Mapping[str, str]) -> WaitingFile:
    """Return a file with more answers; a list for another workshop becomes that of the other."""
    answers = {**file.answers, **given}
    return replace(file, answers=answers)


def workshop_of(file: WaitingFile) -> str:
    """Return the workshop of a list: where it was sent, or the one that an answer names."""
    return file.answers.get(FOR_WORKSHOP, file.workshop_code) if file.workshop_code else ""


def opened(file: WaitingFile, *, dry_run: bool) -> List:
    """Return what is in a file that waits, with its answers. Raise BadInput if it cannot be read."""
    return open_list(file.content, file.name, dry_run, file.answers, _read)


@lru_cache(maxsize=KEPT)
def _read(content: bytes, source: str, coding: str) -> Book | Events:
    """Return what is in a file; the newest files are read once, as each look needs them."""
    return read_list(content, source, coding)


def _import(door: Door, office: Office, file: WaitingFile, given: List, now: datetime) -> Imported:
    code = workshop_of(file)
    if not code:
        return import_workshops(door, office, given, now)
    return import_participants(door, office, code, given, now)
