"""Workshops and participant lists from CSV files: read whole, checked whole, imported whole or not.

Every problem is listed at once with its row and column. Importing a file twice corrects what
changed and repeats nothing. Names stay in the database; they go into no log.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection, select

from bot.codes import participant_code
from bot.office import Office
from storage.administrations import all_administrations
from storage.enrolments import NewEnrolment, enrol, enrolments_in
from storage.participants import (
    NewParticipant,
    add_address,
    add_participant,
    find_address,
    get_participant,
    update_participant,
)
from storage.schema import enrolments, participants
from storage.workshops import get_workshop, put_workshop
from surveys.calendar import zone
from surveys.people import Enrolment, Participant, Role
from surveys.problems import BadInput, Problem
from surveys.workshop import KINDS, Workshop

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
WORKSHOP_COLUMNS = ("code", "title", "kind", "starts_on", "ends_on", "city", "country")
PARTICIPANT_COLUMNS = ("name", "administration")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,39}")


@dataclass(frozen=True)
class Row:
    """One row of a list: its number as a spreadsheet counts (heading is 1), and its cells."""

    number: int
    cells: Mapping[str, str]

    def get(self, column: str) -> str:
        return self.cells.get(column, "").strip()


@dataclass
class Reading:
    """A list being read, with all its problems so far."""

    source: str
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, row: Row, column: str, message: str, fix: str = "") -> None:
        place = f"row {row.number}, column {column}"
        self.problems.append(Problem(self.source, place, message, row.get(column), fix))

    def done(self) -> None:
        """Refuse the whole list if anything is wrong."""
        if self.problems:
            raise BadInput(tuple(self.problems))


@dataclass(frozen=True)
class Imported:
    """What an import did (or would do): how many rows were new, changed and unchanged."""

    new: int = 0
    changed: int = 0
    same: int = 0


def read_rows(content: bytes, reading: Reading, wanted: Iterable[str]) -> list[Row]:
    """The rows of a comma-separated UTF-8 file with a heading row; blank rows are passed over."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        problem = Problem(
            reading.source, f"row {line}", "is not UTF-8 text.", "", "Save the list as CSV UTF-8."
        )
        raise BadInput((problem,)) from None
    table = list(csv.reader(io.StringIO(text)))
    heading = [name.strip().lower() for name in table[0]] if table else []
    missing = [column for column in wanted if column not in heading]
    if missing:
        fix = f"Write the headings in the first row, with commas between: {', '.join(wanted)}."
        message = f"The list has no column {', '.join(missing)}."
        raise BadInput((Problem(reading.source, "row 1", message, "", fix),))
    rows = []
    for number, cells in enumerate(table[1:], 2):
        if not any(cell.strip() for cell in cells):
            continue
        row = Row(number, dict(zip(heading, cells, strict=False)))
        if len(cells) > len(heading):
            message = f"has {len(cells)} values for {len(heading)} columns."
            reading.problems.append(Problem(reading.source, f"row {number}", message))
        rows.append(row)
    return rows


def import_workshops(
    connection: Connection, office: Office, content: bytes, source: str
) -> Imported:
    """Add or correct workshops. Raises BadInput with every problem; then nothing was changed."""
    reading = Reading(source)
    known = set(all_administrations(connection))
    workshops = [
        workshop
        for row in read_rows(content, reading, WORKSHOP_COLUMNS)
        if (workshop := _workshop(row, reading, office, known)) is not None
    ]
    reading.done()
    new = sum(put_workshop(connection, workshop) for workshop in workshops)
    return Imported(new=new, changed=len(workshops) - new)


def _workshop(row: Row, reading: Reading, office: Office, known: set[str]) -> Workshop | None:
    before = len(reading.problems)
    starts_on, ends_on = _day(row, "starts_on", reading), _day(row, "ends_on", reading)
    if starts_on and ends_on and ends_on < starts_on:
        reading.wrong(row, "ends_on", "lies before the first day.")
    if not CODE.fullmatch(row.get("code")):
        reading.wrong(row, "code", "is not a code.", "Use letters, digits and hyphens.")
    if row.get("kind") not in KINDS:
        reading.wrong(row, "kind", "is not a kind.", f"Use one of: {', '.join(KINDS)}.")
    if row.get("country") not in known:
        reading.wrong(row, "country", "is not in the table of administrations.", UNKNOWN)
    plan = row.get("plan") or ("national" if row.get("kind") == "national" else "standard")
    if plan not in office.rules.plans:
        plans = ", ".join(sorted(office.rules.plans))
        reading.wrong(row, "plan", "is not a plan.", f"Use one of: {plans}.")
    if not row.get("title"):
        reading.wrong(row, "title", "The title is missing.")
    if len(reading.problems) > before or starts_on is None or ends_on is None:
        return None
    return Workshop(
        code=row.get("code"),
        title=row.get("title"),
        kind=row.get("kind"),
        starts_on=starts_on,
        ends_on=ends_on,
        city=row.get("city"),
        country=row.get("country"),
        donors=tuple(name.strip() for name in row.get("donors").split(";") if name.strip()),
        plan=plan,
        confirmed=row.get("confirmed").lower() not in ("no", "tbc", "false"),
        note=row.get("note"),
    )


UNKNOWN = "Use a code of the table such as FJ, or add the administration to the table."


def _day(row: Row, column: str, reading: Reading) -> date | None:
    try:
        return date.fromisoformat(row.get(column))
    except ValueError:
        reading.wrong(row, column, "is not a day.", "Write it like 2018-02-09.")
        return None


