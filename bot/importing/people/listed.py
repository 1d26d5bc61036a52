"""A person of a list after reading: one checked row."""

from dataclasses import dataclass

from bot.importing.rows.rows import Row
from surveys.elearning import Elearning
from surveys.people import Role


@dataclass(frozen=True, slots=True)
class ListedPerson:
    """One checked person of a list. `phone` serves to find duplicates in the list only.

    `refused` if the list says that the person does not want to be contacted. `elearning` is their
    status in the list, None without one. `kept` are fields whose stored values stay.
    `apart_from` is the place of a row that looks like the same person and is another.
    """

    row: Row
    name: str
    administration: str
    email: str
    language: str
    timezone: str | None
    role: Role
    about: str
    phone: str = ""
    refused: bool = False
    elearning: Elearning | None = None
    kept: frozenset[str] = frozenset()
    title: str = ""
    apart_from: str = ""
