"""What a programme was before each change and after it, and the way back.

A change keeps codes of workshops as they were then; they are read as those of today.
"""

from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from pydantic import TypeAdapter
from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.programmes import (
    delete_programme,
    find_programme,
    lock_programme,
    put_programme,
    put_results,
    results_of,
)
from storage.fieldwork.workshop_names import code_of
from storage.fieldwork.workshops import get_workshop
from storage.instruments.text_changes import (
    NewChange,
    TextChange,
    changes_of_programme,
    keep_change,
    named_change,
)
from storage.office.audit import Act
from surveys.programme import Programme, Result, Step


@dataclass(frozen=True)
class ProgrammeState:
    """A programme with the results of its operation."""

    programme: Programme
    results: tuple[Result, ...] = ()


@dataclass(frozen=True)
class ProgrammePutBack:
    """What became of a programme, in words; the number of the change, 0 if nothing was changed."""

    code: str
    said: str
    number: int = 0


_STATE = TypeAdapter(ProgrammeState)


def locked_state(connection: Connection, code: str) -> ProgrammeState | None:
    """Return a programme before a change of it, which others wait for; None if there is none."""
    lock_programme(connection, code)
    return state_of(connection, code)


def state_of(connection: Connection, code: str) -> ProgrammeState | None:
    """Return a programme as it is now, None if there is none with this code."""
    found = find_programme(connection, code)
    return ProgrammeState(found, tuple(results_of(connection, code))) if found else None


def keep_programme(
    connection: Connection,
    code: str,
    before: ProgrammeState | None,
    now: datetime,
    undoes: int | None = None,
) -> int:
    """Keep what a programme was before a change; return its number, 0 if nothing was changed."""
    after = state_of(connection, code)
    if after == before:
        return 0
    texts = _text_of(before), _text_of(after)
    return keep_change(connection, NewChange(*texts, now, programme=code, undoes=undoes))


def put_programme_back(
    connection: Connection, office: Office, code: str, number: int, now: datetime
) -> ProgrammePutBack:
    """Take back a change of a programme, unless it was changed since; 0 is the newest change.

    Its number takes back this act in the same way.
    """
    change = named_change(changes_of_programme(connection, code), number, f"the programme {code}")
    present = locked_state(connection, code)
    before = _state_in(connection, change.what.before)
    if present == before:
        said = f"The programme {code} is as before already. Nothing was changed."
        return ProgrammePutBack(code, said)
    if not may_put_programme_back(connection, change):
        raise Conflict(f"The programme {code} was changed since. Nothing was changed.")
    _put(connection, code, before)
    new = keep_programme(connection, code, present, now, change.number)
    record(connection, office, Act.PROGRAMME_CHANGED, f"{code} put back", now, change=new)
    said = f"The programme {code} is {'as before' if before else 'removed'}."
    return ProgrammePutBack(code, said, new)


def may_put_programme_back(connection: Connection, change: TextChange) -> bool:
    """Return whether nobody has changed a programme after a change of it."""
    present = state_of(connection, change.what.programme or "")
    return present == _state_in(connection, change.what.after)


def _put(connection: Connection, code: str, state: ProgrammeState | None) -> None:
    """Store a programme, or delete it. Raise NotFound if a workshop of it was deleted."""
    if state is None:
        delete_programme(connection, code)
        return
    for step in (state.programme.trainers, state.programme.follow_up):
        if step.workshop:
            get_workshop(connection, step.workshop)
    put_programme(connection, state.programme)
    put_results(connection, code, state.results)


def _text_of(state: ProgrammeState | None) -> str:
    return _STATE.dump_json(state).decode() if state else ""


def _state_in(connection: Connection, text: str) -> ProgrammeState | None:
    """Return the state that a change keeps, with the codes that workshops have by now."""
    if not text:
        return None
    state = _STATE.validate_json(text)
    one = state.programme
    steps = (_named_now(connection, step) for step in (one.trainers, one.follow_up))
    return replace(state, programme=replace(one, trainers=next(steps), follow_up=next(steps)))


def _named_now(connection: Connection, step: Step) -> Step:
    """Return a step with the code that its workshop has by now; that of a deleted one stays."""
    if step.workshop:
        with suppress(NotFound):
            return replace(step, workshop=code_of(connection, step.workshop))
    return step
