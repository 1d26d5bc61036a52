"""People who may be on a list though it does not name them as they are stored; read from one snapshot.

They are of the same administration: of other workshops with the same name, or of any with one that is
written otherwise. To decide is the task of `matching` and of the office.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection

from bot.importing.people.likeness import CERTAIN, Likely
from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import name_key
from storage.people.identifiers import mailboxes_of
from storage.people.participants import Elsewhere, people_elsewhere

CHANNEL = "email"
Name = tuple[str, str]
"""The administration, and the name as it is spelt or as a key."""
MAILBOX = "the same mailbox at another domain, and a name in common"
Alike = dict[Name, dict[int, str]]
"""The people whose names are like that of a row, by its key, and how."""


@dataclass
class Others:
    """People by the key of the row that they may be.

    `elsewhere` are those of other workshops, with their codes, and `here` those of the workshop whose
    names have the same letters; `alike` are others of both, with how the name is written, and `codes`
    the workshops of those who are not in this one.
    """

    elsewhere: dict[Name, dict[int, list[str]]] = field(default_factory=dict)
    here: dict[Name, set[int]] = field(default_factory=dict)
    alike: Alike = field(default_factory=dict)
    codes: dict[int, list[str]] = field(default_factory=dict)

    @property
    def people(self) -> set[int]:
        """The ids of all of them."""
        found = {number for people in self.elsewhere.values() for number in people}
        return found.union(*self.here.values(), *self.alike.values())


def find_others(
    connection: Connection,
    code: str,
    listed: Sequence[ListedPerson],
    here: Mapping[str, Sequence[tuple[int, str]]],
) -> Others:
    """Return who may be on a list; `here` are the people of its workshop, by administration."""
    wanted: dict[Name, ListedPerson] = {}
    for one in listed:
        wanted.setdefault((one.administration, name_key(one.name)), one)
    places = sorted({administration for administration, _ in wanted})
    elsewhere = people_elsewhere(connection, code, places)
    found = Others()
    for other in elsewhere:
        found.codes.setdefault(other.id, []).append(other.workshop)
        key = (other.administration, name_key(other.name))
        if key in wanted:
            found.elsewhere.setdefault(key, {})[other.id] = found.codes[other.id]
    known_here = {(place, name_key(name)) for place, people in here.items() for _, name in people}
    unknown = {key: one for key, one in wanted.items() if key not in known_here}
    _add_alike(found, unknown, {place: Likely.of(people) for place, people in here.items()})
    unknown = {key: one for key, one in unknown.items() if key not in found.elsewhere}
    indexes = _indexes(elsewhere, {administration for administration, _ in unknown})
    _add_alike(found, unknown, indexes)
    _add_mailboxes(connection, found, unknown, indexes)
    return found


def _indexes(elsewhere: Iterable[Elsewhere], places: set[str]) -> dict[str, Likely]:
    people: dict[str, list[tuple[int, str]]] = {}
    for one in elsewhere:
        if one.administration in places:
            people.setdefault(one.administration, []).append((one.id, one.name))
    return {place: Likely.of(some) for place, some in people.items()}


def _add_alike(
    found: Others, wanted: Mapping[Name, ListedPerson], indexes: Mapping[str, Likely]
) -> None:
    """Add the people of some indexes whose names are those of rows, written otherwise."""
    for key, row in wanted.items():
        likely = indexes.get(row.administration)
        for number, how in likely.find(row.name).items() if likely else ():
            if how not in CERTAIN:
                found.alike.setdefault(key, {})[number] = how
            elif number in found.codes:
                found.elsewhere.setdefault(key, {})[number] = found.codes[number]
            else:
                found.here.setdefault(key, set()).add(number)


def _add_mailboxes(
    connection: Connection,
    found: Others,
    wanted: Mapping[Name, ListedPerson],
    indexes: Mapping[str, Likely],
) -> None:
    """Add people whose address differs from that of a row in its domain only."""
    rows: dict[Name, list[Name]] = {}
    for key, row in wanted.items():
        if row.email:
            mailbox = row.email.partition("@")[0]
            rows.setdefault((row.administration, mailbox), []).append(key)
    places = sorted({place for place, _ in rows if place in indexes})
    for number, place, address in mailboxes_of(connection, places, CHANNEL) if places else ():
        for key in rows.get((place, address.partition("@")[0]), ()):
            if number in indexes[place].names and indexes[place].share(wanted[key].name, number):
                found.alike.setdefault(key, {}).setdefault(number, MAILBOX)
