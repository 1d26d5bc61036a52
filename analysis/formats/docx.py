"""The report as a Word file, filled into `templates/report.docx`, which staff may edit in Word."""

from collections.abc import Iterable, Sequence
from importlib import resources
from io import BytesIO
from itertools import count
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from jinja2 import TemplateError

from analysis.arrangement import arranged
from analysis.formats.docx_looks import (
    UPRIGHT,
    WIDE,
    keep_ends,
    keep_together,
    set_language,
    set_upright,
    turn_quotes,
    turn_round,
    widen,
)
from analysis.formats.html import told
from analysis.formats.json import structured
from analysis.formats.office_files import describe, without_traces
from analysis.formats.scripts import direction
from analysis.formats.typesetting import typeset
from analysis.model import Quote, Report, Section, Table
from analysis.printable import cleaned
from surveys.bidi import right_to_left

TEMPLATE = "report.docx"
PICTURES = "pictures.typ"
PIXELS_PER_INCH = 150


UNREADABLE = (
    "The template {name} cannot be read as a document: save it as .docx, not as .dotx or .doc, and look "
    "at reports.word in the configuration."
)
UNTAGGED = (
    "The template {name} has no tag of the report, such as {{{{ report.title }}}}, so the report would "
    "not be in it. Begin with a copy of the packaged one: `followup report template`."
)
WRONG_TAGS = "The template {name} has a tag that cannot be filled: {problem}"


def render(report: Report, template: Path | None = None) -> bytes:
    """Return a Word file whose pictures have their numbers as alternative text.

    It is filled into the template of the office if there is one. Raise Conflict for one that cannot be.
    """
    document = _opened(template)
    report = arranged(report)
    parts = _parts(document, report)
    filled = structured(report)
    filled["long"] = any(not one.number for one in report.chapters)
    filled["shown"] = _shown(report)
    for chapter in filled["chapters"]:
        chapter["parts"] = [parts[key] for key in chapter["sections"]]
    _number(filled["chapters"])
    annexes = (one["mark"] for one in filled["chapters"] if one["annex"])
    filled["first_annex"] = next(annexes, None)
    _fill(document, {"report": _clean(filled)}, template)
    widen(document, _names(report))
    keep_together(document)
    keep_ends(document, {cleaned(one.more) for one in report.chapters if one.more})
    if report.language in UPRIGHT:
        set_upright(document)
    if right_to_left(report.language):
        turn_round(document)
    else:
        turn_quotes(document)
    set_language(document, report.language)
    describe(document.docx.core_properties, report)
    made = BytesIO()
    document.save(made)
    return without_traces(made.getvalue())


def _names(report: Report) -> dict[tuple[str, ...], int]:
    """Return how many columns name a row of the tables of a report, by their heads."""
    tables = (table for section in report.sections for table in section.tables)
    return {tuple(map(cleaned, one.columns)): one.names for one in tables}


def _shown(report: Report) -> list[str]:
    """Return what the chapters show, as lines of the summary, besides what is said in short."""
    told = (one for one in report.chapters if one.finding and one.finding not in report.in_short)
    return [f"{one.number} {one.heading}{report.labels['colon']}{one.finding}" for one in told]


def check(template: Path) -> None:
    """Raise Conflict for a template that cannot be read, or has no tag of the report."""
    _opened(template)


def _opened(template: Path | None) -> Any:
    """Return a template that can be filled, the packaged one if the office has none."""
    from docxtpl import DocxTemplate

    from storage.database import Conflict

    if template is None:
        source = resources.files("analysis") / "templates" / TEMPLATE
        return DocxTemplate(BytesIO(source.read_bytes()))
    try:
        document = DocxTemplate(BytesIO(template.read_bytes()))
        document.init_docx()
        named = document.get_undeclared_template_variables()
    except TemplateError as problem:
        raise Conflict(WRONG_TAGS.format(name=template.name, problem=problem)) from problem
    except Exception as problem:
        raise Conflict(UNREADABLE.format(name=template.name)) from problem
    if "report" not in named:
        raise Conflict(UNTAGGED.format(name=template.name))
    return document


def _fill(document: Any, data: dict[str, Any], template: Path | None) -> None:
    """Fill the tags. Raise Conflict for one that names what no report has."""
    from storage.database import Conflict

    try:
        document.render(data, autoescape=True)
    except TemplateError as problem:
        name = template.name if template else TEMPLATE
        raise Conflict(WRONG_TAGS.format(name=name, problem=problem)) from problem


def _drawn(sections: Iterable[Section]) -> list[Table]:
    """Yield the tables that have a picture, in the order of the sections."""
    tables = (table for section in sections for table in section.tables)
    return [table for table in tables if table.chart and table.rows]


def _parts(template: Any, report: Report) -> dict[str, dict[str, Any]]:
    """Return sections as the template reads them, by key, with pictures and quotes to insert."""
    drawn = _drawn(report.sections)
    # Drawn as wide as they are printed, so that no letter gets smaller.
    sized = structured(report) | {"printed": WIDE - 1}
    pages = typeset(PICTURES, sized, report.cut_off, PIXELS_PER_INCH) if drawn else []
    pictures = {
        id(table): _picture(template, page, told(table, report.labels))
        for table, page in zip(drawn, pages, strict=True)
    }
    return {section.key: _part(section, pictures) for section in report.sections}


def _part(section: Section, pictures: dict[int, Any]) -> dict[str, Any]:
    tables = [
        {
            "heading": table.heading,
            "columns": table.columns,
            "rows": table.rows,
            "note": table.note,
            "finding": table.finding,
            "in_annex": table.in_annex,
            "picture": pictures.get(id(table)),
        }
        for table in section.filled_tables
    ]
    return {
        "heading": section.heading,
        "figures": section.figures,
        "tables": tables,
        "quotes": [_quote(quote) for quote in section.quotes],
        "notes": section.notes,
    }


def _number(chapters: Sequence[dict[str, Any]]) -> None:
    """Give chapters their titles and marks for the contents, and tables and pictures numbers."""
    marks, tables, drawn = count(1), count(1), count(1)
    for chapter in chapters:
        chapter["titled"] = f"{chapter['number']} {chapter['heading']}".strip()
        chapter["mark"] = next(marks)
        for part in chapter["parts"]:
            part["mark"] = next(marks)
            for table in part["tables"]:
                table["number_of_picture"] = next(drawn) if table["picture"] else ""
                shown = table["rows"] and not table["in_annex"]
                table["number_of_table"] = next(tables) if shown else ""


def _quote(quote: Quote) -> dict[str, Any]:
    """Return a quote whose words carry their language and their direction."""
    from docxtpl import RichText

    right_to_left = direction(quote.text) == "rtl"
    words = RichText(cleaned(quote.text), lang=quote.language, rtl=right_to_left)
    return {"words": words, "source": quote.source}


def _clean(data: Any) -> Any:
    """Return the same data without characters that XML does not allow."""
    if isinstance(data, str):
        return cleaned(data)
    if isinstance(data, dict):
        return {key: _clean(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_clean(value) for value in data]
    return data


def _picture(template: Any, page: bytes, words: str) -> Any:
    """Return a picture to insert, with its alternative text."""
    from docx.shared import Mm
    from docxtpl import InlineImage

    class Described(InlineImage):  # type: ignore[misc]
        def _insert_image(self) -> str:
            place = f"<wp:docPr descr={quoteattr(cleaned(words))} "
            return str(super()._insert_image()).replace("<wp:docPr ", place, 1)

    return Described(template, BytesIO(page), width=Mm(WIDE))
