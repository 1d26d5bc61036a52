"""Import of a table of earlier answers into a wave: judged as a whole, stored in slices.

Nothing is stored while a question is open, and nothing is ever sent: the cases are closed from the
beginning. An import that ended half-way goes on when the table is imported again.
"""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.answers.waves import AskedWave, asked_wave, opened_wave
from bot.desk.list_columns import columns_offer, forget_for, keep_columns, recall_of
from bot.fieldwork.planned_waves import WaveNow
from bot.importing.answers.layout import KIND
from bot.importing.answers.people import known_here, match
from bot.importing.answers.places import places_of
from bot.importing.answers.reading import ReadTable, read_answers
from bot.importing.answers.responses import responses_of
from bot.importing.rows.columns import Table
from bot.importing.rows.open_questions import Choice, Question
from bot.importing.rows.rows import List, Reading, book_of
from bot.runtime.transactions import PAUSE, Door
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.due_workshops import mark_due
from storage.fieldwork.due_contacts import cases_held_back_by
from storage.fieldwork.next_contact import refresh
from storage.office.audit import Act
from storage.people.administrations import all_administrations
from storage.people.imports import ListFile
from storage.responses import answer_imports, earlier_answers
from storage.responses.answer_imports import AnswerImport
from storage.responses.earlier_answers import NewResponse
from surveys.people import Role
from surveys.planning.contacts import Hold
from surveys.problems import Problem

ANOTHER, MORE = "another table", "other people"
SLICE = 100
"""Responses in a transaction: others wait for a fraction of a second only."""


@dataclass(frozen=True)
class ImportedAnswers:
    """What an import of answers did, or would do.

    `linked` responses have a person, `unlinked` none; `answered` people have answers in the wave
    already, which stay. With open `questions` nothing was stored; `offers` are questions that have an
    answer. `before` says that the same table was imported already, `first` and `last` are when the
    answers were given.
    """

    workshop: str
    wave: str
    linked: int = 0
    unlinked: int = 0
    answered: int = 0
    items: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Problem, ...] = ()
    offers: tuple[Question, ...] = ()
    notes: tuple[str, ...] = field(default=(), compare=False)
    first: datetime | None = None
    last: datetime | None = None
    number: int = field(default=0, compare=False)
    before: AnswerImport | None = None


@dataclass(frozen=True)
class JudgedAnswers:
    """A table after reading: what its import would do, the responses to store, and its columns.

    `owners` are the enrolments of its rows by their numbers, None for nobody known; rows that are left
    out are not among them.
    """

    result: ImportedAnswers
    responses: tuple[NewResponse, ...]
    owners: Mapping[int, int | None] = field(default_factory=dict)
    tables: tuple[Table, ...] = ()


def import_answers(
    door: Door, office: Office, place: tuple[str, str], given: List, now: datetime
) -> ImportedAnswers:
    """Import the answers of a table into a wave (workshop and key). Raise BadInput or Conflict."""
    judged = door.read(judge_answers, office, place, given, now)
    result = judged.result
    if given.dry_run or result.questions or result.before or not judged.responses:
        return result
    one = door.run(_begin, office, place, given, judged, now)
    for start in range(0, len(judged.responses), SLICE):
        door.run(_store, office, one, judged.responses[start : start + SLICE], now)
        time.sleep(PAUSE)
    door.run(answer_imports.finish_import, one.id, now)
    return replace(result, number=one.id)


def judge_answers(
    connection: Connection, office: Office, place: tuple[str, str], given: List, now: datetime
) -> JudgedAnswers:
    """Return what an import of answers would do. Writes nothing. Raise BadInput with all problems."""
    to, reading = asked_wave(connection, office, place, given.digest, now), Reading(given.source)
    if to.there:
        return JudgedAnswers(ImportedAnswers(*place_of(to.wave), before=to.there), ())
    recall = recall_of(connection, given.answers)
    found = read_answers(book_of(given, reading), to.wanted, given.answers, reading, recall)
    judged = judge_read(connection, to, given, found, reading)
    offers = tuple(columns_offer(connection, office, found.tables))
    return replace(judged, result=replace(judged.result, offers=offers))


