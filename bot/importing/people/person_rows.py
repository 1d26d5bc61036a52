"""One row of a list as a checked person, with problems, and questions about unclear cells.

Stores nothing. People who are stored already are recognised in `planning`.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from bot.importing.people.found import OUT, People
from bot.importing.people.listed import ListedPerson
from bot.importing.people.names import ReadName, name_key, read_name, read_part
from bot.importing.people.roles import read_role
from bot.importing.people.row_cells import (
    read_language,
    read_status,
    read_timezone,
    was_refused,
)
from bot.importing.people.supervisor_columns import supervisor_row
from bot.importing.rows.countries import (
    added_administration,
    choices_for,
    country_code,
    country_in,
)
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question, also_in
from bot.importing.rows.rows import Row, check_broken
from bot.importing.tables.addresses import is_email, name_beside_email, read_email, read_phone
from bot.importing.tables.headings import plain
from bot.wording.counts import counted
from surveys.people import Administration

CJK = re.compile("[\u3400-\u9fff]+")
FAMILY_FIRST = frozenset(map(plain, ("họ", "នាមត្រកូល", "គោត្តនាម", "성")))
"""Headings of family names in languages that say them first."""
EVERYBODY = "administration"
"""The key of the answer with the administration for rows without one."""
ABOVE = "as above"
"""The answer that such rows have the administration of the row above, as lists write it once."""
EACH = "each"
"""The answer that these rows have different administrations."""
MOST_QUESTIONS = 200
"""Questions about administrations; nobody answers more of them, and each takes time to make."""
Known = Mapping[str, Administration]


def read_row(people: People, row: Row) -> None:
    """Add the person of a row to `people`, or problems and questions about it."""
    reading = people.reading
    check_broken(row, reading)
    called = _name(row)
    name = called.name
    if not name and row.cells:
        reading.wrong(row, "name" if "name" in row.labels else "given", "The name is missing.")
    elif name and not any(map(str.isalpha, name)):
        reading.wrong(row, "name", "is not a name.")
    email = _email(people, row)
    phone = _phone(people, row)
    language = read_language(row, reading)
    timezone = read_timezone(row, reading, people.known)
    role = read_role(people, row, name)
    if role is None:
        return
    administration = _administration(people, row)
    _check_extra(people, row)
    if administration is None or not name:
        return
    people.listed.append(
        ListedPerson(
            row=row,
            name=name,
            administration=administration,
            email=email,
            language=language,
            timezone=timezone,
            role=role,
            about=row.get("about"),
            phone=phone,
            refused=was_refused(row, reading),
            elearning=read_status(row, reading),
            title=called.title,
        )
    )
    _read_supervisor(people, row, people.listed[-1])


def _read_supervisor(people: People, row: Row, person: ListedPerson) -> None:
    """Add the supervisor whom the row of a participant names; of several rows the first counts."""
    found = supervisor_row(row, person)
    if found is None:
        return
    if person.email == found.get("email").lower() != "" or (
        not found.get("email") and name_key(found.get("name")) == name_key(person.name)
    ):
        people.reading.doubtful(found, "name", "is the participant too, and supervises nobody.")
        return
    called = f"{found.get('email') or found.get('name')} {person.administration}".casefold()
    first = people.supervisors.setdefault(called, row.place)
    if first == row.place:
        read_row(people, found)
    else:
        message = f"supervises the participant of {first} too."
        fix = "A supervisor is asked about one participant of a workshop: the first on the list."
        people.reading.doubtful(found, "name", message, fix)


def _name(row: Row) -> ReadName:
    """Return the full name; two columns are joined in the order of the language."""
    beside = name_beside_email(row.get("name")) or name_beside_email(row.get("email"))
    # A sign in front, as in "@Chi", makes no address.
    with_address = "@" in row.get("name").lstrip("@")
    whole = read_name(beside if with_address else row.get("name"))
    if whole.name:
        return whole
    given, family = read_part(row.get("given")), read_part(row.get("family"))
    title = " ".join(one for one in (whole.title, given.title, family.title) if one)
    if CJK.fullmatch(given.name) and CJK.fullmatch(family.name):
        return ReadName(family.name + given.name, title)
    parts = (given.name, family.name)
    if plain(row.labels.get("family", "").rpartition("(")[2]) in FAMILY_FIRST:
        parts = (family.name, given.name)
    joined = " ".join(parts).strip()
    return ReadName(joined, title) if joined else read_name(beside)


def _email(people: People, row: Row) -> str:
    cell = row.cell("email")
    read = read_email(cell.text or _address_beside_name(row))
    if not read.address and cell.link.lower().startswith("mailto:"):
        read = read_email(cell.link)
    if read.why:
        fix = "The person is listed without an address. Write one such as mele@example.org."
        message = f"is not an e-mail address. {read.why}"
        people.reading.doubtful(row, "email", message, fix)
    elif read.others:
        people.reading.doubtful(row, "email", f"has several addresses; {read.address} is used.")
    elif cell.text and read.address not in cell.text.lower():
        people.reading.doubtful(row, "email", f"is read as {read.address}.")
    return read.address


def _address_beside_name(row: Row) -> str:
    return row.get("name") if name_beside_email(row.get("name")) else ""


def _phone(people: People, row: Row) -> str:
    """Return the digits of the telephone number, for finding duplicates; they are not stored."""
    digits, doubt = read_phone(row.get("phone"))
    if doubt:
        people.reading.doubtful(row, "phone", doubt)
    return digits


def _administration(people: People, row: Row) -> str | None:
    """Return the administration of a row; None if it must be asked for or the row is left out."""
    text = row.get("administration")
    if not text:
        who = f" ({row.called})" if row.called else ""
        each = people.answers.get(EVERYBODY) == EACH
        key = f"{row.place} {EVERYBODY}" if each else EVERYBODY
        return _answered(people, row, key, f"{row.place}{who} names no administration.")
    code = country_code(text, people.known) or country_in(text, people.known)
    if code in people.known:
        note = f"'{text}' is read as {people.known[code].name}."
        if country_code(text, people.known) is None and note not in people.notes:
            people.notes.append(note)
        return code
    # A cell may hold the key of the rows without an administration, or nothing but signs.
    key = plain(text) if plain(text) not in ("", EVERYBODY) else f"'{text}'"
    who = ", ".join(filter(None, (row.place, row.called)))
    return _answered(people, row, key, f"'{text}' ({who}): which administration?")


def _answered(people: People, row: Row, key: str, question: str) -> str | None:
    answer = people.answers.get(key, "")
    if answer == LEAVE_OUT:
        people.notes.append(f"Left out: {question.partition(':')[0].rstrip('.')}.")
        return None
    new = added_administration(answer)
    code = new.code if new else country_code(answer, people.known) if answer else None
    if code in people.known:
        return code
    if key not in people.questions:
        if len(people.questions) == MOST_QUESTIONS:
            message = f"More than {MOST_QUESTIONS} administrations of the list are not known."
            people.reading.error("", message, fix="Is the column administration the right one?")
            raise people.reading.refuse()
        choices = _choices(people, row.get("administration"))
        if key == EVERYBODY and people.listed:
            above = Choice("As in the row above", ABOVE)
            choices = (*choices[:-1], above, OUT)
        people.questions[key] = Question(key, question, choices, any_administration=True)
        return None
    asked = also_in(people.questions[key], row.place)
    if key == EVERYBODY and asked.further == 1:
        each = Choice("Ask for each row", EACH)
        asked = replace(asked, choices=(*asked.choices[:-1], each, OUT))
    people.questions[key] = asked
    return None


def _choices(people: People, text: str) -> tuple[Choice, ...]:
    """Return likely administrations; that of the host for a row that names none."""
    host = people.known.get(people.host)
    here = (Choice(host.name, host.code),) if host and not text else ()
    return (*choices_for(text, people.known)[:-1], *here, OUT)


def _check_extra(people: People, row: Row) -> None:
    """Report values beyond the last heading: a remark, or a text that was split at its comma."""
    if not row.extra:
        return
    values = counted(len(row.extra), "value is", "values are")
    message = f"{values} beyond the last column: {', '.join(row.extra)}."
    fix = "Put a text with commas in quotation marks."
    whole = bool(row.get("email")) and is_email(row.get("email"))
    note = people.reading.warning if whole else people.reading.error
    note(row.place, message, fix="" if whole else fix)
