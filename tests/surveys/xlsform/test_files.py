"""Files as bytes: formats, damage, unusual contents. Every fault gives a message, never an exception."""

import csv
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.problems import Problem
from surveys.xlsform.marking import marked_workbook
from surveys.xlsform.reading import read_xlsform

DATA = Path(__file__).parent / "data"
CSV = 'survey,,\n,type,name,label\n,text,why,"Why, please?"\n'
TABLE = "| survey |\n| | type | name | label |\n| | text | why | Why, please? |\n"
BY_CELL = {
    "type": [
        "text",
        "select_one yn",
        "begin group",
        "end group",
        "calculate",
        "range",
        "geopoint",
    ],
    "name": ["a", "b", "used"],
    "label": ["Used?", "<b>x</b>", "${a}"],
    "relevant": ["${a} = 'yes'", "selected(${a}, 'b')", "("],
}


def read(content: bytes, name: str) -> Problem:
    questionnaire, problems = read_xlsform(content, name)
    assert questionnaire is None
    assert len(problems) == 1, [str(problem) for problem in problems]
    return problems[0]


def label(content: bytes, name: str) -> str:
    questionnaire, problems = read_xlsform(content, name)
    assert problems == ()
    assert questionnaire is not None
    return questionnaire.by_name["why"].label["en"]


@pytest.mark.parametrize(
    "content",
    [
        CSV.encode(),
        b"\xef\xbb\xbf" + CSV.encode(),
        CSV.encode("utf-16"),
        b'survey;;\n;type;name;label\n;text;why;"Why, please?"\n',
        CSV.replace("\n", "\r\n").encode(),
        TABLE.encode(),
        b"\xef\xbb\xbf# A form\n" + TABLE.encode(),
        TABLE.replace("| | text", "| | ---- | --- | --- |\n| | text").encode(),
    ],
)
def test_text_files_are_read_whatever_program_saved_them(content: bytes) -> None:
    assert label(content, "form.csv") == "Why, please?"


def test_a_workbook_is_known_by_its_content_and_not_by_its_name() -> None:
    content = (DATA / "eight_corrected.xlsx").read_bytes()
    assert read_xlsform(content, "form.csv")[0] is not None


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"", "form.xlsx", "is empty"),
        (b"\x00" * 512, "form.xls", "is empty"),
        (b"\x05office\x00", "~$form.xlsx", "lock file"),
        (b"PK\x03\x04 and no more", "form.xlsx", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "form.xls", "damaged"),
        (b"%PDF-1.4\n\xff\xfe\xfd", "form.xlsx", "neither a workbook nor a text"),
        (b"Dear colleague,\nthe form follows.\n", "form.csv", "no sheet 'survey'"),
        ("type,name,label\ntext,a,Où?\n".encode("latin-1"), "form.csv", "UTF-8"),
    ],
)
def test_f40_damaged_empty_and_other_files_are_refused_in_one_line(
    content: bytes, name: str, words: str
) -> None:
    problem = read(content, name)
    assert words in problem.message
    assert problem.fix
    assert "\n" not in str(problem)


def zipped(**parts: bytes) -> bytes:
    with io.BytesIO() as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        return file.getvalue()


def test_a_zip_that_is_no_workbook_is_told() -> None:
    assert "not an Excel workbook" in read(zipped(**{"content.xml": b"<x/>"}), "f.xlsx").message


def test_a_small_file_that_unpacks_to_a_huge_one_is_not_unpacked() -> None:
    content = zipped(**{"xl/workbook.xml": b" " * 70_000_000})
    assert len(content) < 100_000
    assert "unpacks to 70 MB" in read(content, "f.xlsx").message


def with_part(name: str, replaced: bytes) -> bytes:
    """A sound workbook with one part of it replaced."""
    with zipfile.ZipFile(DATA / "eight_corrected.xlsx") as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert name in parts
    return zipped(**{**parts, name: replaced})


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_xml_that_defines_entities_is_refused(part: str) -> None:
    bomb = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><workbook>&b;</workbook>'
    assert read(with_part(part, bomb), "f.xlsx").severity == "error"


@given(st.integers(0, 6_000), st.binary(min_size=1, max_size=40))
@settings(max_examples=60)
def test_a_workbook_with_any_damage_gives_sentences(position: int, noise: bytes) -> None:
    whole = bytearray((DATA / "eight_corrected.xlsx").read_bytes())
    whole[position : position + len(noise)] = noise
    for problem in read_xlsform(bytes(whole), "form.xlsx")[1]:
        assert str(problem).count("\n") == 0


cells = st.one_of(
    *(st.sampled_from(texts) for texts in BY_CELL.values()),
    st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=30),
)
rows = st.lists(st.lists(cells, min_size=1, max_size=6), max_size=6)


@given(
    st.lists(st.sampled_from([*BY_CELL, "label::th", "max", "loop"]) | cells, max_size=6),
    rows,
    rows,
)
@settings(max_examples=100)
def test_any_cells_give_a_questionnaire_or_sentences_never_a_traceback(
    headings: list[str], survey: list[list[str]], choices: list[list[str]]
) -> None:
    with io.StringIO(newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["survey"], ["", "type", "name", *headings]])
        writer.writerows([["", *row] for row in survey])
        writer.writerows([["choices"], ["", "list_name", "name", "label"]])
        writer.writerows([["", *row] for row in choices])
        content = file.getvalue().encode()
    questionnaire, problems = read_xlsform(content, "form.csv")
    failed = any(problem.severity == "error" for problem in problems)
    assert (questionnaire is None) == failed
    assert all(len(str(problem).splitlines()) == 1 for problem in problems)
    assert openpyxl.load_workbook(io.BytesIO(marked_workbook(content, problems, "form.csv")))


def test_the_marked_workbook_keeps_its_cells_and_names_what_to_mend() -> None:
    content = (DATA / "eight_mistakes.xlsx").read_bytes()
    _, problems = read_xlsform(content, "f.xlsx")
    book = openpyxl.load_workbook(io.BytesIO(marked_workbook(content, problems)))
    marked = {
        f"{sheet.title}!{cell.coordinate}": (cell.fill.fgColor.rgb, cell.comment.text)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    places = "survey!D1 survey!A3 survey!E4 survey!E5 survey!A6 survey!E7 survey!B8 choices!B5"
    assert set(marked) == set(places.split())
    assert marked["survey!D1"][0] != marked["survey!A3"][0]
    assert "Did you mean 'integer'?" in marked["survey!A3"][1]
    assert book["survey"]["C3"].value == "How often?"


def test_of_a_text_file_a_marked_workbook_is_made() -> None:
    content = CSV.replace("text", "txet").encode()
    _, problems = read_xlsform(content, "f.csv")
    sheet = openpyxl.load_workbook(io.BytesIO(marked_workbook(content, problems, "f.csv")))[
        "survey"
    ]
    assert sheet["C2"].value == "Why, please?"
    assert "Did you mean 'text'?" in sheet["A2"].comment.text


def test_importing_the_rules_of_asking_loads_no_library_for_office_files() -> None:
    code = (
        "import sys, surveys.authoring, surveys.xlsform;"
        "print({'pyxform', 'openpyxl', 'xlrd'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "set()"
