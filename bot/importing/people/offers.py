"""What a list that is sent again changes, and what is asked about it. Pure.

Who is not on the list any more is kept unless the office removes them; what was changed by hand is
kept unless the value of the list is chosen.
"""

from collections.abc import Sequence

from bot.importing.people.listed import ListedPerson
from bot.importing.rows.open_questions import Answers, Choice, Question
from bot.wording.counts import counted
from surveys.people import Participant

GONE, KEEP, REMOVE = "not on the list", "keep", "remove"
WHOLE, ALL, ADDITIONS = "the list is", "whole", "additions"
COME_BACK, AGAIN, STAY_OUT = "removed people", "enrol again", "leave them out"
FOR_WORKSHOP = "the list is for"
OURS, THEIRS = "keep", "take"
MOST_NAMES = 10


def names_of(people: Sequence[Participant | ListedPerson]) -> str:
    """Return the names of some people; many are cut with their number."""
    names = [one.name for one in people[:MOST_NAMES]]
    more = len(people) - len(names)
    return ", ".join([*names, f"and {more} more"] if more else names)


def by_hand(row: ListedPerson, field: str, ours: str, theirs: str) -> tuple[str, Question]:
    """Return the field, and the question which of two values holds; ours is chosen."""
    text = (
        f"{row.row.place}: the {field} of {row.name} was changed after the last list. "
        f"It is {ours}, and the list says {theirs}."
    )
    choices = (Choice(f"Keep {ours}", OURS), Choice(f"Take {theirs}", THEIRS))
    return field, Question(f"{row.row.place} {field}", text, choices, chosen=OURS)


def gone_question(gone: Sequence[Participant], enrolled: int, answers: Answers) -> Question | None:
    """Return what to ask about people who are not on the list; None without any."""
    if not gone or answers.get(WHOLE) == ADDITIONS:
        return None
    people = counted(len(gone), "person", "people")
    if 3 * len(gone) > enrolled and answers.get(WHOLE) != ALL:
        text = (
            f"{people} of {enrolled} in this workshop are not on the list: {names_of(gone)}. "
            "Is this the whole list, or only additions?"
        )
        choices = (Choice("The whole list", ALL), Choice("Only additions", ADDITIONS))
        return Question(WHOLE, text, choices, chosen=ADDITIONS)
    then = "are removed from" if answers.get(GONE) == REMOVE else "stay in"
    text = f"No longer on the list: {names_of(gone)}. They {then} the workshop."
    choices = (Choice("Keep them", KEEP), Choice(f"Remove {people}", REMOVE))
    return Question(GONE, text, choices, chosen=KEEP)


def removes_gone(gone: Sequence[object], enrolled: int, answers: Answers) -> bool:
    """Return whether the people who are not on the list are to be removed."""
    whole = 3 * len(gone) <= enrolled or answers.get(WHOLE) == ALL
    return whole and answers.get(GONE) == REMOVE


def enrols_again(answers: Answers) -> bool:
    """Return whether removed people who are on the list come back."""
    return answers.get(COME_BACK) == AGAIN


def removed_question(removed: Sequence[ListedPerson], answers: Answers) -> Question | None:
    """Return what to ask about people of the list who were removed; None if it is answered."""
    if not removed or answers.get(COME_BACK) in (AGAIN, STAY_OUT):
        return None
    people = counted(len(removed), "person of the list was", "people of the list were")
    text = f"{people} removed from this workshop: {names_of(removed)}."
    return Question(COME_BACK, text, (Choice("Enrol again", AGAIN), Choice("Leave out", STAY_OUT)))


def workshop_question(code: str, other: str, people: int) -> Question:
    """Return the question whether a list whose people are those of another workshop is for this one."""
    who = counted(people, "person of the list is", "people of the list are")
    text = f"{who} in {other}, and few are in {code}. Is this list for {code}?"
    choices = (Choice(f"Yes, for {code}", code), Choice(f"No, for {other}", other))
    return Question(FOR_WORKSHOP, text, choices)
