"""One-time codes for the people of a workshop who have not joined yet.

They are made first and stored later, so that a sheet of codes is written before earlier codes end.
A code follows from its stored seed and the key of the office, so that it can be shown again.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.access.codes import derived_code, derived_link, new_seed
from bot.access.links import LIFETIME, address_of, keep_link, link_secret
from bot.audit import record
from bot.settings.office import Office
from storage.database import Conflict, NotFound
from storage.fieldwork.workshops import get_workshop, lock_workshop
from storage.office.audit import Act
from storage.people.addresses import ASIDE
from storage.people.addresses_of_many import ways_in
from storage.people.administrations import all_administrations
from storage.people.codes import UnusedCode, add_code, unused_codes
from storage.people.enrolments import enrolments_in
from storage.people.links import Purpose, end_link, find_link
from storage.people.participants import people_in
from surveys.people import AddressState, Administration, Enrolment, Participant

GONE = frozenset({AddressState.DELETED, AddressState.UNREACHABLE, *ASIDE})
CHANGED = (
    "Somebody has joined or left {code} or got another code meanwhile. Nothing was changed. Try "
    "again."
)


@dataclass(frozen=True)
class GivenCode:
    """A one-time code for a person without a chat; `page` is their link to the web page.

    `blocked` says that the messenger is blocked where the person works.
    """

    participant: str
    name: str
    administration: str
    language: str
    code: str
    page: str = ""
    blocked: bool = False


@dataclass(frozen=True)
class MadeCode:
    """A code as it is given, before it is stored: its enrolment, and what is new of it.

    `seed` is '' for a code that was given before. `link` is the secret of a link to be stored, `ends`
    that of one that ends with its code; '' for none. `before` is the hash of the unused code that the
    person had when this one was made.
    """

    given: GivenCode
    enrolment: int
    seed: str = ""
    link: str = ""
    ends: str = ""
    before: str = ""


@dataclass(frozen=True)
class CodeSheet:
    """The codes of a workshop. `unseen` are people whose unused codes cannot be shown again.

    `ending` is how many unused codes end when these are stored.
    """

    made: tuple[MadeCode, ...]
    unseen: tuple[str, ...] = ()
    ending: int = 0

    @property
    def given(self) -> list[GivenCode]:
        """The codes as they are given."""
        return [one.given for one in self.made]


@dataclass(frozen=True)
class Asked:
    """Whose codes are asked for: of all who wait, or of one person; new ones with `renew`."""

    workshop: str
    person: str = ""
    renew: bool = False


def make_codes(
    connection: Connection, office: Office, key: bytes, asked: Asked, now: datetime
) -> CodeSheet:
    """Return the codes of all enrolled people without a chat, or of one; nothing is stored.

    A code that was given before and is unused is the same again. A chat that is lost for good (account
    deleted or not found) counts as none; one that is blocked does not, because its owner can unblock
    it. With a web page everybody gets a personal link too. Raise NotFound for a person who is not
    enrolled, Conflict for one who has joined already.
    """
    get_workshop(connection, asked.workshop)
    people = people_in(connection, asked.workshop)
    waiting = _waiting(connection, asked.workshop)
    if asked.person:
        waiting = [_only(people, waiting, asked)]
    unused = unused_codes(connection, [one.id for one in waiting])
    maker = _Maker(connection, office, key, now, people, all_administrations(connection))
    made, unseen = [], []
    for one in waiting:
        before = None if asked.renew else unused.get(one.id)
        if before is None or now >= before.given_at + LIFETIME:
            made.append(maker.new(one, unused.get(one.id)))
        elif maker.shows(before):
            made.append(maker.again(one, before))
        else:
            unseen.append(people[one.participant_id].code)
    ending = sum(1 for one in made if one.seed and one.enrolment in unused)
    return CodeSheet(tuple(made), tuple(unseen), ending)


def store_codes(
    connection: Connection, office: Office, workshop_code: str, sheet: CodeSheet, now: datetime
) -> None:
    """Store the new codes of a sheet, which work from now on in place of those before.

    Raise Conflict if one of the people has joined since, or has got another code.
    """
    lock_workshop(connection, workshop_code)
    waiting = {one.id for one in _waiting(connection, workshop_code)}
    unused = unused_codes(connection, waiting)
    for one in sheet.made:
        present = unused.get(one.enrolment)
        if one.enrolment not in waiting or one.before != (present.hash if present else ""):
            raise Conflict(CHANGED.format(code=workshop_code))
        if one.seed:
            add_code(connection, one.given.code, one.enrolment, now, one.seed)
        if one.ends:
            end_link(connection, one.ends, now)
        if one.link:
            keep_link(connection, one.link, one.enrolment, Purpose.INTERVIEW, now)
    new = sum(1 for one in sheet.made if one.seed)
    record(
        connection, office, Act.CODES_GIVEN, workshop_code, now, people=len(sheet.made), new=new
    )


def give_codes(
    connection: Connection, office: Office, key: bytes, workshop_code: str, now: datetime
) -> list[GivenCode]:
    """Make codes for all enrolled people without a chat and store them, in one transaction."""
    sheet = make_codes(connection, office, key, Asked(workshop_code), now)
    store_codes(connection, office, workshop_code, sheet, now)
    return sheet.given


@dataclass(frozen=True)
class _Maker:
    """Makes codes for some people with the key of the office."""

    connection: Connection
    office: Office
    key: bytes
    now: datetime
    people: Mapping[int, Participant]
    places: Mapping[str, Administration]

    def new(self, enrolment: Enrolment, before: UnusedCode | None) -> MadeCode:
        """Return a new code with its link; the link of the code before ends with it."""
        seed = new_seed()
        link = derived_link(self.key, seed) if self.office.public_url else ""
        ends = derived_link(self.key, before.seed) if before and self.shows(before) else ""
        given = self._given(enrolment, derived_code(self.key, seed), link)
        return MadeCode(given, enrolment.id, seed, link, ends, before.hash if before else "")

    def again(self, enrolment: Enrolment, before: UnusedCode) -> MadeCode:
        """Return a code that was given before, with its link, or a new link where that has ended."""
        code = derived_code(self.key, before.seed)
        if not self.office.public_url:
            return MadeCode(self._given(enrolment, code, ""), enrolment.id, before=before.hash)
        secret = derived_link(self.key, before.seed)
        known = find_link(self.connection, secret)
        if known is not None and not known.usable(self.now):
            secret, known = link_secret(), None
        given = self._given(enrolment, code, secret)
        made_link = "" if known else secret
        return MadeCode(given, enrolment.id, link=made_link, before=before.hash)

    def shows(self, code: UnusedCode) -> bool:
        """Return whether the key of the office gives a code again."""
        return bool(code.seed) and code.is_of(derived_code(self.key, code.seed))

    def _given(self, enrolment: Enrolment, code: str, link: str) -> GivenCode:
        person = self.people[enrolment.participant_id]
        place = self.places[enrolment.works_at]
        url = self.office.public_url
        return GivenCode(
            person.code,
            person.name,
            enrolment.administration_code,
            person.language,
            code,
            address_of(url, Purpose.INTERVIEW, link) if url and link else "",
            blocked=place.telegram == "blocked",
        )


def _waiting(connection: Connection, workshop_code: str) -> list[Enrolment]:
    """Return the enrolments whose people have no chat."""
    ways = ways_in(connection, workshop_code)
    enrolled = [one for one in enrolments_in(connection, workshop_code) if one.active]
    return [one for one in enrolled if not _has_chat(ways.get(one.participant_id, ()))]


def _has_chat(ways: Iterable[tuple[str, AddressState]]) -> bool:
    return any(channel != "email" and state not in GONE for channel, state in ways)


def _only(
    people: Mapping[int, Participant], waiting: Sequence[Enrolment], asked: Asked
) -> Enrolment:
    """Return the one person asked for among those who wait. Raise NotFound for who is not enrolled."""
    code = asked.person.upper()
    for one in waiting:
        if people[one.participant_id].code == code:
            return one
    if code not in {one.code for one in people.values()}:
        where = f"`followup participants list {asked.workshop}` shows all."
        raise NotFound(f"{code} is not enrolled in {asked.workshop}. {where}")
    raise Conflict(f"{asked.person} has joined already and needs no code.")
