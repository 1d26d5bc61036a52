"""Tables of earlier answers that organisers send in the browser: looked at, asked about, imported once.

They wait as lists do, with the wave that they are for among their answers.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.desk.answers.importing import ImportedAnswers, import_answers
from bot.desk.answers.looking import LookedAnswers, look_at_answers
from bot.desk.waves.typed_days import typed_day
from bot.desk.workshops.sent_files import CHANGED, opened
from bot.importing.answers.dates import ANSWERED
from bot.importing.files import digest_of
from bot.importing.rows.open_questions import COLUMN, LEAVE_OUT, Question
from bot.importing.rows.readings import ListSheet
from bot.runtime.transactions import Door
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.waiting_files import WaitingFile, forget_file
from surveys.problems import BadInput, Problem

WAVE = "wave of the table"
"""The key of the answer that names the wave, which makes a waiting file a table of answers."""


@dataclass(frozen=True)
class SentTable:
    """A table as it would be imported; with `problems` nothing can be."""

    file: WaitingFile
    looked: LookedAnswers = field(default_factory=lambda: LookedAnswers(ImportedAnswers("", "")))
    problems: tuple[Problem, ...] = ()

    @property
    def asked_columns(self) -> frozenset[str]:
        """The letters of the columns that nobody can tell."""
        there = {one.letters for sheet in self.looked.sheets for one in sheet.columns}
        keys = (one.key.removeprefix(COLUMN) for one in self.looked.done.questions)
        return frozenset(there.intersection(keys))

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked beside the columns."""
        columns = {f"{COLUMN}{one}" for one in self.asked_columns}
        return tuple(one for one in self.looked.done.questions if one.key not in columns)

    @property
    def responses(self) -> int:
        """How many responses would be stored."""
        return self.looked.done.linked + self.looked.done.unlinked

    @property
    def seen(self) -> str:
        """A hash that is another one if the import would do something else."""
        done = self.looked.done
        counts = (done.linked, done.unlinked, done.answered, done.items)
        return digest_of(repr((counts, sorted(self.file.answers.items()))).encode())[:16]

    @property
    def can_be_imported(self) -> bool:
        """Whether nothing is asked or wrong, and there is something to store."""
        open_ = self.problems or self.looked.done.questions or self.looked.done.before
        return not open_ and self.responses > 0


def wave_of(file: WaitingFile) -> str:
    """Return the wave that a waiting table of answers is for, "" for a list."""
    return file.answers.get(WAVE, "")


def look(door: Door, office: Office, file: WaitingFile, now: datetime) -> SentTable:
    """Return what importing a table would do, or all that is wrong with it. Writes nothing."""
    try:
        given = opened(file, dry_run=True)
        place = (file.workshop_code, wave_of(file))
        looked = door.read(look_at_answers, office, place, given, now)
    except BadInput as wrong:
        return SentTable(file, problems=wrong.problems)
    return SentTable(file, looked, looked.problems)


def save(
    door: Door, office: Office, file: WaitingFile, seen: str, now: datetime
) -> ImportedAnswers:
    """Import a table as it was seen, and forget it.

    Raise Conflict if it would do something else now, BadInput if it cannot be imported.
    """
    sent = look(door, office, file, now)
    if sent.problems:
        raise BadInput(sent.problems)
    if not sent.can_be_imported or sent.seen != seen:
        raise Conflict(CHANGED)
    place = (file.workshop_code, wave_of(file))
    done = import_answers(door, office, place, opened(file, dry_run=False), now)
    if done.number:
        door.run(forget_file, file.id)
    return done


def choose_columns(
    sheet: ListSheet, typed: Mapping[str, str], asked: Collection[str]
) -> dict[str, str]:
    """Return the answers that say what columns are, of those that were asked about or changed.

    `typed` has a name or its words by letters. Raise BadInput for what no column can be.
    """
    known = {words.casefold(): name for name, words in sheet.fields.items()}
    known |= {name.casefold(): name for name in sheet.fields}
    wrong, answers = [], {}
    for column in sheet.columns:
        said = typed.get(column.letters, "").strip()
        name = known.get(said.casefold(), "") if said else LEAVE_OUT
        if not name:
            fix = "Choose one of the list, or leave the field empty."
            place = f"column {column.letters}"
            wrong.append(Problem(place, "", "is no question and no kind of column.", said, fix))
        if column.letters in asked or name != (column.field or LEAVE_OUT):
            answers[f"{COLUMN}{column.letters}"] = name
    if wrong:
        raise BadInput(wrong)
    return answers


def in_values(given: Mapping[str, str], today: date) -> dict[str, str]:
    """Return answers as they are kept: a day that was typed in words as a date. Raise BadInput."""
    answers = dict(given)
    if answers.get(ANSWERED):
        day = typed_day(answers[ANSWERED], today, "The day of the answers")
        if day > today:
            fix = "Write it with its year, such as 11 June 2018."
            problem = Problem("The day of the answers", "", "is to come.", answers[ANSWERED], fix)
            raise BadInput((problem,))
        answers[ANSWERED] = day.isoformat()
    return answers
