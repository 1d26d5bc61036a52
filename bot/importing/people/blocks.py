"""The rows of people on a sheet, each with what the lines above it say of the rows below them.

A line of a country gives the administration, one of a section the role. A second heading further
down gives other columns. Totals and signatures are about nobody.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import zip_longest

from bot.importing.people import lines
from bot.importing.people.compound import parted
from bot.importing.people.found import People
from bot.importing.people.further_headings import is_heading, rows_below
from bot.importing.people.marked_rows import marked_rows
from bot.importing.people.not_coming import says_so, stays_away
from bot.importing.people.person_rows import ABOVE, EVERYBODY
from bot.importing.people.several_workshops import Elsewhere
from bot.importing.people.two_names import may_be_two
from bot.importing.rows.columns import Table
from bot.importing.rows.countries import country_code, country_in
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.rows.rows import Row
from bot.importing.rows.template_words import EXAMPLE
from bot.importing.tables.cells import Cell
from bot.importing.tables.headings import plain

NAMES = ("name", "given", "family")
WHO = (*NAMES, "email", "phone")
PERSON = "a person"


@dataclass
class _Sheet:
    """One sheet being read: the lines that hold for the rows below them."""

    people: People
    table: Table
    rows: list[Row]
    place: str = ""
    role: str = ""
    away: str = ""
    """The line above that says that the people below do not come."""
    above: str = ""
    """The administration of the last row that names one."""
    signed: bool = False

    @cached_property
    def names_alone(self) -> bool:
        """Whether most people have no more than a name, and nobody an administration."""
        if any(row.get("administration") for row in self.rows):
            return False
        alone = sum(bool(_alone(self.people, row)) for row in self.rows)
        return alone >= sum(not lines.lone_text(_texts(row)) for row in self.rows)

    def note(self, row: Row, why: str) -> None:
        """Note why a line adds nobody."""
        self.people.notes.append(f"{row.place} {why}")


def person_rows(people: People, table: Table) -> Iterator[Row]:
    """Yield the rows of a sheet that are about people."""
    marked = marked_rows(people, table.sheet)
    found = [row for row in rows_below(table.sheet, table.heading) if row.number not in marked]
    here = _Sheet(people, table, found, _place_above(people, table))
    elsewhere = Elsewhere(people)
    _refuse_headings(people, found)
    for row, below in zip_longest(found, found[1:]):
        if _is_line(here, row, below) or elsewhere.has(row):
            continue
        here.signed = False
        if _is_of_row_above(here, row) or stays_away(people, row, here.away):
            continue
        if not may_be_two(people, row):
            yield _completed(here, row)
    people.notes += elsewhere.notes()


def _refuse_headings(people: People, rows: Sequence[Row]) -> None:
    """Report a sheet whose people stand beside each other, with headings in the column of names."""
    headed = [row for row in rows if is_heading(row.get("name"))]
    for row in headed if len(headed) > 1 else ():
        fix = "Turn the table: each person needs a row, and each heading a column."
        people.reading.wrong(row, "name", "is a heading, not a name.", fix)


def _is_of_row_above(here: _Sheet, row: Row) -> bool:
    """Return whether the name of a row is merged with the one above: it is one person."""
    column = here.table.heading.columns.get("name")
    if column is None or (row.number, column.number) not in here.table.sheet.below:
        return False
    here.note(row, "goes on with the person of the row above, and was not read.")
    return True


def _texts(row: Row) -> list[str]:
    return [*(cell.text for cell in row.cells.values()), *row.aside, *row.extra]


def _alone(people: People, row: Row) -> str:
    """Return the name in a row that holds no more; '' in other rows."""
    name = row.get("name")
    if not name or any(text and text != name for text in _texts(row)):
        return ""
    return "" if lines.place_of(name, people.known) else name


def _place_above(people: People, table: Table) -> str:
    """Return the country in the line right above the heading, if lines below name others."""
    rows, at = table.sheet.rows, table.heading.row
    if at < 2 or "administration" in table.heading.columns:
        return ""
    found = _place_in(people, rows[at - 2])
    again = any(_place_in(people, row) for row in rows[at:])
    return found if found and again else ""


def _place_in(people: People, row: Sequence[Cell]) -> str:
    text = lines.lone_text(cell.text for cell in row)
    return lines.place_of(text, people.known) if text else ""


def _is_line(here: _Sheet, row: Row, below: Row | None) -> bool:
    """Return whether a row is about nobody; what it says of the rows below is kept."""
    texts = _texts(row)
    if any(row.cell(name).broken for name in WHO):
        return False
    if _is_end(here, row, texts):
        return True
    if row.get("name").startswith(EXAMPLE.strip()):
        here.note(row, "is the example of the template and was skipped.")
        return True
    if lines.is_example(row.get("name")):
        here.note(row, f"'{row.get('name')}' is an example and was skipped.")
        return True
    text = lines.lone_text(texts)
    # Before a row with an administration of its own, it is the one of a person without a name.
    above_none = below is not None and not below.get("administration")
    own = text == row.get("administration") and not above_none
    numbered = any(one and one != text for one in texts)
    if text and not own and _is_head(here, row, text, numbered=numbered):
        return True
    names = [row.get(name) for name in NAMES]
    if lines.names_nobody(names) and not (row.get("email") or row.get("phone")):
        here.note(row, f"names nobody yet ('{' '.join(filter(None, names))}') and was skipped.")
        return True
    if any(row.get(name) for name in WHO) or _says_administration(row):
        return False
    here.note(row, "is not about a person and was skipped.")
    return True


def _is_end(here: _Sheet, row: Row, texts: Sequence[str]) -> bool:
    """Return whether a row is a total, or a signature or what stands below one."""
    if "@" in row.get("email"):
        return False
    if any(lines.TOTAL.match(text) for text in texts):
        here.note(row, "is not about a person and was skipped.")
        return True
    few = len({text for text in texts if text}) <= 2
    signs = few and any(lines.SIGNED.match(text) for text in texts)
    here.signed = here.signed or signs
    place = row.get("administration")
    if signs or (here.signed and few and not country_code(place, here.people.known)):
        here.note(row, "is a signature and was skipped.")
        return True
    return False


def _is_head(here: _Sheet, row: Row, text: str, *, numbered: bool) -> bool:
    """Return whether a line of one text says something of the rows below it.

    A numbered one that is no country and no section is the name of a person.
    """
    place = lines.place_of(text, here.people.known)
    section = lines.section_of(text)
    if place:
        here.place = lines.bare(text)
        here.note(row, f"'{text}': the administration of the rows below.")
    elif section:
        here.role, here.away = section, ""
        here.note(row, f"'{text}': the role of the rows below.")
    elif says_so(lines.bare(text)):
        here.away = lines.bare(text).rstrip(" :.")
    elif lines.is_note(text) and not here.names_alone:
        here.note(row, f"'{text}' is a note and was skipped.")
    elif numbered:
        return False
    elif lines.is_sentence(text):
        return _is_unclear(here, row, text)
    elif lines.is_office(text):
        here.note(row, f"'{text}' is the name of an office and was skipped.")
    elif here.place and not here.names_alone:
        return _is_unclear(here, row, text)
    elif sum(cell.text == text for cell in row.cells.values()) > 1:
        here.note(row, "is not about a person and was skipped.")  # merged over several columns
    else:
        return False
    return True


def _is_unclear(here: _Sheet, row: Row, text: str) -> bool:
    """Ask about a line among lines of countries, such as a misspelt country or a single name."""
    key = plain(text)
    answer = here.people.answers.get(key, "")
    if answer == PERSON:
        return False
    found = country_code(answer, here.people.known) if answer not in ("", LEAVE_OUT) else None
    if found:
        here.place = found
    elif answer != LEAVE_OUT:
        choices = (Choice("A person", PERSON), Choice("Nothing, skip it", LEAVE_OUT))
        asked = (
            f"'{text}' ({row.place}) stands alone. Which administration do the rows below have?"
        )
        here.people.questions[key] = Question(key, asked, choices, any_administration=True)
    return True


def _says_administration(row: Row) -> bool:
    """Return whether a row has an administration of its own, not one merged over several rows."""
    return bool(row.get("administration")) and not row.sheet


def _completed(here: _Sheet, row: Row) -> Row:
    """Return a row with what the lines above it say, and each cell taken apart."""
    known = here.people.known
    row = parted(row, lambda text: country_code(text, known) is not None)
    cells = dict(row.cells)
    own = row.get("administration")
    if own:
        here.above = own
    elif here.above and here.people.answers.get(EVERYBODY) == ABOVE:
        cells["administration"] = Cell(here.above)
    if here.place and not (own and (country_code(own, known) or country_in(own, known))):
        cells["administration"] = Cell(here.place)
    if here.role and not row.get("role"):
        cells["role"] = Cell(here.role)
    # A long list of plain rows is not held twice.
    return replace(row, cells=cells) if cells != row.cells else row
