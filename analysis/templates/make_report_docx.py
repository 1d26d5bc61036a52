"""Make the Word template `report.docx`; staff may also edit that file in Word.

Run it as a script. `analysis.formats.docx` fills the tags in double braces and percent signs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
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
    _forget_leftovers(document)
    _set_up(document)
    _set_styles(document)
    for text, style in (*FRONT, *CHAPTERS):
        if text in SPECIAL:
            SPECIAL[text](document)
        else:
            document.add_paragraph(text, style)
    return document


IN_SHORT = (
    ("{%p for sentence in report.in_short %}", None),
    ("{{ sentence }}", None),
    ("{%p endfor %}", None),
    ("{%p for figure in report.headlines %}", None),
    (
        "{{ figure.label }}{{ report.labels.colon }}{{ figure.text }}. {{ figure.note }}",
        "List Bullet",
    ),
    ("{%p endfor %}", None),
)
SUMMARY = (
    ("{%p if not chapter.number %}", None),
    *IN_SHORT,
    ("{%p for line in report.shown %}", None),
    ("{{ line }}", "List Bullet"),
    ("{%p endfor %}", None),
    ("{%p endif %}", None),
)
METHOD = (
    ("METHOD", None),
    ("{%p for sentence in report.method %}", None),
    ("{{ sentence }}", "List Bullet"),
    ("{%p endfor %}", None),
)
"""It stands before the first annex, or at the end."""
FRONT = (
    ("{{ report.title }}", "Title"),
    ("{{ report.subtitle }}", "Subtitle"),
    ("{{ report.written }}", None),
    ("{%p if report.notice %}", None),
    ("{{ report.notice }}", "Intense Quote"),
    ("{%p endif %}", None),
    ("{%p if not report.long %}", None),
    *IN_SHORT,
    ("{%p endif %}", None),
    ("{%p for label, text in report.cover %}", None),
    ("{{ label }}{{ report.labels.colon }}{{ text }}", None),
    ("{%p endfor %}", None),
    ("{{ report.labels.contents }}", "TOC Heading"),
    ("CONTENTS", None),
    ("{%p for chapter in report.chapters %}", None),
    ("{%p if chapter.mark == report.first_annex %}", None),
    ("ENTRY OF THE METHOD", None),
    ("{%p endif %}", None),
    ("ENTRY OF A CHAPTER", None),
    ("{%p for section in chapter.parts %}", None),
    ("{%p if section.heading != chapter.heading %}", None),
    ("ENTRY OF A SECTION", None),
    ("{%p endif %}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
    ("{%p if not report.first_annex %}", None),
    ("ENTRY OF THE METHOD", None),
    ("{%p endif %}", None),
    ("END OF CONTENTS", None),
)
CHAPTERS = (
    ("{%p for chapter in report.chapters %}", None),
    ("{%p if chapter.mark == report.first_annex %}", None),
    *METHOD,
    ("{%p endif %}", None),
    ("CHAPTER", None),
    *SUMMARY,
    ("{%p if chapter.finding %}", None),
    ("{{ chapter.finding }}", "Finding"),
    ("{%p endif %}", None),
    ("{%p for section in chapter.parts %}", None),
    ("{%p if section.heading != chapter.heading %}", None),
    ("SECTION", None),
    ("{%p endif %}", None),
    ("{%p for figure in section.figures %}", None),
    (
        "{{ figure.label }}{{ report.labels.colon }}{{ figure.text }}. {{ figure.note }}",
        "List Bullet",
    ),
    ("{%p endfor %}", None),
    ("{%p for table in section.tables %}", None),
    ("{%p if table.finding and table.finding not in report.in_short %}", None),
    ("{{ table.finding }}", "Finding"),
    ("{%p endif %}", None),
    ("{%p if table.picture %}", None),
    ("CAPTION OF A PICTURE", None),
    ("{{ table.picture }}", None),
    ("{%p endif %}", None),
    ("{%p if table.rows and not table.in_annex %}", None),
    ("CAPTION OF A TABLE", None),
    ("TABLE", None),
    ("{%p endif %}", None),
    ("{%p if not table.rows %}", None),
    ("{{ table.heading }}", "Caption"),
    ("{%p endif %}", None),
    ("{%p if table.note %}", None),
    ("{{ table.note }}", "Note"),
    ("{%p endif %}", None),
    ("{%p endfor %}", None),
    ("{%p for quote in section.quotes %}", None),
    ("{{r quote.words }}", "Quote"),
    ("{{ quote.source }}", "Note"),
    ("{%p endfor %}", None),
    ("{%p for note in section.notes %}", None),
    ("{{ note }}", None),
    ("{%p endfor %}", None),
    ("{%p endfor %}", None),
    ("{%p if chapter.more %}", None),
    ("{{ chapter.more }}", "Note"),
    ("{%p endif %}", None),
    ("{%p endfor %}", None),
    ("{%p if not report.first_annex %}", None),
    *METHOD,
    ("{%p endif %}", None),
)


def _forget_leftovers(document: Any) -> None:
    """Remove what the library puts into each file: the picture and the old styles of another one."""
    for links in (document.part.package.rels, document.part.rels):
        for number, link in list(links.items()):
            if link.reltype.endswith(("thumbnail", "stylesWithEffects")):
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


def _set_styles(document: Any) -> None:
    """Add the styles that the library does not have; staff may change them in Word."""
    for name, size, bold in (("toc 1", 10, False), ("toc 2", 10, False), ("Finding", 11, True)):
        style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size, style.font.bold = Pt(size), bold
        style.paragraph_format.space_after = Pt(3)
    document.styles["toc 2"].paragraph_format.left_indent = Mm(6)
    document.styles["Finding"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.keep_with_next = True
    document.styles["Caption"].paragraph_format.space_before = Pt(8)
    note = document.styles.add_style("Note", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style = document.styles["Normal"]
    note.font.size, note.font.italic = Pt(9), True


def _add_heading(document: Any, text: str, style: str, mark: tuple[str, str]) -> None:
    """Add a heading with a bookmark, to which the contents lead."""
    paragraph = document.add_paragraph(text, style)
    number, name = mark
    begin, end = OxmlElement("w:bookmarkStart"), OxmlElement("w:bookmarkEnd")
    begin.set(qn("w:id"), number)
    begin.set(qn("w:name"), name)
    end.set(qn("w:id"), number)
    paragraph._p.insert(1, begin)
    paragraph._p.append(end)


def _add_chapter(document: Any) -> None:
    text = "{{ chapter.titled }}"
    _add_heading(document, text, "Heading 1", ("{{ chapter.mark }}", "_Toc{{ chapter.mark }}"))


def _add_method(document: Any) -> None:
    _add_heading(document, "{{ report.labels.method }}", "Heading 1", ("0", "_Toc0"))


def _add_section(document: Any) -> None:
    mark = ("{{ section.mark }}", "_Toc{{ section.mark }}")
    _add_heading(document, "{{ section.heading }}", "Heading 2", mark)


def _add_entry(document: Any, text: str, style: str, name: str) -> None:
    """Add a line of the contents that leads to a heading."""
    paragraph = document.add_paragraph(style=style)
    run = paragraph.add_run(text)._r
    link = OxmlElement("w:hyperlink")
    link.set(qn("w:anchor"), name)
    link.append(run)
    paragraph._p.append(link)


def _add_entry_of_chapter(document: Any) -> None:
    text = "{{ chapter.titled }}"
    _add_entry(document, text, "toc 1", "_Toc{{ chapter.mark }}")


def _add_entry_of_the_method(document: Any) -> None:
    _add_entry(document, "{{ report.labels.method }}", "toc 1", "_Toc0")


def _add_entry_of_section(document: Any) -> None:
    _add_entry(document, "{{ section.heading }}", "toc 2", "_Toc{{ section.mark }}")


def _begin_contents(document: Any) -> None:
    """Begin the field of the contents: it has its lines already, and Word can make it again."""
    paragraph = document.add_paragraph(style="toc 1")
    _add_sign(paragraph, "begin")
    order = OxmlElement("w:instrText")
    order.set(qn("xml:space"), "preserve")
    order.text = ' TOC \\o "1-2" \\h \\z \\n '
    paragraph.add_run()._r.append(order)
    _add_sign(paragraph, "separate")


def _end_contents(document: Any) -> None:
    _add_sign(document.add_paragraph(), "end")


def _add_sign(paragraph: Any, kind: str) -> None:
    sign = OxmlElement("w:fldChar")
    sign.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(sign)


def _add_caption(document: Any, kind: str, series: str) -> None:
    """Add a caption with a number that Word counts: "Table 3. Effects reported"."""
    paragraph = document.add_paragraph(f"{{{{ report.labels.{kind} }}}} ", "Caption")
    counter = OxmlElement("w:fldSimple")
    counter.set(qn("w:instr"), f" SEQ {series} \\* ARABIC ")
    counter.append(paragraph.add_run(f"{{{{ table.number_of_{kind} }}}}")._r)
    paragraph._p.append(counter)
    paragraph.add_run(". {{ table.heading }}")


def _add_caption_of_picture(document: Any) -> None:
    _add_caption(document, "picture", "Picture")


def _add_caption_of_table(document: Any) -> None:
    _add_caption(document, "table", "Table")


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
    _repeat_head(table.rows[0])
    caption = OxmlElement("w:tblCaption")
    caption.set(qn("w:val"), "{{ table.heading }}")
    table._tbl.tblPr.append(caption)


def _repeat_head(row: Any) -> None:
    """Let the head of a table stand on each of its pages, and no row break between two."""
    properties = row._tr.get_or_add_trPr()
    for name in ("w:cantSplit", "w:tblHeader"):
        properties.append(OxmlElement(name))


SPECIAL: dict[str, Callable[[Any], None]] = {
    "CONTENTS": _begin_contents,
    "ENTRY OF A CHAPTER": _add_entry_of_chapter,
    "ENTRY OF A SECTION": _add_entry_of_section,
    "ENTRY OF THE METHOD": _add_entry_of_the_method,
    "METHOD": _add_method,
    "END OF CONTENTS": _end_contents,
    "CHAPTER": _add_chapter,
    "SECTION": _add_section,
    "CAPTION OF A PICTURE": _add_caption_of_picture,
    "CAPTION OF A TABLE": _add_caption_of_table,
    "TABLE": _add_table,
}
"""What is more than a paragraph of text."""


if __name__ == "__main__":
    make().save(str(Path(__file__).with_name("report.docx")))
