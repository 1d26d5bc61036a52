"""Make the PowerPoint template `report.pptx`; staff may also edit that file in PowerPoint.

Run it as a script. `analysis.formats.slides` fills its two layouts.
"""

import re
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.oxml import parse_xml
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

WIDE, HIGH = Inches(13.333), Inches(7.5)
KEPT = {"title": "Title Slide", "titleOnly": "Title Only"}
"""The layouts that are kept, by their type."""
COLOURS = {
    "dk1": "1D2733",
    "lt1": "FFFFFF",
    "dk2": "14508C",
    "lt2": "E6EFF8",
    "accent1": "14508C",
    "accent2": "7FA9D4",
    "accent3": "C77700",
    "accent4": "C9D2DB",
    "accent5": "566272",
    "accent6": "2E7D5B",
    "hlink": "14508C",
    "folHlink": "566272",
}
"""They differ in lightness too, for readers who see no colour and for black and white."""
FACES = {
    "Arab": "Arial",
    "Hans": "Microsoft YaHei",
    "Thai": "Leelawadee UI",
    "Khmr": "Leelawadee UI",
    "Laoo": "Leelawadee UI",
    "Viet": "Arial",
}
"""The faces of Office for scripts, used in both font schemes of the theme."""
LATIN = "Arial"
"""A face that PowerPoint has everywhere, and LibreOffice as Liberation Sans of the same widths."""
ANCHORS = {"title": "b", "ctrTitle": "b", "ftr": "ctr", "sldNum": "ctr"}
LEFT, ACROSS = Inches(0.7), Inches(11.93)
PLACES = {
    "title": (LEFT, Inches(0.4), ACROSS, Inches(1.1)),
    "ctrTitle": (LEFT, Inches(1.6), ACROSS, Inches(2.3)),
    "subTitle": (LEFT, Inches(4.1), ACROSS, Inches(1.9)),
    "body": (LEFT, Inches(1.9), ACROSS, Inches(4.8)),
    "ftr": (LEFT, Inches(6.85), Inches(10.8), Inches(0.5)),
    "sldNum": (Inches(11.63), Inches(6.85), Inches(1), Inches(0.5)),
}
"""Left, top, width and height of each kind of placeholder."""


def make() -> Any:
    """Return the template as a presentation of python-pptx."""
    made: Any = Presentation()
    made.slide_width, made.slide_height = WIDE, HIGH
    _forget(made)
    _keep_layouts(made)
    master = made.slide_master
    for holder in (master, *made.slide_layouts):
        _place(holder)
    _set_looks(master)
    _set_theme(master)
    return made


def _forget(made: Any) -> None:
    """Remove the printer and the small picture of another file, which the library puts into each."""
    for links in (made.part.package._rels, made.part.rels):
        for number, link in list(links.items()):
            if link.reltype.endswith(("thumbnail", "printerSettings")):
                links.pop(number)


def _keep_layouts(made: Any) -> None:
    for layout in list(made.slide_layouts):
        if layout._element.get("type") in KEPT:
            layout.name = KEPT[layout._element.get("type")]
        else:
            made.slide_layouts.remove(layout)


def _place(holder: Any) -> None:
    """Put the placeholders of a master or layout in their places; dates go."""
    for shape in list(holder.placeholders):
        mark = shape._element.nvSpPr.nvPr.find(qn("p:ph"))
        kind = mark.get("type", "body")
        if kind == "dt":
            shape._element.getparent().remove(shape._element)
            continue
        shape.left, shape.top, shape.width, shape.height = PLACES[kind]
        _forget_autofit(shape, kind)


def _forget_autofit(shape: Any, kind: str) -> None:
    """Anchor a placeholder, without shrinking: the texts that are filled in have their sizes."""
    body = shape._element.txBody.find(qn("a:bodyPr"))
    for child in list(body):
        body.remove(child)
    body.set(
        "anchor",
        "b" if kind in ("title", "ctrTitle") else "ctr" if kind in ("ftr", "sldNum") else "t",
    )
    for side in ("lIns", "rIns"):
        body.set(side, "0")


def _set_looks(master: Any) -> None:
    """Set sizes, weights and sides of titles, texts and feet."""
    styles = master._element.find(qn("p:txStyles"))
    title = styles.find(qn("p:titleStyle")).find(qn("a:lvl1pPr"))
    title.set("algn", "l")
    title.find(qn("a:defRPr")).set("sz", "2800")
    title.find(qn("a:defRPr")).set("b", "1")
    for level in styles.find(qn("p:bodyStyle")):
        size = level.find(qn("a:defRPr"))
        if size is not None:
            size.set("sz", "1800")
    for shape in master.placeholders:
        for level in shape._element.iter(qn("a:lvl1pPr")):
            ends = shape._element.nvSpPr.nvPr.find(qn("p:ph")).get("type") == "sldNum"
            level.set("algn", "r" if ends else "l")
            level.find(qn("a:defRPr")).set("sz", str(int(Pt(14).pt * 100)))
    band = master.shapes._spTree
    line = parse_xml(BAND.format(wide=int(WIDE), high=int(Emu(Inches(0.12)))))
    band.insert(2, line)
    for layout in master.slide_layouts:
        for level in layout._element.iter(qn("a:lvl1pPr")):
            level.attrib.pop("algn", None)


BAND = (
    '<p:sp xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<p:nvSpPr><p:cNvPr id="90" name="Band"/><p:cNvSpPr/><p:nvPr userDrawn="1"/></p:nvSpPr>'
    '<p:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{wide}" cy="{high}"/></a:xfrm>'
    '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom>'
    '<a:solidFill><a:schemeClr val="accent1"/></a:solidFill><a:ln><a:noFill/></a:ln></p:spPr>'
    "</p:sp>"
)


def _set_theme(master: Any) -> None:
    """Set the colours and the faces of the theme."""
    part = next(
        link.target_part for link in master.part.rels.values() if link.reltype.endswith("theme")
    )
    text = part.blob.decode()
    for name, value in COLOURS.items():
        text = re.sub(
            rf"<a:{name}>.*?</a:{name}>", f'<a:{name}><a:srgbClr val="{value}"/></a:{name}>', text
        )
    text = re.sub(r'<a:latin typeface="[^"]*"/>', f'<a:latin typeface="{LATIN}"/>', text)
    for script, face in FACES.items():
        text = re.sub(
            rf'script="{script}" typeface="[^"]*"', f'script="{script}" typeface="{face}"', text
        )
    part._blob = text.encode()


if __name__ == "__main__":
    from analysis.formats.office_files import without_traces

    path = Path(__file__).with_name("report.pptx")
    made = make()
    made.core_properties.author = made.core_properties.title = ""
    made.core_properties.last_modified_by = made.core_properties.comments = ""
    made.save(str(path))
    path.write_bytes(without_traces(path.read_bytes()))
