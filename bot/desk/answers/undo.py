"""Taking back a table of answers as a whole, in slices.

What somebody has worked with since stays, and is named: a text that was released or withheld, a
verification, a case that was set aside or whose answers were moved.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.runtime.transactions import PAUSE, Door
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.due_workshops import mark_due
from storage.fieldwork.case_files import load_file
from storage.fieldwork.workshops import get_workshop
from storage.office.audit import Act
from storage.responses import answer_imports, answers_taken_back
from storage.responses.answer_imports import AnswerImport
from storage.responses.answers_taken_back import ImportedCase

SLICE = 200


@dataclass(frozen=True)
class TakenBack:
    """What was taken back: responses with and without a person, and the cases that stay, by code.

    `asked_again` counts people who were being asked before the import, and are again. `wave_back`
    says that the wave has opened for the import only, and is as it was.
    """

    workshop: str
    wave: str
    number: int
    linked: int
    unlinked: int
    left: tuple[str, ...]
    asked_again: int = 0
    wave_back: bool = False


def undo_answers(door: Door, office: Office, code: str, number: int, now: datetime) -> TakenBack:
    """Take back an import of answers, the newest of the workshop without a number."""
    one = door.read(_chosen, code, number)
    taken: list[ImportedCase] = []
    left: list[str] = []
    after, unlinked = 0, 0
    while found := door.run(_take_cases, one, after):
        after = max(case.id for case in found[0])
        taken += [case for case in found[0] if not case.touched]
        left += found[1]
        time.sleep(PAUSE)
    while gone := door.run(answers_taken_back.take_back_unlinked, one.id, SLICE):
        unlinked += gone
        time.sleep(PAUSE)
    again = sum(not case.made for case in taken)
    done = TakenBack(
        one.workshop_code, one.wave_key, one.id, len(taken), unlinked, tuple(left), again
    )
    return door.run(_finish, office, done, now)


def _chosen(connection: Connection, code: str, number: int) -> AnswerImport:
    """Return an import of a workshop that can be taken back."""
    get_workshop(connection, code)
    known = answer_imports.answer_imports_of(connection, code)
    in_force = [one for one in known if one.undone_at is None]
    if not number and in_force:
        return in_force[-1]
    found = next((one for one in known if one.id == number), None)
    if found is None:
        what = f"import {number} of answers" if number else "table of answers to take back"
        raise NotFound(f"{code} has no {what}. `followup answers imported {code}` shows all.")
    if found.undone_at is not None:
        raise Conflict(f"Import {number} is taken back already. Nothing was changed.")
    return found


def _take_cases(
    connection: Connection, one: AnswerImport, after: int
) -> tuple[Sequence[ImportedCase], list[str]] | None:
    """Take back the next cases of an import; return them and the codes of those that stay."""
    found = answers_taken_back.cases_of_import(connection, one.id, after, SLICE)
    answers_taken_back.take_back_cases(connection, [case for case in found if not case.touched])
    files = (load_file(connection, case.id) for case in found if case.touched)
    return (found, [file.participant.code for file in files]) if found else None


def _finish(connection: Connection, office: Office, done: TakenBack, now: datetime) -> TakenBack:
    one = answer_imports.get_answer_import(connection, done.number, locked=True)
    if one.undone_at is not None:
        return done
    answer_imports.set_taken_back(connection, one.id, now)
    back = answer_imports.put_wave_back(connection, one)
    mark_due(connection, [one.workshop_code])
    counts = {"linked": done.linked, "unlinked": done.unlinked, "left": len(done.left)}
    about = f"{done.workshop} {done.wave} import {done.number}"
    record(connection, office, Act.ANSWERS_TAKEN_BACK, about, now, **counts)
    return replace(done, wave_back=back)
