"""The Word file: contents, captions that Word counts, heads that repeat, and the office's template."""

from dataclasses import replace
from io import BytesIO
from itertools import chain
from math import ceil
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm

from analysis.arrangement import arranged
from analysis.formats import check_template, packaged_template, render
from analysis.formats.docx_looks import MOST, SHORT, WIDE
from analysis.model import Chapter, Report, Section, Table
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import build
from storage.database import Conflict
from tests.analysis.builder import CUT_OFF
from tests.analysis.formats.office import faults
from tests.analysis.large import a_whole_year


@pytest.fixture(scope="module", params=["en", "fa"])
def report(request: pytest.FixtureRequest) -> Report:
    wishes = Wishes(language=request.param, office="Regional Office & Co")
    return build(a_whole_year().connection, None, CUT_OFF, wishes)


@pytest.fixture(scope="module")
def made(report: Report) -> bytes:
    return render(report, "docx")


@pytest.fixture(scope="module")
def word(made: bytes) -> Any:
    return Document(BytesIO(made))


def words(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter(qn("w:t")))


def styled(word: Any, name: str) -> list[Any]:
    return [one._p for one in word.paragraphs if one.style.name == name]


def test_it_is_valid_against_the_schemas_of_the_format(made: bytes, tmp_path: Path) -> None:
    # Reading all parts again takes some seconds.
    assert faults(made, tmp_path / "report.docx") == []


def test_the_contents_have_a_link_to_each_heading(word: Any) -> None:
    marks = {
        one.get(qn("w:name")): words(one.getparent())
        for one in word.element.body.iter(qn("w:bookmarkStart"))
    }
    entries = [*styled(word, "toc 1"), *styled(word, "toc 2")]
    links = {
        link.get(qn("w:anchor")): words(entry)
        for entry in entries
        for link in entry.iter(qn("w:hyperlink"))
    }
    assert links == marks
    assert len(links) > 10
    headings = [words(one) for name in ("Heading 1", "Heading 2") for one in styled(word, name)]
    assert set(links.values()) <= set(headings)
    numbers = [one.get(qn("w:id")) for one in word.element.body.iter(qn("w:bookmarkStart"))]
    assert len(set(numbers)) == len(numbers)


def test_captions_are_numbered_in_their_order_as_word_would_count_them(
    word: Any, report: Report
) -> None:
    counted: dict[str, list[str]] = {"Table": [], "Picture": []}
    for field in word.element.body.iter(qn("w:fldSimple")):
        counted[field.get(qn("w:instr")).split()[1]].append(words(field))
    found = [t for s in arranged(report).sections for t in s.tables if t.rows]
    drawn = [t for t in found if t.chart]
    tables = [t for t in found if not t.in_annex]
    assert counted["Picture"] == [str(n) for n in range(1, len(drawn) + 1)]
    assert counted["Table"] == [str(n) for n in range(1, len(tables) + 1)]


def test_the_heads_of_tables_repeat_and_tables_and_pictures_have_words(word: Any) -> None:
    for table in word.element.body.iter(qn("w:tbl")):
        assert next(table.iter(qn("w:tblHeader")), None) is not None
        assert table.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))
    pictures = [*word.element.body.iter(qn("wp:docPr"))]
    assert pictures
    assert all(one.get("descr") for one in pictures)


def test_short_tables_stay_on_one_page(word: Any, report: Report) -> None:
    more = {one.more for one in arranged(report).chapters if one.more}
    kept = 0
    for table in word.element.body.iter(qn("w:tbl")):
        *rows, last = table.tr_lst
        alone = [bool(row.findall(f".//{qn('w:keepNext')}")) for row in rows]
        assert set(alone) <= {len(rows) < SHORT}
        held = bool(last.findall(f".//{qn('w:keepNext')}"))
        assert held == (words(table.getnext()) in more)
        kept += len(rows) < SHORT
    assert kept


def test_no_row_is_broken_and_where_more_tables_are_stays_with_what_is_before(
    word: Any, report: Report
) -> None:
    for table in word.tables:
        for row in table._tbl.tr_lst:
            assert row.trPr.find(qn("w:cantSplit")) is not None
    more = {one.more for one in arranged(report).chapters if one.more}
    ends = [one._p.getprevious() for one in word.paragraphs if one.text in more]
    assert ends
    for end in ends:
        assert [*end.iter(qn("w:keepNext"))]


