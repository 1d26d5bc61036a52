"""The report as data, for every format to render. Texts are ready to print; nothing is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from analysis.figures import Figure

Cell = str | int


@dataclass(frozen=True)
class Table:
    """Rows under column headings; integer cells are counts, also used as lengths in charts.

    `chart` names how the rows are also drawn: stages, moves, bars or grouped bars; else ''. Bars are
    drawn as parts of `base`, the people or administrations that could have been counted in each.
    `finding` says in a sentence what the rows show, and `most` are the labels that it names; both are
    empty where these readers may not know. Where `in_annex`, only the picture stands here: the annex
    has the rows. The first `names` columns name a row; what stands in them is no number.
    """

    key: str
    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    note: str = ""
    chart: str = ""
    base: int = 0
    finding: str = ""
    most: tuple[str, ...] = ()
    in_annex: bool = False
    names: int = 1

    @property
    def filled(self) -> bool:
        """Whether there is anything below the heading."""
        return bool(self.rows or self.note)


@dataclass(frozen=True)
class Quote:
    """What somebody wrote, in its own language, with permission; `source` says from whom."""

    text: str
    language: str
    source: str


@dataclass(frozen=True)
class Section:
    """One part of the report. `notes` are whole sentences; an `annex` is only in long formats."""

    key: str
    heading: str
    figures: tuple[Figure, ...] = ()
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    annex: bool = False

    @property
    def filled_tables(self) -> tuple[Table, ...]:
        """The tables that have anything below their heading."""
        return tuple(table for table in self.tables if table.filled)

    @property
    def filled(self) -> bool:
        """Whether there is anything below the heading."""
        return bool(self.figures or self.filled_tables or self.notes or self.quotes)


@dataclass(frozen=True)
class Chapter:
    """A numbered chapter of the long formats: the keys of its sections, and what it is about.

    `finding` opens it in a sentence; `more` says where its other tables are. An annex has a letter,
    and the executive summary, which comes first in a long report, no number.
    """

    number: str
    heading: str
    sections: tuple[str, ...]
    finding: str = ""
    more: str = ""
    annex: bool = False


@dataclass(frozen=True)
class Report:
    """A whole report. With too few answers `notice` says so and there are no results.

    `title` is the finding; `headlines` are the six figures; `method` says how to read it all.
    `cut_off` is aware UTC: facts after it are not in the report. `cover` are the labelled facts of
    the first page of the long formats; `footer` stands on every page, and so does `mark`, a word of
    warning, where there is one. `office` made the report. `layout` names its page, if it is not that
    of a report on workshops. The formats that draw give `labels`, the
    few words that belong to the frame and not to a section. `subject` is the part of the title before
    its finding, '' where there is none. `news` are five lines for anybody, in a report for readers
    outside the office. `told` is what it tells them of each question, for reports made later: no format
    prints it.
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
    chapters: tuple[Chapter, ...] = ()
    cover: tuple[tuple[str, str], ...] = ()
    labels: Mapping[str, str] = field(default_factory=dict)
    workshops: tuple[str, ...] = field(default=())
    mark: str = ""
    office: str = ""
    layout: str = ""
    subject: str = ""
    news: tuple[str, ...] = ()
    told: Mapping[str, Mapping[str, Any]] = field(default_factory=dict, compare=False, repr=False)
