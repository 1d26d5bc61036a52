"""The order of lists of workshops: current, coming, past and cancelled apart; and a search in them."""

import unicodedata
from collections.abc import Collection, Sequence
from datetime import date
from enum import StrEnum

from surveys.workshop import Workshop


class Group(StrEnum):
    """The groups of a list of workshops, in their order."""

    CURRENT = "now"
    COMING = "coming"
    PAST = "past"
    CANCELLED = "cancelled"


def group_of(workshop: Workshop, asked: Collection[str], today: date) -> Group:
    """Return the group of a workshop; it is current while it goes on or a wave of it is open.

    `asked` are the codes of the workshops with an open wave.
    """
    if workshop.cancelled_at is not None:
        return Group.CANCELLED
    if workshop.code in asked or workshop.starts_on <= today <= workshop.ends_on:
        return Group.CURRENT
    return Group.COMING if workshop.starts_on > today else Group.PAST


def in_order(
    workshops: Sequence[Workshop], asked: Collection[str], today: date
) -> list[tuple[Group, Workshop]]:
    """Return workshops with their groups: in each the nearest to today first."""
    order = list(Group)
    grouped = [(group_of(one, asked, today), one) for one in workshops]
    return sorted(
        grouped,
        key=lambda pair: (order.index(pair[0]), abs(pair[1].ends_on - today), pair[1].code),
    )


def matching(workshops: Sequence[Workshop], words: str) -> list[Workshop]:
    """Return the workshops that have each of some words in code, title, place, donors or year."""
    wanted = _plain(words).split()
    return [one for one in workshops if all(word in _searched(one) for word in wanted)]


def _searched(workshop: Workshop) -> str:
    facts = (workshop.code, workshop.title, workshop.city, workshop.country, *workshop.donors)
    return _plain(f"{' '.join(facts)} {workshop.starts_on:%d %B %Y} {workshop.starts_on}")


def _plain(text: str) -> str:
    """Return a text without case and accents."""
    parted = unicodedata.normalize("NFKD", text)
    return "".join(one for one in parted if not unicodedata.combining(one)).casefold()
