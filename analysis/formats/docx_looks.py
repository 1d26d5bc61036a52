"""How a Word file looks after it was filled: widths of columns, and texts from right to left."""

from typing import Any

from analysis.formats.scripts import direction

WIDE = 165
"""Width of a picture in millimetres."""
MANY, LABELS = 4, 0.3
"""The number of columns from which labels get more room, and their part of the width."""
CROWDED, FEWER_LABELS, SMALL = 7, 0.2, 7
"""The number of columns from which labels get less room, and the size of letters in points."""
_AFTER_BIDI = (
    "w:adjustRightInd", "w:snapToGrid", "w:spacing", "w:ind", "w:contextualSpacing",
    "w:mirrorIndents", "w:suppressOverlap", "w:jc", "w:textDirection", "w:textAlignment",
    "w:textboxTightWrap", "w:outlineLvl", "w:divId", "w:cnfStyle", "w:rPr", "w:sectPr",
    "w:pPrChange",
)  # fmt: skip
_AFTER_RTL = ("w:cs", "w:em", "w:lang", "w:eastAsianLayout", "w:specVanish", "w:oMath")
"""The elements after these two in the properties of a paragraph and a run, in the format's order."""


def widen(template: Any) -> None:
    """Give labels more room than counts in tables of many columns, so that no word is cut."""
    from docx.oxml.ns import qn
    from docx.shared import Mm

    for table in template.docx.element.body.iter(qn("w:tbl")):
        columns = table.tblGrid.gridCol_lst
        if len(columns) < MANY:
            continue
        labels = LABELS
        if len(columns) >= CROWDED:
            labels = FEWER_LABELS
            _crowd(table)
        others = len(columns) - 1
        widths = [Mm(WIDE * part) for part in (labels, *[(1 - labels) / others] * others)]
        for place, width in zip(columns, widths, strict=True):
            place.w = width
        for row in table.tr_lst:
            for place, width in zip(row.tc_lst, widths, strict=False):
                place.width = width


def _crowd(table: Any) -> None:
    """Set smaller letters with hardly any room beside them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Pt

    for run in table.iter(qn("w:r")):
        run.get_or_add_rPr().sz_val = Pt(SMALL)
    margins = OxmlElement("w:tblCellMar")
    for side in ("w:left", "w:right"):
        edge = OxmlElement(side)
        edge.set(qn("w:w"), "30")
        edge.set(qn("w:type"), "dxa")
        margins.append(edge)
    look = table.tblPr.find(qn("w:tblLook"))
    if look is None:
        table.tblPr.append(margins)
    else:
        look.addprevious(margins)


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
            paragraph.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
        for run in part.iter(qn("w:r")):
            if direction("".join(text.text or "" for text in run.iter(qn("w:t")))) == "rtl":
                properties = run.get_or_add_rPr()
                if properties.find(qn("w:rtl")) is None:
                    properties.insert_element_before(OxmlElement("w:rtl"), *_AFTER_RTL)


def turn_quotes(template: Any) -> None:
    """Set quotes from right to left in a left-to-right report: else Word reorders English names."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for paragraph in template.docx.element.body.iter(qn("w:p")):
        if next(paragraph.iter(qn("w:rtl")), None) is not None:
            paragraph.get_or_add_pPr().insert_element_before(OxmlElement("w:bidi"), *_AFTER_BIDI)
