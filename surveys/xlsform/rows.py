"""The sheet `survey` as the rows of a draft: groups nested, refused and ignored rows reported.

Expressions and lists are checked later, with the same messages for every kind of file.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from surveys.authoring.drafts import GROUP, Row
from surveys.problem_list import ProblemList
from surveys.xlsform.formulas import literal, straightened
from surveys.xlsform.headings import TEXTS
from surveys.xlsform.sheets import one_line
from surveys.xlsform.tables import Record, Table
from surveys.xlsform.types import Role, RowType, read_type

CELLS = ("relevant", "constraint", "calculation", "choice_filter")
GRIDS = ("field-list", "table-list", "likert", "list-nolabel", "grid", "matrix")
YES_NO = {
    **dict.fromkeys(("", "no", "false", "false()", "0", "n"), False),
    **dict.fromkeys(("yes", "true", "true()", "1", "y"), True),
}
ASKED_ELSEWHERE = ("randomize", "seed", "rows", "value", "label")
"""Parameters of the specification that only change how other programs show a question."""
OWN_COLUMNS = ("max", "reversed")
SCALE = {"start": "1", "end": "10", "step": "1"}
"""The range of XLSForm when a form does not give one."""
PARAMETER = re.compile(r"(?<![^\s,;])([^\s=,;]+)\s*=\s*([^\s=,;]+)")
SECTIONS = {
    "repeat": (
        "is a repeated section, which a chat cannot ask.",
        'Ask "How many?" and then up to three copies with relevant ${n} >= 2.',
    ),
    "loop": (
        "is a loop, which other tools no longer support either.",
        "Write the questions out, once for each choice.",
    ),
}


@dataclass
class Section:
    """An open group: its first row, its kind and its rows."""

    record: Record | None = None
    type: str = GROUP
    rows: list[Row] = field(default_factory=list)


@dataclass
class SurveyReader:
    """Reads the rows of a survey; mistakes are reported and the reading goes on."""

    table: Table
    default: str
    problem_list: ProblemList
    first: list[Row] = field(default_factory=list)
    """Rows with a fixed value: known from the start, wherever they stand."""
    open: list[Section] = field(default_factory=lambda: [Section()])

    def rows(self) -> tuple[Row, ...]:
        """Return all rows of the survey as a draft has them."""
        for record in self.table.records():
            if not YES_NO.get(record.get("disabled").casefold(), False):
                self._record(record)
        while len(self.open) > 1:
            section = self.open[-1]
            if section.record:
                message = f"This {section.type} is not closed."
                fix = f"Add a row 'end {section.type}' after its last question."
                self.problem_list.error(section.record.at("type"), message, fix=fix)
            self._close(None)
        return (*self.first, *self.open[0].rows)

    def _record(self, record: Record) -> None:
        written = one_line(record.get("type"))
        if not written:
            self._without_type(record)
            return
        kind = read_type(written)
        if kind.role is Role.BEGIN:
            self._note_grid(record)
            self.open.append(Section(record, kind.type))
        elif kind.role is Role.END:
            self._end(record, kind)
        elif kind.role is Role.IGNORED:
            message = "is not recorded by this bot; the row is left out."
            self.problem_list.warning(record.at("type"), message, written)
        else:
            if kind.message:
                self.problem_list.error(record.at("type"), kind.message, written, kind.fix)
            self._item(record, kind)

    def _without_type(self, record: Record) -> None:
        if record.get("name") or any(column.name == "label" for column in record.cells):
            fix = "Write one, such as text or note, or clear the row."
            self.problem_list.error(record.at("type"), "This row has no type.", fix=fix)
        else:
            message = "This row has neither type nor name nor label; it is left out."
            self.problem_list.warning(record.place, message)

    def _end(self, record: Record, kind: RowType) -> None:
        section = self.open[-1]
        if section.record is None:
            message = f"This row ends a {kind.type} that does not begin before it."
            fix = f"Remove it, or add a row 'begin {kind.type}'."
            self.problem_list.error(record.at("type"), message, record.get("type"), fix)
            return
        if section.type != kind.type:
            begun = f"the {section.type} of row {section.record.number} is open"
            message = f"ends a {kind.type}, but {begun}."
            fix = f"Write end {section.type}."
            self.problem_list.error(record.at("type"), message, record.get("type"), fix)
        self._close(record)

    def _close(self, end: Record | None) -> None:
        """Turn the innermost section into a group; one that a chat cannot ask is reported first."""
        section = self.open.pop()
        record = section.record
        if record is None:
            return
        if section.type in SECTIONS and end:
            message, fix = SECTIONS[section.type]
            rows = f"{record.number} to {end.number}"
            name = record.get("name") or one_line(record.get("type"))
            self.problem_list.error(record.at("type"), f"in rows {rows} {message}", name, fix)
        self.open[-1].rows.append(
            Row(
                place=record.place,
                type=GROUP,
                name=record.get("name"),
                cells=self._cells(record, ("relevant",)),
                texts={"label": record.texts("label", self.default)},
                rows=tuple(section.rows),
                places=record.places(self.default),
            )
        )

    def _item(self, record: Record, kind: RowType) -> None:
        row = Row(
            place=record.place,
            type=kind.type,
            name=record.get("name"),
            cells=self._cells(record, (*CELLS, "loop")),
            texts={name: record.texts(name, self.default) for name in TEXTS},
            parameters=self._parameters(record, kind),
            required=self._required(record),
            places=self._places(record),
        )
        if kind.role is Role.FILLED:
            name = row.name or one_line(record.get("type")).replace(" ", "_")
            filled = replace(row, type="calculate", name=name, cells={"calculation": kind.type})
            self.first.append(filled)
        elif kind.role is Role.HIDDEN:
            self._hidden(record, row)
        elif kind.role is Role.ITEM:
            self._note_grid(record)
            self.open[-1].rows.append(self._with_default(record, row))
        else:
            # A plain question replaces a refused one, so that others can still refer to it.
            cells = {
                name: row.cells[name] for name in ("relevant", "constraint") if name in row.cells
            }
            self.open[-1].rows.append(replace(row, cells=cells, parameters={}))

    def _hidden(self, record: Record, row: Row) -> None:
        """Add a hidden value: a calculation, or one fixed text from the start."""
        default = record.get("default")
        if row.cells.get("calculation"):
            self.open[-1].rows.append(row)
        elif default:
            self.first.append(replace(row, cells={"calculation": literal(default)}))
        else:
            message = "This hidden row has neither a default nor a calculation; it is left out."
            self.problem_list.warning(record.at("type"), message)

    def _with_default(self, record: Record, row: Row) -> Row:
        default = record.get("default")
        if row.type == "calculate" and default and not row.cells.get("calculation"):
            return replace(row, cells={**row.cells, "calculation": literal(default)})
        if default and row.type != "calculate":
            message = "is not used: a chat fills in no answers before they are given."
            self.problem_list.warning(record.at("default"), message, default)
        return row

    def _note_grid(self, record: Record) -> None:
        appearance = record.get("appearance")
        if any(word in GRIDS for word in re.split(r"[\s,;]+", appearance)):
            message = "is not used: a chat asks these questions one by one."
            self.problem_list.warning(record.at("appearance"), message, appearance)

    def _cells(self, record: Record, names: Iterable[str]) -> dict[str, str]:
        cells = {name: record.get(name) for name in names}
        return {
            name: straightened(record, name, text, self.problem_list) if name in CELLS else text
            for name, text in cells.items()
            if text
        }

    def _required(self, record: Record) -> bool:
        text = record.get("required")
        known = YES_NO.get(text.casefold())
        if known is None:
            message = (
                "is a condition; here a question is required always or never. It is not required."
            )
            self.problem_list.warning(record.at("required"), message, text, "Write yes or no.")
        return bool(known)

    def _parameters(self, record: Record, kind: RowType) -> dict[str, str]:
        text = record.get("parameters")
        found = dict(PARAMETER.findall(text))
        if PARAMETER.sub("", text).strip(" ,;\n"):
            fix = "Write start=0 end=10 step=1, with spaces between them."
            self.problem_list.error(record.at("parameters"), "cannot be read.", text, fix)
        for name in [name for name in found if name in ASKED_ELSEWHERE]:
            del found[name]
            self.problem_list.warning(record.at("parameters"), "has no effect in a chat.", name)
        for name in OWN_COLUMNS:
            if name in found:
                fix = f"Write the number in a column of its own with the heading {name}."
                message = "is not a parameter that other tools know."
                text = f"{name}={found.pop(name)}"
                self.problem_list.error(record.at("parameters"), message, text, fix)
            if record.get(name):
                found[name] = record.get(name)
        return {**(SCALE if kind.type == "range" else {}), **found}

    def _places(self, record: Record) -> dict[str, str]:
        places = record.places(self.default)
        for name in OWN_COLUMNS:
            if record.get(name) and not record.get("parameters"):
                places["parameters"] = record.at(name)
        return places
