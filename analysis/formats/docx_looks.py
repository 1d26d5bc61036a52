"""How a Word file looks after it was filled: widths of columns, and texts from right to left."""

from collections.abc import Container, Mapping
from copy import deepcopy
from itertools import pairwise
from math import ceil
from typing import Any

from analysis.formats.office_files import tag_of
from analysis.formats.scripts import direction

WIDE = 165
"""Width of a picture in millimetres."""
MANY = 4
"""The number of columns from which labels get more room."""
ONE_LABEL, LABEL = 0.3, 0.22
"""The part of the width of the only column of labels, and of each of several."""
NUMBER, TEXT = 0.06, 0.54
"""The part of the width of a column that numbers the rows, and of the text beside it."""
LONGEST_NUMBER = 4
MOST = 6
"""The most columns that fit a page in letters of the usual size; what has more is two tables or more."""
SHORT = 13
"""The most rows, with the head, of a table that is not broken over two pages."""
UPRIGHT = frozenset(("fa", "km", "lo", "th", "zh"))
"""Languages whose letters are never slanted."""
OTHER_LETTERS = {"fa": ("bidi",), "km": ("bidi",), "th": ("bidi",), "zh": ("eastAsia",)}
"""What Word calls the letters of languages that it does not count as Latin."""
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip
_AFTER_RTL = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")
"""The elements after these two in the properties of a paragraph and a run, in the format's order."""


def widen(template: Any, names: Mapping[tuple[str, ...], int]) -> None:
    """Give labels more room than counts in tables of many columns, and split those of too many.

    `names` says by the heads of a table how many of its columns name a row: each part repeats them.
    """
    from docx.oxml.ns import qn

    for table in list(template.docx.element.body.iter(qn("w:tbl"))):
        labels = names.get(_heads(table), 1)
        for part in _parts(table, labels):
            _set_widths(part, labels)


def _heads(table: Any) -> tuple[str, ...]:
    cells = table.tr_lst[0].tc_lst if table.tr_lst else ()
    return tuple(map(_words, cells))


