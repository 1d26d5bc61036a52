"""The sections of the desk, for the navigation: only those that a role may open."""

from dataclasses import dataclass

from storage.office.staff import StaffRole

MANAGER, ORGANISER, ADMINISTRATOR = StaffRole


@dataclass(frozen=True)
class Section:
    """A part of the desk: its name, its address below /desk, and the role that it needs.

    `also` is another address of its pages.
    """

    name: str
    path: str
    role: StaffRole
    also: str = ""


SECTIONS = (
    Section("Today", "", MANAGER),
    Section("Workshops", "/workshops", ORGANISER, "/imports"),
    Section("People", "/people", ORGANISER),
    Section("Questionnaires", "/questionnaires", ORGANISER),
    Section("Reports", "/reports", MANAGER),
    Section("Office", "/office", ADMINISTRATOR),
)


@dataclass(frozen=True)
class Entry:
    """A section in the navigation; `current` is the one of the page."""

    name: str
    path: str
    current: bool


def sections_of(role: StaffRole, address: str) -> list[Entry]:
    """Return the sections for a role; `address` is that of the page below /desk."""
    return [
        Entry(one.name, one.path, any(_is_current(path, address) for path in _paths(one)))
        for one in SECTIONS
        if role.may(one.role)
    ]


def _paths(one: Section) -> tuple[str, ...]:
    return (one.path, one.also) if one.also else (one.path,)


def _is_current(path: str, address: str) -> bool:
    return address == path or (bool(path) and address.startswith(f"{path}/"))
