"""Duplicates in a list of people. No rows are merged silently: it is reported or asked.

Pure. People who are stored already are recognised in `planning`.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Protocol

from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import folded, name_key
from bot.importing.rows.open_questions import SAME, TWO, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from surveys.people import Role

CHOICES = (Choice("Same person", SAME), Choice("Two people", TWO))
NAME = "same name, and not two addresses"
SHORTEST_PHONE = 6
Name = tuple[Role, str, str]
"""The role, the administration, and the name as a key."""


class Stored(Protocol):
    """What is stored about people who look alike."""

    def count(self, name: Name) -> int:
        """Return how many people of a name the workshop has."""

    def told_apart(self, one: ListedPerson, two: ListedPerson) -> bool:
        """Return whether the office has said that two people of a list are two."""


@dataclass
class SeenPeople:
    """Positions of people in a list by e-mail, name and telephone number.

    `by_name` has the first of a name, `bare` all without an address, `spelt` the first that is
    written alike. Each look takes one step, however many people share a name.
    """

    by_email: dict[tuple[Role, str], int] = field(default_factory=dict)
    by_name: dict[Name, int] = field(default_factory=dict)
    bare: dict[Name, dict[int, None]] = field(default_factory=dict)
    spelt: dict[tuple[Role, str, str, str], int] = field(default_factory=dict)
    by_phone: dict[tuple[Role, str, str], int] = field(default_factory=dict)
    people: Counter[Name] = field(default_factory=Counter)


def merge_duplicates(
    listed: list[ListedPerson],
    reading: Reading,
    answers: Answers,
    stored: Stored,
) -> tuple[list[ListedPerson], list[Question]]:
    """Return the people of a list, each once, and questions about possible duplicates.

    As many namesakes as the workshop has need no question, nor two whom the office has told apart.
    """
    kept: list[ListedPerson] = []
    questions: list[Question] = []
    seen = SeenPeople()
    for person in listed:
        at, why, certain = _possible_duplicate(person, kept, seen)
        answer = answers.get(person.row.place, SAME if certain else "")
        if at is not None and not answer and _are_two(person, kept[at], seen, stored):
            answer = TWO
        if at is None:
            _report_namesake(person, kept, seen, reading)
            _keep(person, kept, seen)
        elif answer == SAME:
            _report_merged(person, kept[at], reading)
            kept[at] = _merged(kept[at], person)
            _remember(kept[at], at, seen)
        elif answer == TWO:
            second = _second_person(person, kept[at], reading)
            _keep(replace(second, apart_from=kept[at].row.place), kept, seen)
        else:
            questions.append(_question(person, kept[at], why))
            _keep(_second_person(person, kept[at], None), kept, seen)
    return kept, questions


def _are_two(
    person: ListedPerson, earlier: ListedPerson, seen: SeenPeople, stored: Stored
) -> bool:
    name = _name(person)
    return seen.people[name] < stored.count(name) or stored.told_apart(person, earlier)


def _keep(person: ListedPerson, kept: list[ListedPerson], seen: SeenPeople) -> None:
    seen.people[_name(person)] += 1
    _remember(person, len(kept), seen)
    kept.append(person)


def _possible_duplicate(
    person: ListedPerson, kept: list[ListedPerson], seen: SeenPeople
) -> tuple[int | None, str, bool]:
    """Return the position of a person who may be the same, why, and whether that is certain."""
    at = seen.by_email.get((person.role, person.email)) if person.email else None
    if at is not None:
        return at, "same e-mail", folded(kept[at].name) == folded(person.name)
    bare = next(iter(seen.bare.get(_name(person), ())), None)
    at = bare if person.email else seen.by_name.get(_name(person))
    if at is not None:
        return at, NAME, False
    at = seen.by_phone.get((person.role, person.administration, person.phone))
    if at is not None and not (kept[at].email and person.email):
        return at, "same telephone number", False
    return None, "", False


def _report_namesake(
    person: ListedPerson, kept: list[ListedPerson], seen: SeenPeople, reading: Reading
) -> None:
    first = seen.spelt.get((*_name(person), folded(person.name)))
    if first is not None:
        message = f"is the name in {kept[first].row.place} too, with another e-mail address,"
        reading.doubtful(person.row, "name", f"{message} so this is a second person.")


def _name(person: ListedPerson) -> Name:
    return person.role, person.administration, name_key(person.name)


def _remember(person: ListedPerson, at: int, seen: SeenPeople) -> None:
    if person.email:
        seen.by_email.setdefault((person.role, person.email), at)
    name = _name(person)
    seen.by_name.setdefault(name, at)
    seen.spelt.setdefault((*name, folded(person.name)), at)
    bare = seen.bare.setdefault(name, {})
    if person.email:
        bare.pop(at, None)
    else:
        bare[at] = None
    if len(person.phone) >= SHORTEST_PHONE:
        seen.by_phone.setdefault((person.role, person.administration, person.phone), at)


def _merged(one: ListedPerson, two: ListedPerson) -> ListedPerson:
    """Return one person of two rows: the second fills gaps of the first, and a refusal counts."""
    # Without a cell for it a row has the usual language.
    named = one if one.row.get("language") else two
    cells = {**one.row.cells, "language": named.row.cell("language")}
    return replace(
        one,
        row=replace(one.row, cells=cells),
        language=named.language,
        email=one.email or two.email,
        phone=one.phone or two.phone,
        about=one.about or two.about,
        timezone=one.timezone or two.timezone,
        refused=one.refused or two.refused,
        elearning=one.elearning or two.elearning,
        title=one.title or two.title,
    )


def _report_merged(person: ListedPerson, earlier: ListedPerson, reading: Reading) -> None:
    message = f"is the person of {earlier.row.place}; one participant is kept."
    fix = ""
    if person.refused != earlier.refused:
        fix = "One row refuses and the other does not: the refusal counts."
    reading.doubtful(person.row, "name", message, fix)


def _second_person(
    person: ListedPerson, earlier: ListedPerson, reading: Reading | None
) -> ListedPerson:
    """Return the second of two people, without an e-mail address that is the first one's."""
    if not person.email or person.email != earlier.email:
        return person
    if reading is not None:
        message = f"belongs to the person of {earlier.row.place}; this one is listed without it."
        reading.doubtful(person.row, "email", message)
    return replace(person, email="")


def _question(person: ListedPerson, earlier: ListedPerson, why: str) -> Question:
    place = person.row.place
    text = f"{place}: {why} as {earlier.row.place} ({earlier.name} / {person.name})."
    return Question(place, text, CHOICES)
