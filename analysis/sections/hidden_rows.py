"""A table of which readers outside may see no number says so in a line, and has no rows."""

from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN, PROTECTED
from analysis.model import Section, Table
from surveys.wording import Words

LABELS = {"grouped": 2, "multiples": 2}
"""How many columns name a row, where it is not one."""


def in_a_line(section: Section, say: Words) -> Section:
    """Return the section with the reason in place of tables that would only say “not shown”."""
    return replace(section, tables=tuple(_in_a_line(one, say) for one in section.tables))


def _in_a_line(table: Table, say: Words) -> Table:
    first, hidden = LABELS.get(table.chart, 1), say(HIDDEN)
    told = any(cell != hidden for row in table.rows for cell in row[first:])
    return table if told or not table.rows else replace(table, rows=(), note=say(PROTECTED))
