"""One row of a list as a checked person, with problems, and questions about unclear cells.

Stores nothing. People who are stored already are recognised in `planning`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from bot.importing.people.listed import ListedPerson
from bot.importing.people.supervisor_columns import supervisor_row
from bot.importing.rows.columns import Table
from bot.importing.rows.countries import (
    added_administration,
    choices_for,
    country_code,
    country_in,
)
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import (
    Reading,
    Row,
    check_broken,
)
from bot.importing.tables.addresses import EMAIL, read_phone
from bot.importing.tables.headings import plain
from bot.wording.counts import counted
from surveys.elearning import Elearning, read_elearning
from surveys.names import is_language
from surveys.people import Administration, Role
from surveys.planning.timezones import zone
from surveys.problems import BadInput

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
YES = frozenset({"yes", "y", "true", "agreed", "agree", "oui", "是", "同意"})
NO = frozenset({"no", "n", "false", "refused", "non", "否", "不同意"})
CJK = re.compile("[\u3400-\u9fff]+")
EVERYBODY = "administration"
"""The key of the answer with the administration for rows without one."""
ABOVE = "as above"
"""The answer that such rows have the administration of the row above, as lists write it once."""
MOST_QUESTIONS = 200
"""Questions about administrations; nobody answers more of them, and each takes time to make."""
OUT = Choice("Leave out", LEAVE_OUT)
Known = Mapping[str, Administration]


@dataclass
class People:
    """A list of people being read: the people found, questions, and notes on how it was read.

    It is for the workshop `code`; `workshops_called` gives those that a cell may mean.
    """

    reading: Reading
    known: dict[str, Administration]
    answers: Answers
    host: str = ""
    workshops_called: Callable[[str], frozenset[str]] = lambda _: frozenset()
    code: str = ""
    listed: list[ListedPerson] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    added: dict[str, Administration] = field(default_factory=dict)
    tables: list[Table] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    supervisors: dict[str, str] = field(default_factory=dict)
    """Where each supervisor stands who is named in the row of a participant."""


def read_row(people: People, row: Row) -> None:
    """Add the person of a row to `people`, or problems and questions about it."""
    reading = people.reading
    check_broken(row, reading)
    name = _name(row)
    if not name and row.cells:
        reading.wrong(row, "name" if "name" in row.labels else "given", "The name is missing.")
    email = _email(people, row)
    phone = _phone(people, row)
    language = row.get("language") or "en"
    if not LANGUAGE.fullmatch(language) or not is_language(language):
        reading.wrong(row, "language", "is not the code of a language.", "Write en, fr or th.")
    timezone = _timezone(row, reading)
    role = row.get("role").lower().replace(" ", "_") or Role.PARTICIPANT
    if role not in set(Role):
        reading.wrong(row, "role", "is not a role.", f"Use one of: {', '.join(Role)}.")
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
            role=Role(role),
            about=row.get("about"),
            phone=phone,
            refused=_refused(people, row),
            elearning=_elearning(people, row),
            honorific=row.get("honorific"),
        )
    )
    _read_supervisor(people, row, people.listed[-1])


def _read_supervisor(people: People, row: Row, person: ListedPerson) -> None:
    """Add the supervisor whom the row of a participant names; of several rows the first counts."""
    found = supervisor_row(row, person)
    if found is None:
        return
    called = f"{found.get('email') or found.get('name')} {person.administration}".casefold()
    first = people.supervisors.setdefault(called, row.place)
    if first == row.place:
        read_row(people, found)
    else:
        message = f"supervises the participant of {first} too."
        fix = "A supervisor is asked about one participant of a workshop: the first on the list."
        people.reading.doubtful(found, "name", message, fix)


def _name(row: Row) -> str:
    """Return the full name; two columns are joined in the order of the language."""
    if row.get("name"):
        return row.get("name")
    given, family = row.get("given"), row.get("family")
    if CJK.fullmatch(given) and CJK.fullmatch(family):
        return family + given
    return f"{given} {family}".strip()


def _email(people: People, row: Row) -> str:
    cell = row.cell("email")
    email = cell.text.replace("\u200c", "").replace("\u200d", "").lower()
    if email and not EMAIL.fullmatch(email) and cell.link.lower().startswith("mailto:"):
        email = cell.link[7:].partition("?")[0].strip().lower()
    if email and not EMAIL.fullmatch(email):
        fix = "The person is listed without an address. Write one such as mele@example.org."
        people.reading.doubtful(row, "email", "is not an e-mail address.", fix)
        return ""
    return email


def _phone(people: People, row: Row) -> str:
    """Return the digits of the telephone number, for finding duplicates; they are not stored."""
    digits, doubt = read_phone(row.get("phone"))
    if doubt:
        people.reading.doubtful(row, "phone", doubt)
    return digits


def _timezone(row: Row, reading: Reading) -> str | None:
    name = row.get("timezone")
    if not name:
        return None
    try:
        return zone(name).key
    except BadInput:
        reading.wrong(row, "timezone", "is not a time zone.", "Write a name such as Pacific/Fiji.")
        return None


def _administration(people: People, row: Row) -> str | None:
    """Return the administration of a row; None if it must be asked for or the row is left out."""
    text = row.get("administration")
    if not text:
        return _answered(people, EVERYBODY, f"{row.place} names no administration.", text)
    code = country_code(text, people.known) or country_in(text, people.known)
    if code in people.known:
        note = f"'{text}' is read as {people.known[code].name}."
        if country_code(text, people.known) is None and note not in people.notes:
            people.notes.append(note)
        return code
    return _answered(people, plain(text), f"'{text}' ({row.place}): which administration?", text)


def _answered(people: People, key: str, question: str, text: str) -> str | None:
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
        host = people.known.get(people.host)
        here = (Choice(host.name, host.code),) if host else ()
        above = (
            (Choice("As in the row above", ABOVE),) if key == EVERYBODY and people.listed else ()
        )
        choices = dict.fromkeys((*choices_for(text, people.known)[:-1], *above, *here, OUT))
        people.questions[key] = Question(key, question, tuple(choices), any_administration=True)
    return None


def _check_extra(people: People, row: Row) -> None:
    """Report values beyond the last heading: a remark, or a text that was split at its comma."""
    if not row.extra:
        return
    values = counted(len(row.extra), "value is", "values are")
    message = f"{values} beyond the last column: {', '.join(row.extra)}."
    fix = "Put a text with commas in quotation marks."
    whole = bool(row.get("email")) and bool(EMAIL.fullmatch(row.get("email").lower()))
    note = people.reading.warning if whole else people.reading.error
    note(row.place, message, fix="" if whole else fix)


def _elearning(people: People, row: Row) -> Elearning | None:
    """Return the status of the e-learning before the workshop; None if it is missing or unknown."""
    text = row.get("elearning")
    known = read_elearning(text)
    if text and known is None:
        fix = "Write done, in progress, not started or no access."
        people.reading.doubtful(row, "elearning", "is not a known status and was ignored.", fix)
    return known


def _refused(people: People, row: Row) -> bool:
    """Return whether the list says that the person does not want to be contacted."""
    text = plain(row.get("consent"))
    if text and text not in YES | NO:
        people.reading.doubtful(row, "consent", "is neither yes nor no; the person is asked.")
    marked = plain(row.get("no_contact"))
    said = ["consent"] if text in NO else []
    said += ["no_contact"] if marked and marked not in NO else []
    for column in said:
        people.reading.doubtful(row, column, "means that this person is not contacted.")
    return bool(said)
