"""Answers that staff type question by question: what is asked now, and what a typed line means."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.desk.people.cases import case_number
from storage.fieldwork.case_files import load_file
from storage.fieldwork.interviews import load_interview
from surveys.interview.interview import Back, Fill, Interview, Keep, Move, Skip, Write, current

Place = tuple[str, str, str]
"""Workshop, wave and person, by their codes."""
WAYS: Mapping[str, Callable[[str], Move]] = {"skip": Skip, "back": Back, "keep": Keep}
"""What can be done with a question except to answer it."""


@dataclass(frozen=True)
class TypedCase:
    """A case whose answers are typed: its number, the mode that was begun, and the interview."""

    number: int
    mode: str
    name: str
    title: str
    interview: Interview


def typed_case(connection: Connection, place: Place, now: datetime) -> TypedCase:
    """Return the case of a person in a wave. NotFound if there is none."""
    number = case_number(connection, *place)
    file = load_file(connection, number)
    interview = load_interview(connection, file, now)
    mode = file.case.entered_mode or ""
    return TypedCase(number, mode, file.participant.name, file.workshop.title, interview)


def move_typed(
    interview: Interview, item: str, way: str, typed: str, values: Sequence[str]
) -> Move:
    """Return the move that a form about a question means.

    `typed` are numbers or words for the question asked; without them `values` are the choices, or
    the text. A form about another question than the one asked answers nothing.
    """
    if way in WAYS:
        return WAYS[way](item)
    if typed and item == current(interview):
        return Write(typed)
    return Fill(item, tuple(values))
