"""A table of which nothing may be told is a line, without rows of “not shown”."""

from analysis.model import Section, Table
from analysis.sections.hidden_rows import in_a_line
from analysis.wording import ReportWords

SAY = ReportWords("en")
HIDDEN = "not shown"


def told(*rows: tuple[str | int, ...], names: int = 1) -> Table:
    table = Table("t", "Moved", ("Between", "Up", "Down"), rows, "A note.", names=names)
    (found,) = in_a_line(Section("s", "S", tables=(table,)), SAY).tables
    return found


def test_a_table_of_hidden_cells_says_the_reason_in_a_line() -> None:
    found = told(("A", HIDDEN, HIDDEN), ("B", HIDDEN, HIDDEN))
    assert found.rows == ()
    assert found.note == "Not shown: too few answers, or a small group to protect."


def test_a_table_with_one_number_keeps_all_its_rows() -> None:
    rows = (("A", HIDDEN, HIDDEN), ("B", 7, HIDDEN))
    assert told(*rows).rows == rows


def test_the_group_of_an_obstacle_is_no_number() -> None:
    assert told(("Who gives out the work", "No chance to use it", HIDDEN), names=2).rows == ()
