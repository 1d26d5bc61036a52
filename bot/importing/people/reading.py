"""Lists of people as they come from offices: from sheets to checked people, and what is to be asked.

Saves nothing. Which of them are known already is found out in `entries`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.importing.people.enrolling_rows import ListedPerson
from bot.importing.rows.column_words import CALENDAR
from bot.importing.rows.countries import (
    added_administration,
    choices_for,
    country_code,
    country_in,
)
from bot.importing.rows.kinds import headed_sheets, is_calendar, is_people_list
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import (
    SHEET,
    Reading,
    Row,
    check_broken,
    check_heading,
    near_heading,
    rows_of,
)
from bot.importing.tables.addresses import EMAIL, read_phone
from bot.importing.tables.cells import Book, Sheet
from bot.importing.tables.headings import Heading, find_heading, plain
from surveys.elearning import Elearning, read_elearning
from surveys.people import Administration, Role
from surveys.planning.calendar import zone
from surveys.problem_list import did_you_mean
from surveys.problems import BadInput
from surveys.wording import is_language

LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z]{2,4})?")
TOTALS = frozenset({"total", "totals", "sum", "average", "mean", "subtotal", "合计", "รวม"})
YES = frozenset({"yes", "y", "true", "agreed", "agree", "oui", "是", "同意"})
NO = frozenset({"no", "n", "false", "refused", "non", "否", "不同意"})
CJK = re.compile("[\u3400-\u9fff]+")
EVERYBODY = "administration"
"""The key of the answer that gives the administration of rows without one."""
OUT = Choice("Leave out", LEAVE_OUT)
Known = Mapping[str, Administration]


@dataclass
class People:
    """A list of people being read: who was found, what is to be asked, and what was understood."""

    reading: Reading
    known: dict[str, Administration]
    answers: Answers
    host: str = ""
    listed: list[ListedPerson] = field(default_factory=list)
    questions: dict[str, Question] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    added: dict[str, Administration] = field(default_factory=dict)


def read_people(book: Book, people: People) -> None:
    """Put everybody on the sheets of a list into `people`.

    Raises BadInput where no sheet is a list of people.
    """
    reading, answers = people.reading, people.answers
    for answer in answers.values():
        new = added_administration(answer)
        if new is not None and new.code not in people.known:
            people.known[new.code] = people.added[new.code] = new
    sheets = [
        (sheet, heading) for sheet, heading in headed_sheets(book) if is_people_list(heading)
    ]
    wanted = answers.get(SHEET)
    if wanted:
        sheets = [one for one in sheets if one[0].name.casefold() == wanted.casefold()]
    if not sheets:
        _refuse(book, reading, wanted)
    for sheet, heading in sheets:
        _read_sheet(people, sheet, heading)


def _refuse(book: Book, reading: Reading, wanted: str | None) -> None:
    names = [sheet.name for sheet in book.sheets if sheet.name and not sheet.hidden]
    if wanted and wanted not in names:
        reading.error("", "is not a sheet of this file.", wanted, did_you_mean(wanted, names))
        raise reading.refuse()
    found = (find_heading(sheet, CALENDAR) for sheet in book.sheets if not sheet.hidden)
    if any(heading is not None and is_calendar(heading) for heading in found):
        fix = "`followup workshop import FILE` takes it."
        reading.error("", "This is a calendar and no list of people.", fix=fix)
        raise reading.refuse()
    top = [cell.text for sheet in book.sheets for row in sheet.rows[:1] for cell in row]
    for name in ("name", "administration"):
        fix = near_heading(name, top) or "Begin with the headings name,administration."
        reading.error("row 1", f"The list has no column {name}.", fix=fix)
    raise reading.refuse()


def _read_sheet(people: People, sheet: Sheet, heading: Heading) -> None:
    check_heading(sheet, heading, people.reading)
    _check_administration_column(people, sheet, heading)
    before = len(people.listed)
    for row in rows_of(sheet, heading):
        if not _is_noise(people, row):
            _read_row(people, row)
    where = f"Sheet '{sheet.name}', heading" if sheet.name else "Heading"
    columns = ", ".join(
        f"{key} from '{column.heading}'"
        for key, column in heading.columns.items()
        if key != plain(column.heading)
    )
    count = len(people.listed) - before
    understood = f" Understood: {columns}." if columns else ""
    people.notes.append(f"{where} in row {heading.row}: {count} people read.{understood}")


def _check_administration_column(people: People, sheet: Sheet, heading: Heading) -> None:
    if "administration" in heading.columns:
        return
    near = near_heading("administration", [column.heading for column in heading.unread])
    if near:
        people.reading.error(
            f"row {heading.row}", "The list has no column administration.", fix=near
        )


def _is_noise(people: People, row: Row) -> bool:
    """Totals, footnotes and other rows that are about nobody."""
    texts = [*row.aside, *(cell.text for cell in row.cells.values())]
    total = any(plain(text) in TOTALS for text in texts) and not row.get("email")
    who = ("name", "given", "family", "email", "phone")
    if total or not (any(row.get(key) for key in who) or _says_administration(row)):
        people.notes.append(f"{row.place} is about nobody and was passed over.")
        return True
    return False


def _says_administration(row: Row) -> bool:
    """Whether there is an administration, and not only one that is merged over several rows."""
    return bool(row.get("administration")) and not row.sheet


def _read_row(people: People, row: Row) -> None:
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
        )
    )


def _name(row: Row) -> str:
    """The full name; of two columns in the order of its writing."""
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
    """Digits by which a person may be known twice in a list; they are not kept."""
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
    """The administration of a row; None when it has to be asked for or the row is left out."""
    text = row.get("administration")
    if not text:
        return _answered(people, EVERYBODY, f"{row.place} says no administration.", text)
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
        host = people.known.get(people.host)
        here = (Choice(host.name, host.code),) if host else ()
        choices = dict.fromkeys((*choices_for(text, people.known)[:-1], *here, OUT))
        people.questions[key] = Question(key, question, tuple(choices), any_administration=True)
    return None


def _check_extra(people: People, row: Row) -> None:
    """Values beyond the last heading: a remark beside, or a text whose comma parted it in two."""
    if not row.extra:
        return
    message = f"There are {len(row.extra)} values more than columns: {', '.join(row.extra)}."
    fix = "Put a text with commas in quotation marks."
    whole = bool(row.get("email")) and bool(EMAIL.fullmatch(row.get("email").lower()))
    note = people.reading.warning if whole else people.reading.error
    note(row.place, message, fix="" if whole else fix)


def _elearning(people: People, row: Row) -> Elearning | None:
    """How far the list says the person is with the e-learning before the workshop."""
    text = row.get("elearning")
    known = read_elearning(text)
    if text and known is None:
        fix = "Write done, in progress, not started or no access."
        people.reading.doubtful(row, "elearning", "is not known, and was not read.", fix)
    return known


def _refused(people: People, row: Row) -> bool:
    """Whether the list says that the person does not want to be asked."""
    text = plain(row.get("consent"))
    if text and text not in YES | NO:
        people.reading.doubtful(row, "consent", "is neither yes nor no; the person is asked.")
    if text in NO:
        people.reading.doubtful(row, "consent", "means that this person is not contacted.")
    return text in NO
