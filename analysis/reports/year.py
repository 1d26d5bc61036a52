"""Statistics of a fiscal year: workshops held, people, administrations; by kind, donor, host, region.

Counts of people are hidden so that no group under five is found by comparing the tables. Nothing
here reads an answer.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from analysis.disclosure.small_groups import HIDDEN
from analysis.disclosure.year_counts import told_counts
from analysis.facts.responses import records
from analysis.figures import Figure
from analysis.measures.vocabulary import KINDS_OF_WORKSHOPS, labels
from analysis.model import Cell, Chapter, Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.stamps import foot, frozen, mark
from analysis.reports.year_workshops import Year, read_year
from surveys.days import moment_text, span_text
from surveys.planning.fiscal_year import FiscalYear
from surveys.wording import N_, sentences

PEOPLE = "people"
METHOD = (
    N_("A workshop belongs to the fiscal year of its last day."),
    N_("Only workshops that took place are counted; meetings and surveys are not workshops."),
    N_("Participants: people on the lists, each once. Attendances: once for each workshop."),
    N_("A workshop with several donors is listed under each of them."),
    N_("Groups under 5 people are not shown."),
)


def build_year(
    connection: Connection, year: FiscalYear, cut_off: datetime, wishes: Wishes
) -> Report:
    """Return the statistics of a fiscal year. NotFound for a donor without a workshop."""
    return compose_year(read_year(connection, year, cut_off, wishes), cut_off, wishes)


def compose_year(found: Year, cut_off: datetime, wishes: Wishes) -> Report:
    """Return a year arranged as a report."""
    say = found.say
    figures = _headlines(found)
    method = [*frozen(wishes, say), *(say(text) for text in METHOD)]
    if found.to_come:
        method.append(
            say(
                "Confirmed workshops of the year still to come (not counted): {number}.",
                number=str(found.to_come),
            )
        )
    sections = (_listed(found), _grouped(found))
    return Report(
        title=say("Workshops in the fiscal year {year}", year=found.year.name),
        subtitle=say.beside((_span(found), *([wishes.donor] if wishes.donor else []))),
        written=say(
            "Answers until {when} UTC", when=moment_text(cut_off.astimezone(UTC), say.language)
        ),
        cut_off=cut_off,
        language=say.language,
        headlines=figures,
        in_short=(
            sentences(
                say("{label}: {value}.", label=one.label, value=one.text) for one in figures
            ),
        ),
        sections=sections,
        method=tuple(method),
        footer=foot(wishes, wishes.whom, say),
        chapters=tuple(
            Chapter(str(number), one.heading, (one.key,))
            for number, one in enumerate(sections, start=1)
        ),
        labels=labels(say),
        workshops=tuple(str(code) for code in found.workshops["code"]),
        mark=mark(wishes, say),
        office=wishes.office,
    )


def _span(found: Year) -> str:
    first, last = date(found.year.begins, 7, 1), date(found.year.begins + 1, 6, 30)
    return span_text(first, last, found.say.language)


def _headlines(found: Year) -> tuple[Figure, ...]:
    say, people = found.say, found.people
    hidden = found.say(HIDDEN)
    attended, persons = len(people), int(people["participant_id"].nunique())
    counts = (
        ("workshops", say("Workshops"), len(found.workshops), str(len(found.workshops))),
        (PEOPLE, say("Attendances"), attended, hidden if 0 < attended < 5 else str(attended)),
        (
            "persons",
            say("Participants"),
            persons,
            hidden if 0 < persons < 5 else str(persons),
        ),
        (
            "administrations",
            say("Administrations"),
            _administrations(people),
            str(_administrations(people)),
        ),
    )
    return tuple(
        Figure(key, label, text, 0 if text == hidden else value, 0)
        for key, label, value, text in counts
    )


def _administrations(people: pd.DataFrame) -> int:
    return int(people["administration_code"].nunique())


def _sets(found: Year) -> dict[str, dict[str, tuple[str, ...]]]:
    """Return workshops by grouping, and there by group, in the order of their days."""
    ways: dict[str, Callable[[dict[str, Any]], tuple[str, ...]]] = {
        "kind": lambda one: (one["kind"],),
        "donor": lambda one: one["donors"] or ("",),
        "host": lambda one: (one["country"],),
    }
    made: dict[str, dict[str, tuple[str, ...]]] = {}
    for way, groups_of in ways.items():
        groups: dict[str, tuple[str, ...]] = {}
        for one in records(found.workshops):
            for group in groups_of(one):
                groups[group] = (*groups.get(group, ()), str(one["code"]))
        made[way] = groups
    return made


def _told(found: Year) -> frozenset[str]:
    """Return the rows of all tables (`way group`) whose people may be told beside each other."""
    cells = Counter(_cells(found.people))
    groups: dict[str, tuple[str, ...]] = {
        f"workshop {code}": (str(code),) for code in found.workshops["code"]
    }
    for way, held in _sets(found).items():
        groups |= {f"{way} {group}": codes for group, codes in held.items()}
    rows: dict[str, set[str]] = {
        name: {*_cells(found.of(codes))} for name, codes in groups.items()
    }
    regions = found.people.groupby("subregion")
    rows |= {f"region {name}": {*_cells(people)} for name, people in regions}
    return told_counts(cells, rows)


def _cells(people: pd.DataFrame) -> Iterable[str]:
    """Return the workshop and sub-region of each of some people, which no table divides."""
    return people["workshop_code"] + " " + people["subregion"]


def _people(found: Year, key: str, codes: Iterable[str], told: frozenset[str]) -> Cell:
    """Return the people of some workshops; one without a list of participants is no small group."""
    say, number = found.say, len(found.of(codes))
    if not number:
        return say("no list")
    return number if key in told else say(HIDDEN)


def _listed(found: Year) -> Section:
    """Return the section with every workshop of the year."""
    say, told = found.say, _told(found)
    kinds = {key: say(name) for key, name in KINDS_OF_WORKSHOPS.items()}
    columns = (
        say("Workshop"),
        say("Days"),
        say("Host"),
        say("Donors"),
        say("Attended"),
        say("Administrations"),
    )
    rows = tuple(
        (
            f"{one['title']} ({kinds[one['kind']]})",
            span_text(one["starts_on"], one["ends_on"], say.language),
            found.name_of(one["country"]),
            say.listed(one["donors"]) or "–",
            _people(found, f"workshop {one['code']}", [one["code"]], told),
            _administrations(found.of([one["code"]])) or say("no list"),
        )
        for one in records(found.workshops)
    )
    table = Table("year_workshops", say("Workshops"), columns, rows)
    return Section("year_workshops", say("Workshops of the year"), tables=(table,))


def _grouped(found: Year) -> Section:
    """Return the section with the workshops by kind, donor, host and sub-region."""
    say, told = found.say, _told(found)
    headings = {"kind": say("By kind"), "donor": say("By donor"), "host": say("By host")}
    last = (say("Workshops"), say("Attendances"), say("Administrations"))
    tables = []
    for way, groups in _sets(found).items():
        rows = tuple(
            (
                _name(found, way, group),
                len(codes),
                _people(found, f"{way} {group}", codes, told),
                _administrations(found.of(codes)) or say("no list"),
            )
            for group, codes in groups.items()
        )
        tables.append(Table(f"by_{way}", headings[way], ("", *last), rows))
    tables.append(_by_region(found, last, told))
    return Section("year_groups", say("By kind, donor, host and sub-region"), tables=tuple(tables))


def _name(found: Year, way: str, group: str) -> str:
    if way == "kind":
        return found.say(KINDS_OF_WORKSHOPS[group])
    if way == "host":
        return found.name_of(group)
    return group or found.say("no donor named")


def _by_region(found: Year, last: tuple[str, ...], told: frozenset[str]) -> Table:
    """Return the table of the participants' sub-regions; a workshop counts in each of them."""
    say = found.say
    groups = [(str(name), people) for name, people in found.people.groupby("subregion")]
    rows = tuple(
        (
            say(name) or say("no sub-region named"),
            int(of["workshop_code"].nunique()),
            len(of) if f"region {name}" in told else say(HIDDEN),
            _administrations(of),
        )
        for name, of in groups
    )
    note = say("Sub-regions of the participants. A workshop is listed under each of them.")
    return Table("by_region", say("By sub-region"), ("", *last), rows, note=note)