def judge_read(
    connection: Connection, to: AskedWave, given: List, found: ReadTable, reading: Reading
) -> JudgedAnswers:
    """Return what an import of answers that were read would do. Raise BadInput with all problems."""
    reading.refuse_if_failed()
    wave, known_file = to.wave, to.before
    stored = wave.stored.id if wave.stored else 0
    known = known_here(connection, wave.workshop.code, wave.role, found.told)
    matched = match(found.told, known, given.answers, reading)
    places = places_of(found.told, matched.owners, all_administrations(connection), given.answers)
    asked = (*found.questions, *matched.questions, *places.questions)
    if wave.role is Role.CONTACT_POINT and not asked:
        _refuse_placeless(places.codes, reading)
    responses = responses_of(found, matched.owners, places.codes, to.wanted.questionnaire)
    mine = earlier_answers.enrolments_of_import(connection, known_file.id) if known_file else set()
    busy = earlier_answers.answered_in(connection, stored) - mine
    kept = tuple(one for one in responses if one.enrolment_id not in busy)
    linked = sum(one.enrolment_id is not None for one in kept)
    if len(kept) > linked and given.answers.get(ANOTHER) != MORE:
        asked += _another_table(connection, wave, known_file)
    result = ImportedAnswers(
        *place_of(wave),
        linked,
        len(kept) - linked,
        len(responses) - len(kept),
        tuple(sorted(found.items)),
        asked,
        reading.warnings,
        notes=(*found.notes, *matched.notes),
        first=min((one.started_at for one in kept), default=None),
        last=max((answer.at for one in kept for answer in one.answers), default=None),
    )
    return JudgedAnswers(result, kept, matched.owners, found.tables)


def _another_table(
    connection: Connection, wave: WaveNow, mine: AnswerImport | None
) -> tuple[Question, ...]:
    """Ask whether answers of nobody known are others than those of a table that is there already.

    A table that was mended and is imported a second time would count everybody in it twice.
    """
    for one in answer_imports.answer_imports_of(connection, wave.workshop.code):
        there = one.wave_key == wave.key and one.undone_at is None
        _, unlinked = answer_imports.count_stored(connection, one.id)
        if there and unlinked and (mine is None or mine.id != one.id):
            text = (
                f"Import {one.id} has {counted(unlinked, 'response')} of nobody known in {wave.name} "
                "already. Are these other people? If not, take it back first: "
                f"`followup answers undo {one.workshop_code} {one.id}`."
            )
            return (Question(ANOTHER, text, (Choice("Yes, other people", MORE),)),)
    return ()


def _refuse_placeless(codes: Mapping[int, str | None], reading: Reading) -> None:
    """Raise BadInput if an answer of an administration does not say of which."""
    for row in (number for number, code in codes.items() if code is None):
        message = "is of nobody known, and tells no administration, for which it would answer."
        fix = "Name its column with --column administration=…, or leave out people not found."
        reading.error(f"row {row}", message, fix=fix)
    reading.refuse_if_failed()


def place_of(wave: WaveNow) -> tuple[str, str]:
    """Return the code of the workshop and the key of a wave."""
    return wave.workshop.code, wave.key


def _begin(
    connection: Connection,
    office: Office,
    place: tuple[str, str],
    given: List,
    judged: JudgedAnswers,
    now: datetime,
) -> AnswerImport:
    """Store that the import begins, its columns and its line of the audit log; return it."""
    wave, before = opened_wave(connection, office, place, now)
    file = ListFile(PurePath(given.source).suffix.lower()[:8], given.digest)
    by = (office.acting, now)
    begun = answer_imports.find_in_force(connection, wave.id, file.hash)
    if begun is not None:
        return begun
    one = answer_imports.begin_import(connection, wave.id, file, by, before)
    about = f"{one.workshop_code} {one.wave_key} import {one.id}"
    counts = {"linked": judged.result.linked, "unlinked": judged.result.unlinked}
    record(connection, office, Act.ANSWERS_IMPORTED, about, now, **counts)
    forget_for(connection, office, judged.tables, given.answers, now)
    keep_columns(connection, office, KIND, judged.tables, now)
    return one


def _store(
    connection: Connection,
    office: Office,
    one: AnswerImport,
    responses: Sequence[NewResponse],
    now: datetime,
) -> None:
    linked = [response for response in responses if response.enrolment_id is not None]
    unlinked = [response for response in responses if response.enrolment_id is None]
    earlier_answers.add_unlinked(connection, one, unlinked, now)
    filled = earlier_answers.add_linked(connection, one, linked, now)
    if filled:
        freed = cases_held_back_by(connection, filled, Hold.TOO_MANY_OPEN)
        refresh(connection, freed, office.rules, now)
        mark_due(connection, [one.workshop_code])
