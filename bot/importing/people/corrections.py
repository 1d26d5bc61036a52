"""What a list corrects of a person who is stored already. Pure."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.importing.people.listed import ListedPerson
from surveys.elearning import Elearning
from surveys.people import Enrolment, Participant

Emails = Mapping[str, bool]
"""The addresses of a person, and whether each is in use."""
Value = tuple[str, str | None, str | None]
"""A field, and its value before and after."""


class Details(NamedTuple):
    """What a list says of a person in any workshop."""

    name: str
    language: str
    timezone: str | None
    title: str


@dataclass(frozen=True)
class Corrections:
    """The corrections of a person and an enrolment; None, '' and False where nothing changes."""

    details: Details | None = None
    email: str = ""
    place: tuple[str, int | None] | None = None
    """The administration, and the enrolment that a supervisor answers about."""
    refused: bool = False
    elearning: Elearning | None = None
    back: bool = False
    """Whether a person who was removed from the workshop comes back."""

    def __bool__(self) -> bool:
        return self != Corrections()


def of_person(
    listed: ListedPerson, person: Participant, emails: Emails
) -> tuple[Details | None, str]:
    """Return the details of a person as the list has them and a new address; None and '' if none."""
    # A language chosen in the chat stays if the list names none.
    said = {"language": listed.row.get("language"), "timezone": listed.timezone}
    said |= {"name": listed.name, "title": listed.title} | dict.fromkeys(listed.kept)
    before = _details_of(person)
    right = Details(*(said[field] or value for field, value in before._asdict().items()))
    new_email = listed.email if listed.email not in emails else ""
    return None if before == right else right, new_email


def corrections(
    listed: ListedPerson,
    stored: tuple[Participant, Enrolment],
    emails: Emails,
    about: int | None,
) -> Corrections:
    """Return what a list corrects of an enrolled person."""
    person, enrolment = stored
    details, email = of_person(listed, person, emails)
    kept = "administration" in listed.kept
    place = (enrolment.administration_code if kept else listed.administration, about)
    is_placed = (enrolment.administration_code, enrolment.about_enrolment_id) == place
    refused = listed.refused and enrolment.active and enrolment.consented_at is None
    learning = listed.elearning if listed.elearning != enrolment.elearning else None
    back = enrolment.removed_at is not None
    return Corrections(details, email, None if is_placed else place, refused, learning, back)


def values_of(
    found: Corrections, person: Participant, enrolment: Enrolment | None, emails: Emails
) -> list[Value]:
    """Return the values that corrections change, from and to."""
    values: list[Value] = []
    if found.details:
        values += zip(Details._fields, _details_of(person), found.details, strict=True)
    if found.email:
        values.append(("email", address_in_use(emails) or None, found.email))
    if enrolment and found.place:
        administration, about = found.place
        values.append(("administration", enrolment.administration_code, administration))
        values.append(("about", _number(enrolment.about_enrolment_id), _number(about)))
    if enrolment and found.elearning:
        values.append(("elearning", enrolment.elearning, found.elearning))
    return [one for one in values if one[1] != one[2]]


def _details_of(person: Participant) -> Details:
    return Details(person.name, person.language, person.timezone, person.title)


def address_in_use(emails: Emails) -> str:
    """Return the newest address in use; '' if there is none."""
    return next((one for one, in_use in reversed(list(emails.items())) if in_use), "")


def said_of(listed: ListedPerson) -> dict[str, str]:
    """Return what a row says, as short hashes by field, to know later what was changed by hand."""
    said = {"name": listed.name, "administration": listed.administration}
    said |= {"language": listed.row.get("language"), "timezone": listed.timezone or ""}
    return {field: _short(value) for field, value in said.items() if value}


def changed_by_hand(
    listed: ListedPerson, person: Participant, administration: str, said: Mapping[str, str]
) -> list[tuple[str, str, str]]:
    """Return fields that are not what the last list said, nor what this one says: ours and theirs.

    `administration` is that of the enrolment, '' for a person who is new in the workshop.
    """
    both = (
        ("name", person.name, listed.name),
        ("language", person.language, listed.row.get("language")),
        ("timezone", person.timezone or "", listed.timezone or ""),
        ("administration", administration, listed.administration if administration else ""),
    )
    return [
        (field, ours, theirs)
        for field, ours, theirs in both
        if theirs and ours != theirs and said.get(field, _short(ours)) != _short(ours)
    ]


def _number(value: int | None) -> str | None:
    return None if value is None else str(value)


def _short(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:8]
