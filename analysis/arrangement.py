"""What a long report shows in its chapters, and what in its annex; the formats only draw it.

A chapter opens with its finding, then one picture, then at most one table. Everything else is in the
annex of the same name, with the numbers of the picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from string import ascii_uppercase

from analysis.model import Chapter, Report, Section, Table

Place = tuple[str, str]
"""A section and one of its tables, by their keys."""
REPLIES: Place = ("fieldwork", "replied")
"""The picture that is made of the figures of its section."""
PICTURES: tuple[Place, ...] = (
    REPLIES,
    ("actions", "actions"),
    ("stages", "stages"),
    ("effects", "effects"),
    ("improvement", "paired"),
    ("projects", "project"),
    ("obstacles", "obstacles"),
    ("groups", "multiples"),
    ("trend", "multiples"),
)
TABLES: tuple[Place, ...] = (
    ("workshops", "workshops"),
    ("commitments", "commitments"),
    ("anchors", "anchors"),
    ("effects", "effects_by_source"),
    ("improvement", "observes"),
    ("titles", "project_titles"),
    ("titles", "anchor_titles"),
    ("stage_table", "stage_table"),
    ("needs", "help"),
    ("operations", "operation_results"),
    ("groups", "groups_workshop"),
    ("trend", "trend"),
    ("levels", "criteria"),
    ("recommendations", "recommendations"),
    ("next", "next"),
)
ANNEXES = frozenset(("abbreviations", "glossary", "questions"))
"""Sections that are an annex as they are; those of `Section.annex` are too."""
WHOLE = frozenset(("own", "stories"))
"""Sections that stay whole in their chapter: they tell of single cases, not of all."""
SUMMARY = ("sure", "next")
"""Sections of the executive summary, which has no number."""


@dataclass(frozen=True)
class _Choice:
    """The places of the picture and of the table of a chapter, if it has them, and its finding.

    `reason` is the place of the empty table whose note is the finding, if it is one. A chapter that has
    nothing of all this is `bare`: its sections keep what they say besides tables.
    """

    picture: Place | None = None
    table: Place | None = None
    finding: str = ""
    reason: Place | None = None

    @property
    def bare(self) -> bool:
        return not (self.picture or self.table or self.finding)


Cut = tuple[Chapter, tuple[Section, ...]]
"""A chapter and what stands in it."""


def arranged(report: Report) -> Report:
    """Return the same report cut into chapters with one picture and one table, and annexes.

    What is no report on workshops, or has no results, stays as it is.
    """
    if report.layout or report.notice or all(one.key != "workshops" for one in report.sections):
        return report
    placed = {one.key: _with_replies(one, report) for one in report.sections}
    body: list[Cut] = []
    annexes: list[Cut] = []
    for chapter in report.chapters:
        keys = (key for key in chapter.sections if key in placed and key not in SUMMARY)
        parts = tuple(placed[key] for key in keys)
        if not parts:
            continue
        if all(one.annex or one.key in ANNEXES for one in parts):
            annexes.append((chapter, parts))
            continue
        choice = _choice(parts)
        rest = _filled(_shortened(_rest(one, choice), report) for one in parts)
        annexes += [(_annex_of(chapter, report), rest)] if rest else []
        more = _more(len(annexes), report) if rest else ""
        opened = replace(chapter, finding=choice.finding, more=more)
        # The picture comes first, whatever the order of the sections.
        order = sorted(parts, key=lambda one: (one.key,) != (choice.picture or ())[:1])
        kept = _filled(_kept(one, choice) for one in order)
        if kept or opened.finding or opened.more:
            body.append((opened, kept))
    first = tuple(placed[key] for key in SUMMARY if key in placed)
    return _assembled(report, first, body, annexes)


def _with_replies(section: Section, report: Report) -> Section:
    """Return the fieldwork with its figures as the rows of a picture; any other section as it is."""
    key, name = REPLIES
    if section.key != key or not section.figures:
        return section
    words = report.labels
    columns = ("", words["replied"], words["asked"], words["share"])
    rows = tuple(
        (
            one.label,
            one.value if one.base else one.text,
            one.base or "",
            words["comma"].join(filter(None, (one.text, one.note))),
        )
        for one in section.figures
    )
    finding = section.tables[0].finding if section.tables else ""
    told = Table(name, words["replied"], columns, rows, words.get("rr2", ""), "shares", 0, finding)
    return replace(section, figures=(), tables=(told, *section.tables))


def _choice(parts: Sequence[Section]) -> _Choice:
    """Return what a chapter shows: a picture and a table, or a table, or why there is neither.

    A picture that cannot be drawn is the table, and one without rows says why. Where the plan has
    nothing to show, the first table with rows is it.
    """
    drawn = next(_found(PICTURES, parts), None)
    if drawn and drawn[1].rows and not _can_be_drawn(drawn[1]):
        return _Choice(None, drawn[0], drawn[1].finding)
    listed = next((one for one in _found(TABLES, parts) if one[1].rows), None)
    if drawn and drawn[1].rows:
        return _Choice(drawn[0], listed and listed[0], drawn[1].finding)
    reason = drawn if drawn and drawn[1].note else None
    if not reason and not listed:
        listed = next((one for one in _all(parts) if one[1].rows), None)
    if not reason and not listed:
        reason = next((one for one in _all(parts) if one[1].note), None)
    finding = reason[1].note if reason else listed[1].finding if listed else ""
    return _Choice(None, listed and listed[0], finding, reason and reason[0])


def _can_be_drawn(table: Table) -> bool:
    """Return whether a table has a bar: one of moves has none where some of them are hidden."""
    if table.chart != "moves":
        return bool(table.chart)
    return any(all(isinstance(cell, int) for cell in row[1:5]) for row in table.rows)


def _all(parts: Sequence[Section]) -> Iterator[tuple[Place, Table]]:
    """Yield all tables of a chapter with their places, except of sections that stay whole."""
    split = (part for part in parts if part.key not in WHOLE)
    return (((part.key, one.key), one) for part in split for one in part.tables)


def _found(places: Sequence[Place], parts: Sequence[Section]) -> Iterator[tuple[Place, Table]]:
    """Yield the tables of a chapter that stand at some places, in the order of these."""
    there = dict(_all(parts))
    return ((place, there[place]) for place in places if place in there)


def _kept(section: Section, choice: _Choice) -> Section:
    """Return what of a section stands in its chapter: all of one without tables."""
    if section.key in WHOLE or not section.tables:
        return section
    drawn = [_drawn(one) for one in section.tables if (section.key, one.key) == choice.picture]
    listed = [
        _plain(one, choice) for one in section.tables if (section.key, one.key) == choice.table
    ]
    kept = replace(section, tables=(*drawn, *listed))
    return kept if drawn or choice.bare else replace(kept, figures=(), notes=())


def _rest(section: Section, choice: _Choice) -> Section:
    """Return what of a section stands in the annex: all other tables, and the rows of the picture."""
    if section.key in WHOLE or not section.tables:
        return replace(section, figures=(), tables=(), notes=(), quotes=())
    others = tuple(
        _plain(one, choice)
        for one in section.tables
        if (section.key, one.key) not in (choice.table, choice.reason)
    )
    here = choice.bare or (choice.picture is not None and choice.picture[0] == section.key)
    moved = replace(section, key=f"{section.key}_more", tables=others, quotes=())
    return replace(moved, figures=(), notes=()) if here else moved


def _shortened(section: Section, report: Report) -> Section:
    """Return a section of the annex with a line on all tables that are empty for the same reason."""
    words = report.labels
    empty: dict[str, list[str]] = {}
    for one in section.tables:
        if one.note and not one.rows:
            empty.setdefault(one.note, []).append(one.heading)
    notes = (words["comma"].join(names) + words["colon"] + why for why, names in empty.items())
    kept = tuple(one for one in section.tables if one.rows)
    return replace(section, tables=kept, notes=(*section.notes, *notes))


def _drawn(table: Table) -> Table:
    """Return a table as the picture of its chapter, whose sentence opens the chapter."""
    return replace(table, finding="", in_annex=True)


def _plain(table: Table, choice: _Choice) -> Table:
    """Return a table that is not drawn, without the sentence that opens the chapter."""
    finding = "" if table.finding == choice.finding else table.finding
    return replace(table, chart="", finding=finding)


def _filled(sections: Iterable[Section]) -> tuple[Section, ...]:
    return tuple(one for one in sections if one.filled)


def _annex_of(chapter: Chapter, report: Report) -> Chapter:
    heading = report.labels["annex"] + report.labels["colon"] + chapter.heading
    return replace(chapter, heading=heading)


def _more(number: int, report: Report) -> str:
    """Return where the other tables of a chapter are, by the number of its annex."""
    words = report.labels
    return f"{words['more']}{words['colon']}{words['annex']} {_letters(number)}"


def _letters(number: int) -> str:
    """Return the letters of an annex by its number: A to Z, then AA, AB and so on."""
    rest, last = divmod(number - 1, len(ascii_uppercase))
    return (_letters(rest) if rest else "") + ascii_uppercase[last]


def _assembled(
    report: Report, first: Sequence[Section], body: Sequence[Cut], annexes: Sequence[Cut]
) -> Report:
    """Return the report with its summary, then its chapters numbered, those of the annex by letters."""
    summary = Chapter("", report.labels["summary"], _keys(first))
    chapters = [
        replace(chapter, number=str(number), sections=_keys(parts))
        for number, (chapter, parts) in enumerate(body, start=1)
    ]
    lettered = [
        replace(chapter, number=_letters(number), sections=_keys(parts), annex=True)
        for number, (chapter, parts) in enumerate(annexes, start=1)
    ]
    cut = (*first, *(part for _, parts in (*body, *annexes) for part in parts))
    return replace(report, chapters=(summary, *chapters, *lettered), sections=cut)


def _keys(parts: Sequence[Section]) -> tuple[str, ...]:
    return tuple(one.key for one in parts)
