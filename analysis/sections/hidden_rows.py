"""A table of which readers outside may see no number says so in a line, and has no rows."""

from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN, PROTECTED
from analysis.model import Section, Table
from surveys.wording import Words


def in_a_line(section: Section, say: Words) -> Section:
    """Return the section with the reason in place of tables that would only say “not shown”."""
    return replace(section, tables=tuple(_in_a_line(one, say) for one in section.tables))


def _in_a_line(table: Table, say: Words) -> Table:
    hidden = say(HIDDEN)
    told = any(cell != hidden for row in table.rows for cell in row[table.names :])
    return table if told or not table.rows else replace(table, rows=(), note=say(PROTECTED))
