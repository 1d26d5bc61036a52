"""Import of the people of a workshop from a list: judged as a whole, stored in slices.

Nothing is stored before all problems and questions are known. A look reads only. An import that
ended half-way goes on where it ended when the list is imported again.
"""

import time
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from bot.audit import record
from bot.desk.list_columns import columns_offer, forget_for, keep_columns, recall_of
from bot.desk.people.import_texts import difference_lines, list_file, same_file
from bot.importing.people.duplicates import merge_duplicates
from bot.importing.people.erased_people import erased_questions
from bot.importing.people.found import People
from bot.importing.people.known import KnownPeople, known_people
from bot.importing.people.listed import ListedPerson
from bot.importing.people.matching import Matcher
from bot.importing.people.offers import gone_question, removed_question, removes_gone
from bot.importing.people.other_workshop import other_workshop
from bot.importing.people.planning import Outcome, Plan, Planned, plan_people
from bot.importing.people.present import Outdated
from bot.importing.people.reading import read_people
from bot.importing.people.saving import Saver, Stored, slices
from bot.importing.people.sheets import FIELDS
from bot.importing.rows.columns import Table
from bot.importing.rows.imported import Imported
from bot.importing.rows.open_questions import Answers, Question
from bot.importing.rows.readings import sheets_of
from bot.importing.rows.rows import List, Reading, book_of
from bot.runtime.transactions import PAUSE, Door
from bot.settings.office import Office
from bot.wording.counts import counted
from storage.database import Conflict, trouble_of
from storage.fieldwork.workshop_names import workshops_called
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.people.administrations import all_administrations, put_administrations
from storage.people.imports import ListFile, add_import
from surveys.people import Administration, Enrolment

PLANS = 5
"""How often a plan is made anew because others change the same workshop."""


@dataclass(frozen=True)
class JudgedList:
    """A list after reading: what its import would do, and what it adds to the administrations."""

    imported: Imported
    plan: Plan
    added: tuple[Administration, ...]
    file: ListFile
    leaving: tuple[Enrolment, ...] = ()
    """People who are not on the list any more and are to be removed."""
    tables: tuple[Table, ...] = ()
    answers: Answers = field(default_factory=dict)
    listed: tuple[ListedPerson, ...] = ()
    """Each person once."""

    @property
    def does_nothing(self) -> bool:
        """Whether everything is stored as the list says."""
        done = self.imported
        return not (done.new or done.changed or done.removed or self.added)


@dataclass
class Progress:
    """What an import has stored so far: the rows by outcome, and the number of the import."""

    rows: Counter[Outcome] = field(default_factory=Counter)
    number: int = 0
    begun: bool = False


def import_participants(
    door: Door, office: Office, code: str, given: List, now: datetime
) -> Imported:
    """Enrol the people of a list in a workshop. Raise BadInput with all problems at once.

    Who may be a person whom the office knows is asked. The column `about` of a supervisor's row gives
    the e-mail or the name of the participant.
    """
    judged = door.read(judge_list, office, code, given, now)
    first = judged.imported
    if given.dry_run or first.questions or (first.nothing_to_do and not judged.added):
        return first
    saved = Progress()
    for _ in range(PLANS):
        try:
            _save(door, office, code, judged, saved, now)
        except Outdated:
            judged = door.read(judge_list, office, code, given, now)
            continue
        except DBAPIError as error:
            if not saved.rows:
                raise
            raise Conflict(f"{trouble_of(error)} {_saved_so_far(saved)}") from None
        new, changed = saved.rows[Outcome.NEW], saved.rows[Outcome.CHANGED]
        same = first.rows - new - changed
        return replace(first, new=new, changed=changed, same=same, number=saved.number)
    raise Conflict(f"Others change the people of {code} at this moment. {_saved_so_far(saved)}")


def _saved_so_far(saved: Progress) -> str:
    rows = counted(saved.rows.total(), "row of the list is", "rows of the list are")
    return f"{rows} saved. Import it again for the others."


def judge_list(
    connection: Connection, office: Office, code: str, given: List, now: datetime
) -> JudgedList:
    """Return what an import of a list would do. Writes nothing. Raise BadInput with all problems."""
    return judge_people(connection, office, given, people_of(connection, code, given), now)


