"""Lines of the audit log are found by who, act, code and days, on both databases."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection

from storage.database import Database
from storage.office.audit import Act, Entry, note_act
from storage.office.audit_search import AuditFilter, count_lines, find_lines

NOW = datetime(2018, 6, 8, tzinfo=UTC)
LINES = (
    ("S-ANN", Act.WAVE_OPENED, "IPR-2018 M6"),
    ("command line (root)", Act.WAVE_OPENED, "ipr-2018: moved"),
    ("plan", Act.WAVE_CLOSED, "IPR-20181 M6"),
    ("S-ANN", Act.REPORTED, "IPR-2018/IPR12"),
    ("S-ANNA", Act.WAVE_HELD, "100% M6_x"),
)


def written(connection: Connection) -> None:
    for day, (who, act, about) in enumerate(LINES):
        note_act(connection, Entry(NOW + timedelta(days=day), who, act, about, {}))


@pytest.mark.parametrize(
    ("wanted", "found"),
    [
        (AuditFilter(), [4, 3, 2, 1, 0]),
        (AuditFilter(who="S-ANN"), [3, 0]),
        (AuditFilter(who="command line"), [1]),
        (AuditFilter(act=Act.WAVE_OPENED), [1, 0]),
        (AuditFilter(about=("Ipr-2018",)), [3, 1, 0]),
        (AuditFilter(about=("IPR-2018/IPR12",)), [3]),
        (AuditFilter(about=("M6", "ipr-20181")), [2, 0]),
        (AuditFilter(about=("100%",)), [4]),
        (AuditFilter(about=("%",)), []),
        (AuditFilter(about=("M6?x",)), []),
        (AuditFilter(since=NOW + timedelta(days=1), until=NOW + timedelta(days=3)), [2, 1]),
    ],
)
def test_lines_are_found(database: Database, wanted: AuditFilter, found: list[int]) -> None:
    database.run(written)
    lines = [entry for _, entry in database.read(find_lines, wanted)]
    assert [one.about for one in lines] == [LINES[number][2] for number in found]
    assert database.read(count_lines, wanted) == len(found)


def test_a_page_begins_below_the_line_before(database: Database) -> None:
    database.run(written)
    first = database.read(find_lines, AuditFilter(), 2)
    second = database.read(find_lines, AuditFilter(), 2, first[-1][0])
    assert [one.about for _, one in second] == [LINES[2][2], LINES[1][2]]
