"""followup report template: the look of the office, from the packaged file to the report."""

from io import BytesIO
from typing import Any

import pytest
from docx import Document
from pptx import Presentation

from tests.cli.conftest import CODE, Terminal


def test_a_packaged_template_is_changed_named_and_filled(office: Terminal) -> None:
    said = office.says("report", "template", "slides", "--out", "office.pptx")
    assert "Name it in the configuration: reports.slides" in said
    path = office.folder / "office.pptx"
    changed: Any = Presentation(str(path))
    changed.slide_width //= 2
    changed.save(str(path))
    office.write("config.yaml", "reports: {slides: office.pptx}\n")
    assert "templates: office.pptx" in office.says("check", "--offline")
    office.says("report", CODE, "--out", "CONFIDENTIAL.pptx")
    made: Any = Presentation(BytesIO((office.folder / "CONFIDENTIAL.pptx").read_bytes()))
    assert made.slide_width == changed.slide_width


def test_word_files_have_a_template_too(office: Terminal) -> None:
    office.says("report", "template", "word", "--out", "office.docx")
    path = office.folder / "office.docx"
    changed: Any = Document(str(path))
    changed.add_paragraph("With regards of the office")
    changed.save(str(path))
    office.write("config.yaml", "reports: {word: office.docx}\n")
    office.says("report", CODE, "--out", "CONFIDENTIAL.docx")
    made = Document(BytesIO((office.folder / "CONFIDENTIAL.docx").read_bytes()))
    assert made.paragraphs[-1].text == "With regards of the office"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("missing.pptx", "missing.pptx cannot be read as a presentation"),
        ("people.csv", "people.csv cannot be read as a presentation"),
    ],
)
def test_a_template_that_cannot_be_filled_is_named_by_check_and_by_the_report(
    office: Terminal, name: str, said: str
) -> None:
    office.write("people.csv", "name\n")
    office.write("config.yaml", f"reports: {{slides: {name}}}\n")
    checked = office.type("check", "--offline")
    assert checked.code == 2
    assert f"templates: WRONG: The template {said}" in checked.out
    assert said in office.refuses("report", CODE, "--out", "CONFIDENTIAL.pptx")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("report", "template", "poster", "--out", "a.pptx"), "is not one of slides, word"),
        (("report", "template", "slides", "--out", "a.docx"), "A template of slides is a .pptx"),
    ],
)
def test_a_wrong_kind_or_ending_is_a_sentence(
    office: Terminal, words: tuple[str, ...], said: str
) -> None:
    assert said in " ".join(office.refuses(*words).split())
