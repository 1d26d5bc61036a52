"""A list of people looked at before it is saved: columns, questions, every row as it will be read.

For a page that shows them step by step. Command line and chat get the same columns and questions
from `participant_lists.import_participants` with a dry run.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.people.participant_lists import judge_people, people_of
from bot.importing.people.sheets import FIELDS
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import Question
from bot.importing.rows.readings import ListSheet, ReadRow, read_row_of, sheets_of
from bot.importing.rows.rows import List
from surveys.problems import BadInput, Problem


@dataclass(frozen=True)
class ListReading:
    """A list as it would be saved. `imported` is None while `problems` must be mended first."""

    sheets: tuple[ListSheet, ...]
    questions: tuple[Question, ...]
    offers: tuple[Question, ...]
    notes: tuple[str, ...]
    rows: tuple[ReadRow, ...]
    problems: tuple[Problem, ...] = ()
    imported: Imported | None = None


def look_at_list(connection: Connection, code: str, given: List, now: datetime) -> ListReading:
    """Return a list as it would be saved in a workshop. Writes nothing.

    `given` comes from `bot.importing.files.open_list`, with the answers so far: `column name` = B
    chooses a column. Raise BadInput for a file that is no list of people.
    """
    people = people_of(connection, code, given)
    sheets = sheets_of(people.tables, FIELDS)
    asked, notes = tuple(people.questions.values()), tuple(people.notes)
    try:
        judged = judge_people(connection, code, given, people, now)
    except BadInput as error:
        rows = tuple(read_row_of(row, "", people.reading.cells) for row in people.rows)
        return ListReading(sheets, asked, (), notes, rows, tuple(error.problems))
    outcomes = {one.listed.row.place: one.outcome.value for one in judged.plan.rows}
    rows = tuple(
        read_row_of(row, outcomes.get(row.place, ""), people.reading.cells) for row in people.rows
    )
    done = judged.imported
    return ListReading(sheets, done.questions, done.offers, notes, rows, done.warnings, done)