@dataclass(frozen=True)
class Listed:
    """One person of a list, checked."""

    row: Row
    name: str
    administration: str
    email: str
    language: str
    timezone: str | None
    role: Role
    about: str


def import_participants(
    connection: Connection,
    office: Office,
    code: str,
    content: bytes,
    source: str,
    now: datetime,
    new_code: Callable[[], str] = participant_code,
) -> Imported:
    """Enrol the people of a list in a workshop. Raises BadInput with every problem at once.

    A person is known again by e-mail, or within the workshop by name and administration. In the
    column `about` a supervisor's row gives the e-mail or the name of the participant.
    """
    get_workshop(connection, code)
    reading = Reading(source)
    known = set(all_administrations(connection))
    listed = [
        person
        for row in read_rows(content, reading, PARTICIPANT_COLUMNS)
        if (person := _listed(row, reading, known)) is not None
    ]
    _refuse_repeated(listed, reading)
    reading.done()
    entry = Entry(connection, code, now, new_code)
    result = Imported()
    for person in sorted(listed, key=lambda one: one.role is not Role.PARTICIPANT):
        result = entry.put(person, reading, result)
    reading.done()
    return result


def _listed(row: Row, reading: Reading, known: set[str]) -> Listed | None:
    before = len(reading.problems)
    if not row.get("name"):
        reading.wrong(row, "name", "The name is missing.")
    if row.get("administration") not in known:
        reading.wrong(row, "administration", "is not in the table of administrations.", UNKNOWN)
    email = row.get("email").lower()
    if email and not EMAIL.fullmatch(email):
        reading.wrong(row, "email", "is not an e-mail address.")
    role = row.get("role").lower().replace(" ", "_") or Role.PARTICIPANT
    if role not in set(Role):
        reading.wrong(row, "role", "is not a role.", f"Use one of: {', '.join(Role)}.")
    timezone = _timezone(row, reading)
    if len(reading.problems) > before:
        return None
    return Listed(
        row=row,
        name=row.get("name"),
        administration=row.get("administration"),
        email=email,
        language=row.get("language") or "en",
        timezone=timezone,
        role=Role(role),
        about=row.get("about"),
    )


def _timezone(row: Row, reading: Reading) -> str | None:
    name = row.get("timezone")
    if not name:
        return None
    try:
        return zone(name).key
    except BadInput:
        reading.wrong(row, "timezone", "is not a time zone.", "Write a name such as Pacific/Fiji.")
        return None


def _refuse_repeated(listed: list[Listed], reading: Reading) -> None:
    seen: dict[tuple[str, Role], int] = {}
    for person in listed:
        key = (person.email or f"{person.name}|{person.administration}", person.role)
        if key in seen:
            column = "email" if person.email else "name"
            reading.wrong(person.row, column, f"stands in row {seen[key]} too.")
        seen.setdefault(key, person.row.number)


@dataclass
class Entry:
    """Putting checked people into one workshop."""

    connection: Connection
    workshop_code: str
    now: datetime
    new_code: Callable[[], str]

    def put(self, person: Listed, reading: Reading, result: Imported) -> Imported:
        """Enrol one person; the result with this row counted."""
        about = self._about(person, reading)
        known = self._known(person)
        participant = known or self._added(person)
        enrol(
            self.connection,
            NewEnrolment(
                self.workshop_code, participant.id, person.administration, person.role, about
            ),
            self.now,
        )
        if known is None:
            return Imported(result.new + 1, result.changed, result.same)
        if self._corrected(known, person):
            return Imported(result.new, result.changed + 1, result.same)
        return Imported(result.new, result.changed, result.same + 1)

    def _known(self, person: Listed) -> Participant | None:
        if person.email:
            address = find_address(self.connection, "email", person.email)
            if address is not None:
                return get_participant(self.connection, address.participant_id)
        number = self.connection.scalar(
            select(participants.c.id)
            .join(enrolments, enrolments.c.participant_id == participants.c.id)
            .where(
                enrolments.c.workshop_code == self.workshop_code,
                enrolments.c.administration_code == person.administration,
                participants.c.name == person.name,
            )
        )
        return get_participant(self.connection, number) if number else None

    def _added(self, person: Listed) -> Participant:
        new = NewParticipant(self.new_code(), person.name, person.language, person.timezone)
        participant = add_participant(self.connection, new)
        if person.email:
            add_address(self.connection, participant.id, "email", person.email, self.now)
        return participant

    def _corrected(self, known: Participant, person: Listed) -> bool:
        wanted = (person.name, person.language, person.timezone)
        if (known.name, known.language, known.timezone) == wanted:
            return False
        update_participant(
            self.connection,
            known.id,
            name=person.name,
            language=person.language,
            timezone=person.timezone,
        )
        return True

    def _about(self, person: Listed, reading: Reading) -> int | None:
        """The enrolment a supervisor answers about."""
        if person.role is not Role.SUPERVISOR:
            return None
        found = [
            enrolment.id
            for enrolment in enrolments_in(self.connection, self.workshop_code, Role.PARTICIPANT)
            if self._is(enrolment, person.about)
        ]
        if len(found) != 1:
            message = "names no participant of this workshop."
            reading.wrong(person.row, "about", message, "Write the participant's e-mail or name.")
            return None
        return found[0]

    def _is(self, enrolment: Enrolment, about: str) -> bool:
        address = find_address(self.connection, "email", about.lower()) if about else None
        if address is not None:
            return address.participant_id == enrolment.participant_id
        return get_participant(self.connection, enrolment.participant_id).name == about
