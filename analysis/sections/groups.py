"""How far it went in the parts of a year: by workshop, donor, kind, sub-region and countries."""

from collections.abc import Iterable, Sequence

from analysis.disclosure.published_sets import LDC, SIDS, Group, Way
from analysis.figures import Figure
from analysis.findings.figure_words import grade_of, moment_words, name_of
from analysis.findings.headlines import headlines
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import KINDS_OF_WORKSHOPS
from analysis.model import Cell, Section, Table
from analysis.sections.comparison import compared_of, multiples
from surveys.planning.fiscal_year import FiscalYear
from surveys.wording import N_, Words

HEADINGS = {
    Way.WORKSHOP: N_("By workshop"),
    Way.DONOR: N_("By donor"),
    Way.KIND: N_("By kind"),
    Way.REGION: N_("By sub-region"),
    Way.COUNTRIES: N_("Small island and least developed countries"),
}
COUNTRIES = {
    SIDS: N_("Small island developing States (SIDS)"),
    LDC: N_("Least developed countries (LDC)"),
}
NOTES = {
    Way.DONOR: N_("A workshop with several donors is listed under each of them."),
    Way.COUNTRIES: N_(
        "Lists of the United Nations, as they stood on the first day of the fiscal year. A country can "
        "be in both groups."
    ),
}


def groups(reading: ReportFacts, year: FiscalYear, found: Iterable[Group]) -> Section:
    """Return the tables of a year by group; each row has the headlines of the group.

    The protection of small groups knows all these rows, so nothing is found by comparing them.
    """
    say, listed = reading.say, list(found)
    tables = (_table(reading, year, way, [one for one in listed if one.way is way]) for way in Way)
    return Section(
        "groups",
        say("By workshop, donor, kind and sub-region"),
        tables=(*_drawn(reading, year, listed), *(table for table in tables if table.rows)),
        notes=(
            say("Where few delegations attended, people are counted in their place."),
            say("Groups differ in topic and people: this is not a ranking."),
        ),
    )


def _drawn(reading: ReportFacts, year: FiscalYear, found: Iterable[Group]) -> tuple[Table, ...]:
    """Return the workshops of a year in small pictures; nothing where there is only one."""
    say = reading.say
    parts = [
        compared_of(one.name, there)
        for one in found
        if one.way is Way.WORKSHOP and (there := _seen(reading, year, one))
    ]
    table = multiples(say("The six figures"), say("Workshop"), parts, say)
    return (table,) if len(parts) > 1 else ()


def _table(reading: ReportFacts, year: FiscalYear, way: Way, held: list[Group]) -> Table:
    say = reading.say
    rows = tuple(row for one in held if (row := _row(reading, year, one)))
    columns = ("", say("Counted"), *heads(headlines(reading), say))
    note = say(NOTES[way]) if way in NOTES else ""
    return Table(f"groups_{way}", say(HEADINGS[way]), columns, rows, note=note, names=2)


def heads(own: Sequence[Figure], say: Words) -> tuple[str, ...]:
    """Return the heads of the columns of the headlines, whatever is counted in a row.

    The grade is that of the year's own figure; where it is another one, `cell_of` says so.
    """
    return tuple(name_of(one.key, grade_of(one, say), say) for one in own)


def cell_of(figure: Figure, own: Figure, say: Words) -> str:
    """Return a figure under the head of the year's own one, with the grade where it is another one."""
    grade = grade_of(figure, say)
    other = grade if grade != grade_of(own, say) else ""
    return say.comma.join(filter(None, (figure.text, other)))


def _row(reading: ReportFacts, year: FiscalYear, group: Group) -> tuple[Cell, ...]:
    """Return the headlines of one group; nothing for one without people on its lists."""
    there = _seen(reading, year, group)
    if there is None:
        return ()
    say = reading.say
    # The moment of all is that of the headlines on the first page.
    unit = say("People") if there.by_person else say("Delegations")
    when = moment_words(there)
    other = say("after {waves}", waves=when) if when != moment_words(reading) else ""
    counted = say.comma.join(filter(None, (unit, other)))
    pairs = zip(headlines(there), headlines(reading), strict=True)
    cells = (cell_of(one, own, say) for one, own in pairs)
    return (_name(reading, group), counted, *cells)


def _seen(reading: ReportFacts, year: FiscalYear, group: Group) -> ReportFacts | None:
    """Return a group as readers outside see it; nothing for one without people on its lists."""
    published = reading.published
    key = published.groups.get(group.key(year)) if published else None
    return published.seen_from(key) if published and key is not None else None


def _name(reading: ReportFacts, group: Group) -> str:
    say: Words = reading.say
    if group.way is Way.WORKSHOP:
        rows = reading.workshop_rows
        title = next(str(one["title"]) for one in rows if one["code"] == group.name)
        return group.name + say.colon + title
    if group.way is Way.KIND:
        return say(KINDS_OF_WORKSHOPS[group.name])
    if group.way is Way.REGION:
        return say(group.name)
    return say(COUNTRIES[group.name]) if group.way is Way.COUNTRIES else group.name
