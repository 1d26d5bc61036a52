"""A table of earlier answers looked at before it is imported: columns, questions, what each row says.

For a page that shows them. Command line and chat get the same questions from `import_answers` with a
dry run.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.answers.importing import ImportedAnswers, JudgedAnswers, judge_read, place_of
from bot.desk.answers.waves import AskedWave, asked_wave
from bot.desk.list_columns import columns_offer, recall_of
from bot.importing.answers.people import UNKNOWN
from bot.importing.answers.reading import ReadTable, read_answers
from bot.importing.answers.readings import columns_unread, label_in_words, rows_told
from bot.importing.answers.targets import Finder
from bot.importing.answers.told import Told
from bot.importing.rows.readings import ListSheet, ReadRow
from bot.importing.rows.rows import List, Reading, book_of
from bot.settings.office import Office
from storage.people.enrolments import enrolments_in
from storage.people.participants import people_in
from surveys.problems import BadInput, Problem

NOBODY, LEFT_OUT = "nobody known", "left out"
ALREADY = "has answered already, left out"


@dataclass(frozen=True)
class LookedAnswers:
    """A table as it would be imported; with `problems` nothing can be.

    `sheets` has the sheet that is read, `sheet_names` are all that are not hidden. `rows` are what the
    respondents say, by question and in words; `labels` are the texts of the questions.
    """

    done: ImportedAnswers
    problems: tuple[Problem, ...] = ()
    sheets: tuple[ListSheet, ...] = ()
    sheet_names: tuple[str, ...] = ()
    rows: tuple[ReadRow, ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)


def look_at_answers(
    connection: Connection, office: Office, place: tuple[str, str], given: List, now: datetime
) -> LookedAnswers:
    """Return a table as it would be imported into a wave. Writes nothing.

    Raise BadInput for a file that is no table, Conflict for a wave that is still to come.
    """
    to = asked_wave(connection, office, place, given.digest, now)
    nothing = ImportedAnswers(*place_of(to.wave), before=to.there)
    if to.there:
        return LookedAnswers(nothing)
    reading = Reading(given.source)
    book = book_of(given, reading)
    names = tuple(one.name for one in book.sheets if not one.hidden)
    try:
        recall = recall_of(connection, given.answers)
        found = read_answers(book, to.wanted, given.answers, reading, recall)
    except BadInput as wrong:
        sheets = columns_unread(book, Finder(to.wanted.questionnaire))
        return LookedAnswers(nothing, wrong.problems, sheets, names)
    sheets = (found.sheet,) if found.sheet else ()
    labels = {name: label_in_words(to.wanted.questionnaire, name) for name in sorted(found.items)}
    try:
        judged = judge_read(connection, to, given, found, reading)
    except BadInput as wrong:
        rows = _rows(to, found, {}, reading, now)
        return LookedAnswers(nothing, wrong.problems, sheets, names, rows, labels)
    rows = _rows(to, found, _whose(connection, to, found.told, judged), reading, now)
    offers = tuple(columns_offer(connection, office, found.tables))
    done = replace(judged.result, offers=offers)
    return LookedAnswers(done, (), sheets, names, rows, labels)


def _rows(
    to: AskedWave, found: ReadTable, whose: Mapping[int, str], reading: Reading, now: datetime
) -> tuple[ReadRow, ...]:
    return rows_told(found.told, to.wanted.questionnaire, whose, reading.cells, now)


def _whose(
    connection: Connection, to: AskedWave, told: Collection[Told], judged: JudgedAnswers
) -> dict[int, str]:
    """Return whose each row is, in words by its number; "" for one that waits for an answer."""
    asked = {one.key for one in judged.result.questions}
    stored = {one.row for one in judged.responses}
    names = _names(connection, to)
    found: dict[int, str] = {}
    for one in told:
        owner = judged.owners.get(one.number)
        unsure = UNKNOWN in asked and owner is None and bool(one.who)
        if one.number not in judged.owners:
            found[one.number] = LEFT_OUT
        elif unsure or f"{one.place} is" in asked:
            found[one.number] = ""
        elif owner is None:
            found[one.number] = NOBODY
        else:
            already = "" if one.number in stored else f", {ALREADY}"
            found[one.number] = f"{names[owner]}{already}"
    return found


def _names(connection: Connection, to: AskedWave) -> dict[int, str]:
    """Return the names of the people of the workshop by the numbers of their enrolments."""
    code = to.wave.workshop.code
    people = people_in(connection, code)
    enrolled = enrolments_in(connection, code, to.wave.role)
    return {one.id: people[one.participant_id].name for one in enrolled}
