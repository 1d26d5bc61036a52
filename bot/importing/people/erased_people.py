"""People who were erased and stand on a list again: known by keyed hashes, and asked about."""

import hmac
import secrets
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection

from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import name_key
from bot.importing.people.others import CHANNEL
from bot.importing.people.planning import Outcome, Plan
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.wording.days import day_at
from storage.people.erased import known_by, marks_among, marks_key, put_marks, put_marks_key

ENROL = "enrol"
CHOICES = (Choice("Leave out", LEAVE_OUT), Choice("Enrol as a new person", ENROL))


def mark_erased(connection: Connection, participant_id: int, now: datetime) -> None:
    """Store marks of a person who is going to be erased, for lists that name the person again."""
    key = put_marks_key(connection, secrets.token_hex(32))
    known = known_by(connection, participant_id, CHANNEL)
    marks = [_mark(key, CHANNEL, address) for address in known.addresses]
    marks += [_mark(key, administration, name_key(name)) for administration, name in known.names]
    put_marks(connection, marks, now)


def erased_addresses(connection: Connection, addresses: Collection[str]) -> set[str]:
    """Return which of some e-mail addresses belonged to people who were erased."""
    key = marks_key(connection)
    marks = {_mark(key, CHANNEL, one): one for one in addresses} if key else {}
    return {marks[mark] for mark in marks_among(connection, marks)}


def erased_questions(
    connection: Connection, plan: Plan, answers: Answers, zone: str
) -> tuple[list[Question], set[str]]:
    """Return questions about new people who were erased before, and the places to leave out."""
    key = marks_key(connection)
    if not key:
        return [], set()
    new = [row.listed for row in plan.rows if row.outcome is Outcome.NEW and row.person < 0]
    marks = {one.row.place: _marks_of(key, one) for one in new}
    known = marks_among(connection, {mark for each in marks.values() for mark in each})
    questions, out = [], set()
    for one in new:
        since = [known[mark] for mark in marks[one.row.place] if mark in known]
        answer = answers.get(f"{one.row.place} was erased", "")
        if since and answer == LEAVE_OUT:
            out.add(one.row.place)
        elif since and answer != ENROL:
            questions.append(_question(one, day_at(min(since), zone)))
    return questions, out


def _question(one: ListedPerson, since: str) -> Question:
    text = (
        f"{one.row.place}: a person with the address, or the name and administration, of {one.name} "
        f"({one.administration}) was erased on {since}."
    )
    return Question(f"{one.row.place} was erased", text, CHOICES)


def _marks_of(key: str, one: ListedPerson) -> list[str]:
    marks = [_mark(key, one.administration, name_key(one.name))]
    return [*marks, _mark(key, CHANNEL, one.email)] if one.email else marks


def _mark(key: str, kind: str, value: str) -> str:
    return hmac.digest(key.encode(), f"{kind}:{value}".encode(), "sha256").hex()
