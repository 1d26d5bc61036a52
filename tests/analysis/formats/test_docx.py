"""The Word file: contents, captions that Word counts, heads that repeat, and the office's template."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn

from analysis.arrangement import arranged
from analysis.formats import check_template, packaged_template, render
from analysis.model import Report
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
