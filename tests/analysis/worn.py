"""A report in which some sections are missing and some tables are empty, as edge cases leave it."""

from dataclasses import replace
from random import Random

from analysis.model import Report, Section, Table

LISTED = "workshops"
"""The section that every report on workshops has."""


def worn(report: Report, seed: int) -> Report:
    """Return the report with what is missing and what is empty drawn by chance."""
    chance = Random(seed)
    kept = (one for one in report.sections if chance.random() < 0.8 or one.key == LISTED)
    filled = tuple(one for part in kept if (one := _of_section(part, chance)).filled)
    there = {one.key for one in filled}
    chapters = (
        replace(one, sections=tuple(key for key in one.sections if key in there))
        for one in report.chapters
    )
    return replace(
        report, sections=filled, chapters=tuple(one for one in chapters if one.sections)
    )


def _of_section(section: Section, chance: Random) -> Section:
    if section.key == LISTED:
        return section
    tables = tuple(_of_table(one, chance) for one in section.tables)
    notes = section.notes if chance.random() < 0.7 else (f"Why {section.key}.",)
    return replace(section, tables=tables, notes=notes)


def _of_table(table: Table, chance: Random) -> Table:
    drawn = chance.random()
    if drawn < 0.5:
        note = "" if drawn < 0.15 else f"Why {table.key}." if drawn < 0.3 else "Too few."
        return replace(table, rows=(), note=note)
    return replace(table, chart="") if drawn < 0.6 else table
