"""Whether a list is more likely the list of another workshop. Reads only."""

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Connection

from bot.importing.people.known import KnownPeople
from bot.importing.people.listed import ListedPerson
from bot.importing.people.offers import FOR_WORKSHOP, workshop_question
from bot.importing.rows.open_questions import Answers, Question
from storage.people.imports import workshops_of
from surveys.problems import BadInput, Problem

FEWEST = 3
"""People of a list from which on it is compared with other workshops."""


def other_workshop(
    connection: Connection,
    code: str,
    known: KnownPeople,
    listed: Sequence[ListedPerson],
    answers: Answers,
) -> Question | None:
    """Return the question whether a list is for this workshop, if half of it is on another's.

    Raise BadInput if the answer names the other one.
    """
    answer = answers.get(FOR_WORKSHOP)
    if answer == code or len(listed) < FEWEST:
        return None
    if answer:
        fix = f"Import it for {answer}."
        raise BadInput((Problem("", "", f"This list is not for {code}.", fix=fix),))
    here = {number for number, _ in known.enrolled}
    people = [known.called(row) for row in listed]
    strangers = sorted({one for found in people for one in found} - here)
    elsewhere = workshops_of(connection, strangers)
    counts = Counter(
        workshop
        for found in people
        if not found & here
        for workshop in {one for number in found for one in elsewhere.get(number, ())}
    )
    met = sum(bool(found & here) for found in people)
    for other, count in counts.most_common(1):
        if 2 * count >= len(listed) > 2 * met:
            return workshop_question(code, other, count)
    return None
