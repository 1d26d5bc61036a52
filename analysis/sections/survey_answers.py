"""What was answered in one survey: a table for each question, by the parts of its questionnaire."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.facts.responses import Response, latest_by_person
from analysis.findings.printed_rows import Base, PrintedRows, all_rows
from analysis.findings.survey import Survey
from analysis.measures.numbers import Spread, spread
from analysis.measures.own_words import OwnText, own_texts, released_texts
from analysis.measures.tallies import COUNTED, tally
from analysis.model import Cell, Quote, Section, Table
from analysis.sections.annex import printed
from analysis.sections.assessment_plans import of_plans
from analysis.sections.quotes import as_quote
from analysis.sections.survey_words import in_order, label_of, number_in, was_asked
from analysis.sections.tallies import base_note, tally_table
from surveys.days import span_text
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item
from surveys.wording import N_, Words

SHOWN = (*COUNTED, Level.QUANTITY, Level.DAY, Level.WORDS)


@dataclass(frozen=True)
class Part:
    """A part of a survey: what it is about, its questions, and whether the most named comes first."""

    key: str
    heading: str
    items: tuple[str, ...]
    by_size: bool = False


NEEDS_PARTS = (
    ("needed", N_("Needed most"), ("needs", "needs_other"), True),
    ("who_comes", N_("Who comes"), ("function", "level", "time_in_job"), False),
    ("today", N_("What exists today"), ("exists_today", "stage_now"), False),
    ("expected", N_("Obstacles expected"), ("expected_obstacle",), True),
    ("elearning", N_("E-learning"), ("elearning",), False),
    ("hoped", N_("Expected by the administration"), ("chief_expects",), False),
)
"""How a survey of needs is read: what the trainer wants to know first stands first."""


COLONS = str.maketrans("：៖", "::")
AFTER_PAGES: Mapping[str, tuple[str, ...]] = {
    "FORENSICS": ("evidence_rules", "practice"),
    "ELEARN": ("wish",),
}
"""The questions after the last page of a questionnaire, which does not say itself where a page ends."""


def parts_of(survey: Survey) -> tuple[Part, ...]:
    """Return the parts of a survey: those of a survey of needs, else by the headings of its pages."""
    say = survey.reading.say
    there = {item.name for item in survey.items(*SHOWN)}
    if "needs" not in there:
        return _by_heading(survey)
    parts = [
        Part(key, say(heading), tuple(name for name in names if name in there), by_size)
        for key, heading, names, by_size in NEEDS_PARTS
    ]
    placed = {name for part in parts for name in part.items}
    more = tuple(item.name for item in survey.items(*SHOWN) if item.name not in placed)
    return tuple(part for part in (*parts, Part("more", say("More"), more)) if part.items)


def _by_heading(survey: Survey) -> tuple[Part, ...]:
    """Return the pages of a questionnaire that have a question; one without heading goes on before."""
    asked, language = survey.questionnaire, survey.reading.say.language
    heading = in_order(asked.text(asked.title, language), survey.reading.say)
    shown = {item.name for item in survey.items(*SHOWN)} - of_plans(survey)
    after = AFTER_PAGES.get(asked.key, ())
    found: dict[str, list[str]] = {}
    for item in asked.items:
        if item.name in after:
            heading = survey.reading.say("More")
        own = _unnumbered(printed(asked.text(item.heading, language)))
        heading = in_order(own, survey.reading.say) or heading
        if item.name in shown:
            found.setdefault(heading, []).append(item.name)
    return tuple(
        Part(f"part_{number}", name, tuple(names))
        for number, (name, names) in enumerate(found.items(), start=1)
    )


def _unnumbered(heading: str) -> str:
    """Return a heading without the number of its page, such as "2 of 4: " or "Category 2 of 9: "."""
    before, colon, rest = heading.translate(COLONS).partition(":")
    return rest.strip() if colon and any(map(str.isdigit, before)) else heading


def answers(survey: Survey, part: Part) -> Section:
    """Return the answers to the questions of one part; to a trainer what was chosen from lists."""
    items = [survey.questionnaire.by_name[name] for name in part.items]
    made = [_table(survey, item, by_size=part.by_size) for item in items]
    return Section(
        part.key,
        part.heading,
        tables=tuple(table for table in made if table is not None),
        quotes=() if survey.reading.outside else tuple(_quotes(survey, items)),
    )


def rows_of(survey: Survey, item: str) -> PrintedRows:
    """Return the answers of these readers' responses to one question, one per person.

    Of answers of single people readers outside get what no reader can tell of a few.
    """
    reading = survey.reading
    if reading.outside:
        # There is one wave, and the page says which.
        return replace(reading.rows(item, survey.wave, role=survey.role), waves=())
    told = latest_by_person(survey.found, item)
    counted = tally(told, item, reading.frames.questionnaires, reading.say.language)
    found = all_rows(counted, survey.smallest(_given(survey, item)))
    return replace(found, kind=Base.ADMINISTRATIONS) if survey.of_administrations else found


def _table(survey: Survey, item: Item, *, by_size: bool) -> Table | None:
    """Return the answers to one question; None if nobody was asked, or wrote anything."""
    level = type_of(item.type).level
    heading = label_of(survey, item)
    if survey.reading.outside:
        return _counts(survey, item, heading) if level in COUNTED else None
    if not was_asked(survey, item):
        return None
    if level in COUNTED:
        made = _counts(survey, item, heading)
        # An order by size would tell of rows that are hidden.
        return _largest_first(made) if by_size else made
    if level is Level.QUANTITY:
        return _numbers(survey, item, heading)
    if level is Level.DAY:
        return _days(survey, item, heading)
    return _own_words(survey, item, heading)


def _counts(survey: Survey, item: Item, heading: str) -> Table:
    found = rows_of(survey, item.name)
    made = tally_table(item.name, heading, found, survey.reading)
    if made.rows or survey.reading.outside or survey.smallest(_given(survey, item.name)) > 1:
        return made
    # Nobody is hidden here: those who answered said that they do not know, or passed it over.
    return replace(made, note=base_note(found, survey.reading))


def _largest_first(table: Table) -> Table:
    def size(row: tuple[Cell, ...]) -> int:
        return -row[1] if isinstance(row[1], int) else 0

    return replace(table, rows=tuple(sorted(table.rows, key=size)))


def _numbers(survey: Survey, item: Item, heading: str) -> Table:
    """Return the median of a number, its middle half and its range; nothing under five answers."""
    say, given = survey.reading.say, _given(survey, item.name)
    found = spread(one.values[item.name] for one in given)
    columns = (say("Answers"), say("Median"), say("Middle half"), say("Lowest"), say("Highest"))
    if found is None or found.base < survey.smallest(given):
        return Table(item.name, heading, columns, (), note=_few(say))
    middle, low, high = (_cell(n, say) for n in (found.middle, found.lowest, found.highest))
    row = (found.base, middle, _half(found, say), low, high)
    return Table(item.name, heading, columns, (row,))


def _cell(number: Decimal, say: Words) -> Cell:
    """Return a number that spreadsheets can count with, where it needs no words."""
    return number_in(number, say) if number % 1 or number < 0 else int(number)


def _half(found: Spread, say: Words) -> str:
    if found.half is None:
        return ""
    low, high = (number_in(one, say) for one in found.half)
    return f"{low}–{high}" if found.half[0] >= 0 else f"{low} … {high}"


def _days(survey: Survey, item: Item, heading: str) -> Table:
    """Return the earliest and latest of some days; nothing under five answers."""
    say, given = survey.reading.say, _given(survey, item.name)
    columns = (say("Answers"), say("Earliest"), say("Latest"))
    if len(given) < max(1, survey.smallest(given)):
        return Table(item.name, heading, columns, (), note=_few(say))
    days = sorted(date.fromisoformat(one.values[item.name]) for one in given)
    first, last = (span_text(day, day, say.language) for day in (days[0], days[-1]))
    return Table(item.name, heading, columns, ((len(given), first, last),))


def _few(say: Words) -> str:
    return say("Fewer than {number} answers: {hidden}.", number=str(SMALLEST), hidden=say(HIDDEN))


def _given(survey: Survey, item: str) -> list[Response]:
    """Return who answered a question and did not pass it over."""
    return [one for one in latest_by_person(survey.found, item) if item in one.values]


def _own_words(survey: Survey, item: Item, heading: str) -> Table | None:
    """Return how many wrote something, and how much the office has released; None if nobody did."""
    say, written = survey.reading.say, len(_given(survey, item.name))
    if not written:
        return None
    released = sum(1 for case, name in _released(survey) if name == item.name)
    note = say(
        "Wrote something: {number}. Read and released: {released}.",
        number=str(written),
        released=str(released),
    )
    return Table(item.name, heading, (), (), note=note)


def _released(survey: Survey) -> dict[tuple[int, str], OwnText]:
    return released_texts(own_texts(survey.reading.frames, survey.found))


def _quotes(survey: Survey, items: Sequence[Item]) -> Iterable[Quote]:
    """Yield the released texts of some questions, by administration where it may be named."""
    words = {item.name for item in items if type_of(item.type).level is Level.WORDS}
    by_case = {one.case_id: one for one in survey.found}
    for (case, item), text in _released(survey).items():
        if item in words:
            response = by_case[case]
            source = survey.reading.say("Not named")
            if survey.named(response) and survey.of_administrations:
                source = survey.reading.name_of(response.administration)
            yield as_quote(text, source, survey.reading.say)
