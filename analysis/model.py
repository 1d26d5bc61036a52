"""The report as data: what every format renders. Texts are ready to print; nothing is counted."""

from dataclasses import dataclass, field
from datetime import datetime

from analysis.figures import Figure

Cell = str | int


@dataclass(frozen=True)
class Table:
    """Rows under column headings; integer cells are counts, also used as lengths in charts."""

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """One part of the report. `notes` are whole sentences."""

    key: str
    heading: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Report:
    """A whole report. With too few answers `notice` says so and there are no results.

    `title` is the finding; `headlines` are the four numbers; `method` says how to read it all.
    `cut_off` is aware UTC: facts after it are not in the report.
    """

    title: str
    subtitle: str
    written: str
    cut_off: datetime
    language: str
    notice: str = ""
    in_short: tuple[str, ...] = ()
    headlines: tuple[Figure, ...] = ()
    sections: tuple[Section, ...] = ()
    method: tuple[str, ...] = ()
    footer: str = ""
    workshops: tuple[str, ...] = field(default=())