def people_of(connection: Connection, code: str, given: List) -> People:
    """Return the people of a list as they are read, with problems, and questions about its cells."""
    workshop = get_workshop(connection, code)
    reading = Reading(given.source)
    known = all_administrations(connection)
    called = partial(workshops_called, connection)
    people = People(reading, known, given.answers, workshop.country, called, workshop.code)
    read_people(book_of(given, reading), people, recall_of(connection, given.answers))
    return people


def judge_people(
    connection: Connection, office: Office, given: List, people: People, now: datetime
) -> JudgedList:
    """Return what storing people who were read would do. Raise BadInput with all problems."""
    reading, code = people.reading, people.code
    known = known_people(connection, code, people.listed)
    wrong = other_workshop(connection, code, known, people.listed, given.answers)
    listed, asked = merge_duplicates(people.listed, reading, given.answers, known)
    reading.refuse_if_failed()
    matcher = Matcher(known, given.answers, reading)
    plan = plan_people(known, code, matcher, listed, now)
    reading.refuse_if_failed()
    erased, out = erased_questions(connection, plan, given.answers, office.zone)
    plan = plan.without(out)
    back = removed_question(plan.removed, given.answers)
    asked = [*people.questions.values(), *asked, *matcher.asked(), *erased]
    asked += [back] if back else []
    offers, leaving = _gone(plan, known, given.answers)
    imported = Imported(
        plan.count(Outcome.NEW),
        plan.count(Outcome.CHANGED),
        plan.count(Outcome.SAME),
        warnings=reading.warnings,
        questions=(wrong,) if wrong else tuple(asked),
        notes=tuple(people.notes),
        lines=tuple(f"{one.name} ({one.administration}), {one.role}" for one in listed),
        changes=difference_lines(plan),
        offers=(*columns_offer(connection, office, people.tables), *plan.offers, *offers),
        removed=len(leaving),
        before=same_file(connection, office, code, given.digest, now),
        sheets=sheets_of(people.tables, FIELDS),
    )
    added = tuple(people.added.values())
    tables = tuple(people.tables)
    file = list_file(given)
    return JudgedList(imported, plan, added, file, leaving, tables, given.answers, tuple(listed))


def _gone(
    plan: Plan, known: KnownPeople, answers: Answers
) -> tuple[list[Question], tuple[Enrolment, ...]]:
    """Return what is asked about people who are not on the list any more, and who leaves."""
    gone = [known.people[one.participant_id] for one in plan.gone]
    enrolled = sum(one.active for one in known.enrolled.values() if one.id > 0)
    offer = gone_question(gone, enrolled, answers)
    leaves = removes_gone(gone, enrolled, answers)
    return [offer] if offer else [], plan.gone if leaves else ()


def _save(
    door: Door,
    office: Office,
    code: str,
    judged: JudgedList,
    saved: Progress,
    now: datetime,
) -> None:
    """Store a plan slice by slice, and note in `saved` what is stored."""
    saver = Saver(office, code, judged.plan.newest, now)
    stored = Stored(saved.number)
    for rows in list(slices(judged.plan)) or [[]]:
        first = judged if not saved.begun else None
        stored = door.run(_save_slice, saver, rows, stored, first)
        saved.begun, saved.number = True, stored.imported
        saved.rows.update(row.outcome for row in rows)
        time.sleep(PAUSE)
    if judged.leaving:
        door.run(saver.remove, judged.leaving, stored)
    if judged.plan.apart:
        door.run(saver.tell_apart, judged.plan.apart, stored)


def _save_slice(
    connection: Connection,
    saver: Saver,
    rows: list[Planned],
    before: Stored,
    first: JudgedList | None,
) -> Stored:
    """Store a slice; with the first, the administrations it needs and the line of the audit log.

    The line has the counts of the whole list: it is there before the first person is.
    """
    if first is not None:
        put_administrations(connection, first.added)
        done = {"new": first.imported.new, "changed": first.imported.changed}
        done |= {"removed": len(first.leaving)} if first.leaving else {}
        record(connection, saver.office, Act.IMPORTED, f"{saver.code} people", saver.now, **done)
        forget_for(connection, saver.office, first.tables, first.answers, saver.now)
        keep_columns(connection, saver.office, FIELDS.kind, first.tables, saver.now)
        if first.does_nothing:
            return saver.save(connection, rows, before)
        by, at = saver.office.acting, saver.now
        before = replace(before, imported=add_import(connection, saver.code, first.file, by, at))
    return saver.save(connection, rows, before)