def test_a_column_that_numbers_the_rows_leaves_its_room_to_the_text(report: Report) -> None:
    heads = ("", "Recommendation", "By whom", "By when")
    rows = (("1.", "Train two officers or more for each task.", "Administrations", "June"),)
    section = Section("advice", "Advice", tables=(Table("advice", "Advice", heads, rows),))
    chapter = Chapter("1", "Advice", ("advice",))
    told = replace(report, sections=(section,), chapters=(chapter,))
    (table,) = Document(BytesIO(render(told, "docx"))).tables
    first, second, *others = (one.width for one in table.columns)
    assert first < Mm(12)
    assert second > sum(others)


def test_no_letter_is_smaller_than_nine_points_and_no_table_wider_than_a_page(word: Any) -> None:
    sizes = [int(one.get(qn("w:val"))) for one in word.element.body.iter(qn("w:sz"))]
    assert all(size >= 18 for size in sizes)
    used = {one.style.name for one in (*word.paragraphs, *word.tables)}
    given = [one.font.size for one in word.styles if one.name in used]
    assert min(one.pt for one in given if one) >= 9
    assert max(len(one.columns) for one in word.tables) == MOST
    assert all(abs(one.width - Mm(WIDE)) < Mm(1) for one in word.inline_shapes)


def test_letters_of_scripts_without_a_slant_stand_upright(word: Any, report: Report) -> None:
    slanted = any(style.font.italic for style in word.styles if hasattr(style, "font"))
    assert slanted == (report.language == "en")


def test_each_part_of_a_wide_table_repeats_the_names_of_its_rows(
    word: Any, report: Report
) -> None:
    wide = [t for s in arranged(report).sections for t in s.tables if len(t.columns) > MOST]
    wide = [one for one in wide if one.rows and not one.in_annex]
    assert len(wide) > 3
    shown = [[[cell.text for cell in row.cells] for row in one.rows] for one in word.tables]
    for table in wide:
        lines = [[str(cell) for cell in row] for row in (table.columns, *table.rows)]
        number = ceil((len(table.columns) - table.names) / (MOST - table.names))
        together = (joined(shown[one : one + number], table.names) for one in range(len(shown)))
        assert lines in together


def joined(parts: list[list[list[str]]], names: int) -> list[list[str]]:
    """The rows of tables beside each other, with the columns that name them once."""
    rows = zip(*parts, strict=False)
    return [[*row[0][:names], *chain(*(part[names:] for part in row))] for row in rows]


def test_the_office_is_the_author_and_its_own_sentences_stand_over_the_pictures(
    word: Any, report: Report
) -> None:
    about = word.core_properties
    assert (about.author, about.last_modified_by) == (report.office, report.office)
    found = [words(one) for one in styled(word, "Finding")]
    long = arranged(report)
    placed = {one.key: one for one in long.sections}
    told = [
        (chapter.finding, *(t.finding for key in chapter.sections for t in placed[key].tables))
        for chapter in long.chapters
    ]
    assert found == [one for chapter in told for one in chapter if one]


def template(folder: Path, text: str) -> Path:
    """A template of the office with a text of its own."""
    copy: Any = Document(BytesIO(packaged_template("docx")))
    copy.add_paragraph(text)
    copy.save(str(folder / "office.docx"))
    return folder / "office.docx"


def test_it_is_filled_into_the_template_of_the_office(report: Report, tmp_path: Path) -> None:
    own = template(tmp_path, "Our motto for {{ report.title }}")
    check_template("docx", own)
    made = Document(BytesIO(render(report, "docx", {"docx": own})))
    assert made.paragraphs[-1].text == f"Our motto for {report.title}"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{{ report.title", "has a tag that cannot be filled"),
        ("{% if %}", "has a tag that cannot be filled"),
    ],
)
def test_a_template_with_a_wrong_tag_is_refused(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(Conflict, match=said):
        check_template("docx", template(tmp_path, text))


def test_a_document_without_tags_or_another_file_is_refused(tmp_path: Path) -> None:
    plain = tmp_path / "plain.docx"
    empty: Any = Document()
    empty.save(str(plain))
    with pytest.raises(Conflict, match=r"plain\.docx has no tag of the report"):
        check_template("docx", plain)
    plain.write_bytes(b"no document")
    with pytest.raises(Conflict, match=r"plain\.docx cannot be read as a document"):
        check_template("docx", plain)