def _parts(table: Any, labels: int) -> list[Any]:
    """Return the tables that a table is split into, as even as they can be; itself if it fits."""
    columns = len(table.tblGrid.gridCol_lst)
    whole = all(len(row.tc_lst) == columns for row in table.tr_lst)
    if columns <= MOST or labels >= MOST or not whole:
        return [table]
    number = ceil((columns - labels) / (MOST - labels))
    cuts = [labels + (columns - labels) * one // number for one in range(number + 1)]
    kept = [{*range(labels), *range(first, last)} for first, last in pairwise(cuts)]
    parts = [table, *(deepcopy(table) for _ in kept[1:])]
    for before, part in pairwise(parts):
        _put_after(before, part)
    for part, wanted in zip(parts, kept, strict=True):
        _keep_columns(part, wanted)
    return parts


def _put_after(table: Any, other: Any) -> None:
    """Put a table below another one: Word makes two into one where no paragraph stands between."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    between, properties, spacing = (OxmlElement(name) for name in ("w:p", "w:pPr", "w:spacing"))
    for side, twips in (("before", "0"), ("after", "0"), ("line", "160")):
        spacing.set(qn(f"w:{side}"), twips)
    spacing.set(qn("w:lineRule"), "exact")
    properties.append(spacing)
    between.append(properties)
    table.addnext(between)
    between.addnext(other)


def _keep_columns(table: Any, wanted: Container[int]) -> None:
    for line in (table.tblGrid.gridCol_lst, *(row.tc_lst for row in table.tr_lst)):
        for place, one in enumerate(list(line)):
            if place not in wanted:
                one.getparent().remove(one)


def _set_widths(table: Any, labels: int) -> None:
    """Give the columns of labels more room than the others."""
    from docx.shared import Mm

    columns = table.tblGrid.gridCol_lst
    if len(columns) < MANY or labels >= len(columns):
        return
    parts = [ONE_LABEL if labels == 1 else LABEL] * labels
    if labels == 1 and _numbered(table):
        parts = [NUMBER, TEXT]
    others = len(columns) - len(parts)
    parts += [(1 - sum(parts)) / others] * others
    widths = [Mm(WIDE * part) for part in parts]
    for place, width in zip(columns, widths, strict=True):
        place.w = width
    for row in table.tr_lst:
        for place, width in zip(row.tc_lst, widths, strict=False):
            place.width = width


def _numbered(table: Any) -> bool:
    """Return whether the first column only numbers the rows."""
    return all(len(_words(row.tc_lst[0])) <= LONGEST_NUMBER for row in table.tr_lst)


def keep_together(template: Any) -> None:
    """Keep rows whole, and those of short tables on one page; longer ones repeat their heads."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for table in template.docx.element.body.iter(qn("w:tbl")):
        rows = list(table.tr_lst)
        for row in rows:
            properties = row.get_or_add_trPr()
            if properties.find(qn("w:cantSplit")) is None:
                properties.insert(0, OxmlElement("w:cantSplit"))
        if len(rows) > SHORT:
            continue
        for row in rows[:-1]:
            for paragraph in row.iter(qn("w:p")):
                paragraph.get_or_add_pPr().get_or_add_keepNext()


def keep_ends(template: Any, ends: Container[str]) -> None:
    """Keep each of some lines on the page of what stands before it, and quotes with who said them."""
    from docx.oxml.ns import qn

    for paragraph in template.docx.element.body.iter(qn("w:p")):
        if _is_quote(paragraph):
            paragraph.get_or_add_pPr().get_or_add_keepNext()
        before = paragraph.getprevious()
        if before is None or _words(paragraph) not in ends:
            continue
        held = [before] if before.tag == qn("w:p") else before.tr_lst[-1].iter(qn("w:p"))
        for one in held:
            one.get_or_add_pPr().get_or_add_keepNext()


def set_language(template: Any, language: str) -> None:
    """Say which language the words are in: spelling is checked and words are read aloud in it."""
    from docx.oxml.ns import qn

    for found in template.docx.styles.element.iter(qn("w:lang")):
        for letters in ("val", *OTHER_LETTERS.get(language, ())):
            found.set(qn(f"w:{letters}"), tag_of(language))


def set_upright(template: Any) -> None:
    """Take the slant from all styles: letters of these scripts have none, and their digits alone do."""
    for style in template.docx.styles:
        font = getattr(style, "font", None)
        if font is not None and font.italic:
            font.italic = False


def turn_round(template: Any) -> None:
    """Set paragraphs, tables and pages from right to left; Word keeps English names in order."""
    from docx.enum.table import WD_TABLE_DIRECTION
    from docx.opc.constants import RELATIONSHIP_TYPE as RT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    document = template.docx
    for table in document.tables:
        table.table_direction = WD_TABLE_DIRECTION.RTL
    # docxtpl replaces the footer part, which the section does not notice.
    edges = (RT.HEADER, RT.FOOTER)
    feet = [r.target_part.element for r in document.part.rels.values() if r.reltype in edges]
    for part in (document.element.body, *feet):
        for paragraph in part.iter(qn("w:p")):
            # A quote in other letters keeps its own direction.
            if not _is_quote(paragraph) or direction(_words(paragraph)) == "rtl":
                properties = paragraph.get_or_add_pPr()
                properties.insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for run in part.iter(qn("w:r")):
            if direction(_words(run)) == "rtl":
                properties = run.get_or_add_rPr()
                if properties.find(qn("w:rtl")) is None:
                    properties.insert_element_before(OxmlElement("w:rtl"), *_AFTER_RTL)


def _is_quote(paragraph: Any) -> bool:
    """Return whether a paragraph is a quote: only these name their language."""
    from docx.oxml.ns import qn

    return next(paragraph.iter(qn("w:lang")), None) is not None


def _words(element: Any) -> str:
    """Return the words of a paragraph, a run or a cell."""
    from docx.oxml.ns import qn

    return "".join(text.text or "" for text in element.iter(qn("w:t")))


def turn_quotes(template: Any) -> None:
    """Set quotes from right to left in a left-to-right report: else Word reorders English names."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for paragraph in template.docx.element.body.iter(qn("w:p")):
        if next(paragraph.iter(qn("w:rtl")), None) is not None:
            paragraph.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
