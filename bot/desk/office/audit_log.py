"""The audit log: who did what, by filters; and as a file. No names of participants are in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import Connection

from bot.audit import record
from bot.settings.office import Office
from bot.wording.counts import counts_in_words
from storage.fieldwork.workshop_names import codes_by_former
from storage.office.audit import Act, Entry
from storage.office.audit_search import AuditFilter, count_lines, find_lines
from storage.office.staff import members

PLAN, COMMAND_LINE = "plan", "command line"
"""Who acts beside members of the staff."""
ON_A_PAGE = 50
LOG = "audit log"
COLUMNS = ("when", "who", "name", "what", "about", "counts")


class LogForm(StrEnum):
    """The files of the log."""

    CSV = "csv"
    XLSX = "xlsx"


@dataclass(frozen=True)
class Found:
    """A page of the log: lines with who acted, as colleagues know them; how many there are in all.

    `next` is the number before which the next page begins, 0 on the last one.
    """

    lines: list[tuple[Entry, str]]
    all: int
    next: int


def search_log(connection: Connection, wanted: AuditFilter, before: int = 0) -> Found:
    """Return a page of the log, the newest line first; lines that come in meanwhile move nothing."""
    wanted = _by_all_codes(connection, wanted)
    names = names_in_log(connection)
    found = find_lines(connection, wanted, ON_A_PAGE + 1, before)
    shown = found[:ON_A_PAGE]
    following = shown[-1][0] if len(found) > len(shown) else 0
    lines = [(one, names.get(one.who, "")) for _, one in shown]
    return Found(lines, count_lines(connection, wanted), following)


def log_lines(connection: Connection, wanted: AuditFilter) -> list[Entry]:
    """Return all lines that are wanted, the oldest first."""
    found = find_lines(connection, _by_all_codes(connection, wanted))
    return [one for _, one in reversed(found)]


def names_in_log(connection: Connection) -> dict[str, str]:
    """Return the members who stand in the log, also removed ones: their names by code."""
    return {one.code: one.label for one in members(connection)}


def export_log(
    connection: Connection, office: Office, wanted: AuditFilter, form: LogForm, now: datetime
) -> bytes:
    """Return the lines as a file, the oldest first; no text in it runs as a formula."""
    from analysis.exports import csv_files, xlsx
    from analysis.exports.tables import Table

    names = names_in_log(connection)
    rows = tuple(_row(one, names) for one in log_lines(connection, wanted))
    record(connection, office, Act.EXPORTED, LOG, now, lines=len(rows))
    table = Table("audit", "Audit log", COLUMNS, rows)
    if form is LogForm.CSV:
        return csv_files.render(table, marked=True, raw=False)
    return xlsx.render({"Audit log": table}, (), now)[0]


def _row(one: Entry, names: Mapping[str, str]) -> tuple[datetime | str, ...]:
    said = counts_in_words(one.counts)
    return (one.at, one.who, names.get(one.who, ""), one.act.value, one.about, said)


def _by_all_codes(connection: Connection, wanted: AuditFilter) -> AuditFilter:
    """Return what is wanted with the other codes that a workshop has or had."""
    if not wanted.about:
        return wanted
    former = codes_by_former(connection)
    typed = {one.lower() for one in wanted.about}
    present = typed | {former[one].lower() for one in typed if one in former}
    known = present | {old for old, new in former.items() if new.lower() in present}
    return AuditFilter(wanted.who, wanted.act, sorted(known), wanted.since, wanted.until)
