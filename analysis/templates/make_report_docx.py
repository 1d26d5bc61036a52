"""Make the Word template `report.docx`; staff may also edit that file in Word.

Run it as a script. `analysis.formats.docx` fills the tags in double braces and percent signs.
"""

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

FONTS = {
    "ascii": "Calibri",
    "hAnsi": "Calibri",
    "cs": "Leelawadee UI",
    "eastAsia": "Microsoft YaHei",
}
"""Fonts of Word for Latin letters, for Thai, Lao and Khmer, and for Chinese."""


def make() -> Any:
    """Return the template as a document of python-docx."""
    document: Any = Document()
    _forget_picture(document)
    _set_up(document)
    for text, style in FRONT:
        document.add_paragraph(text, style)
    for text, style in CHAPTERS:
        if text == "TABLE":
            _add_table(document)
        else:
            document.add_paragraph(text, style)
    return document


FRONT = (
    ("{{ report.title }}", "Title"),
    ("{{ report.subtitle }}", "Subtitle"),
    ("{{ report.written }}", None),
    ("{%p if report.notice %}", None),
    ("{{ report.notice }}", "Intense Quote"),
    ("{%p endif %}", None),
    ("{%p for sentence in report.in_short %}", None),
    ("{{ sentence }}", None),
    ("{%p endfor %}", None),
    ("{%p for figure in report.headlines %}", None),
    (
        "{{ figure.label }}{{ report.labels.colon }}{{ figure.text }}. {{ figure.note }}",
        "List Bullet",
    ),
    ("{%p endfor %}", None),
    ("{%p for label, text in report.cover %}", None),
    ("{{ label }}{{ report.labels.colon }}{{ text }}", None),
    ("{%p endfor %}", None),
)
CHAPTERS = (
    ("{%p for chapter in report.chapters %}", None),
    ("{{ chapter.number }} {{ chapter.heading }}", "Heading 1"),
    ("{%p for section in chapter.parts %}", None),
    ("{%p if section.heading != chapter.heading %}", None),
    ("{{ section.heading }}", "Heading 2"),
    ("{%p endif %}", None),
    ("{%p for figure in section.figures %}", None),
    (
        "{{ figure.label }}{{ report.labels.colon }}{{ figure.text }}. {{ figure.note }}",
        "List Bullet",
    ),
    ("{%p endfor %}", None),
    ("{%p for table in section.tables %}", None),
    ("{%p if table.heading == section.heading %}", None),
    ("{%p elif section.heading == chapter.heading %}", None),
    ("{{ table.heading }}", "Heading 2"),
    ("{%p else %}", None),
    ("{{ table.heading }}", "Heading 3"),
    ("{%p endif %}", None),
    ("{%p if table.picture %}", None),
    ("{{ table.picture }}", None),
    ("{%p endif %}", None),
    ("{%p if table.rows %}", None),
    ("TABLE", None),
    ("{%p endif %}", None),
    ("{%p if table.note %}", None),
    ("{{ table.note }}", "Caption"),
    ("{%p endif %}", None),
    ("{%p endfor %}", None),
    ("{%p for quote in section.quotes %}", None),
    ("{{r quote.words }}", "Quote"),
    ("{{ quote.source }}", "Caption"),
    ("{%p endfor %}", None),
    ("{%p for note in section.notes %}", None),
    ("{{ note }}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
    ("{{ report.labels.method }}", "Heading 1"),
    ("{%p for sentence in report.method %}", None),
    ("{{ sentence }}", "List Bullet"),
    ("{%p endfor %}", None),
)


def _forget_picture(document: Any) -> None:
    """Remove the small picture of another document, which the library puts into each file."""
    links = document.part.package.rels
    for number in [key for key, link in links.items() if link.reltype.endswith("thumbnail")]:
        del links[number]


def _set_up(document: Any) -> None:
    """Set A4, the fonts of the scripts, and the header and footer of every page."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = Mm(20)
    normal = document.styles["Normal"]
    normal.font.size = Pt(10)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    for name, font in FONTS.items():
        fonts.set(qn(f"w:{name}"), font)
    page.header.paragraphs[0].text = "{{ report.mark }}"
    page.header.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.header.paragraphs[0].runs[0].bold = True
    page.footer.paragraphs[0].text = "{{ report.footer }}"


def _add_table(document: Any) -> None:
    """Add one header row and one row for each row of data, with as many columns as the data have."""
    table = document.add_table(rows=4, cols=3)
    table.style = "Light Grid Accent 1"
    cells = (
        ("{%tc for column in table.columns %}", "{{ column }}", "{%tc endfor %}"),
        ("{%tr for row in table.rows %}", "", ""),
        ("{%tc for cell in row %}", "{{ cell }}", "{%tc endfor %}"),
        ("{%tr endfor %}", "", ""),
    )
    for row, texts in zip(table.rows, cells, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text
            cell.paragraphs[0].paragraph_format.space_after = Pt(0)
            cell.paragraphs[0].style.font.size = Pt(10)


if __name__ == "__main__":
    make().save(str(Path(__file__).with_name("report.docx")))
