"""Uploaded files are read in a limited process; a bad one ends with one sentence."""

import io
import subprocess
import sys
import zipfile
from collections.abc import Callable

import openpyxl
import pytest

from bot.desk.questionnaires.files import CheckedFile, read_safely
from bot.importing.calendars.ics import event_rows
from bot.importing.files import read_list
from bot.importing.rows.rows import Events, Reading
from bot.importing.tables.reading import read_book
from bot.runtime.sandbox import Limits, environment
from surveys.authoring.packaged import packaged_questionnaire, packaged_text
from surveys.authoring.reading import read_questionnaire
from surveys.questionnaire import Questionnaire
from surveys.xlsform.sheets import Unreadable
from surveys.xlsform.writing import write_xlsform
from tests.bot.importing.test_lists_of_offices import LISTS
from tests.forked import starting

Made = tuple[bytes, str, Questionnaire]
TABLE = "| survey |\n| | type | name | label |\n| | text | why | Why? |\n"


@pytest.fixture(autouse=True)
def _new_processes(monkeypatch: pytest.MonkeyPatch) -> None:
    starting(monkeypatch)


def one_line(checked: CheckedFile) -> str:
    assert checked.questionnaire is None
    assert checked.marked is None
    assert len(checked.problems) == 1, [str(problem) for problem in checked.problems]
    line = str(checked.problems[0])
    assert len(line.splitlines()) == 1
    return line


def with_cell(characters: int) -> bytes:
    """Return a workbook with one huge cell that compresses well."""
    with io.BytesIO() as file:
        book = openpyxl.Workbook()
        book.worksheets[0].title = "survey"
        book.worksheets[0].append(["type", "name", "label"])
        book.worksheets[0].append(["text", "why", "MARK"])
        book.save(file)
        sound = zipfile.ZipFile(file)
        with io.BytesIO() as packed:
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for name in sound.namelist():
                    text = sound.read(name).replace(b"MARK", b"x" * characters)
                    archive.writestr(name, text)
            return packed.getvalue()


def workbook() -> Made:
    meant = packaged_questionnaire("M6")
    return write_xlsform(meant), "M6.xlsx", meant


def yaml() -> Made:
    text = packaged_text("M6")
    return text.encode(), "M6.yaml", read_questionnaire(text, "M6")


@pytest.mark.parametrize("made", [workbook, yaml])
def test_a_sound_file_comes_back_whole(made: Callable[[], Made]) -> None:
    content, name, meant = made()
    checked = read_safely(content, name)
    assert checked.problems == ()
    assert checked.questionnaire == meant


def test_problems_and_the_marked_workbook_come_back() -> None:
    checked = read_safely(TABLE.replace("text", "txet").encode(), "/home/ada/form.md")
    assert str(checked.problems[0]).startswith("form.md, sheet 'survey', row 2, column 'type'")
    assert checked.marked is not None
    book = openpyxl.load_workbook(io.BytesIO(checked.marked))
    assert "Did you mean" in book["survey"]["A2"].comment.text


def test_the_key_of_the_caller_counts() -> None:
    questionnaire = read_safely(TABLE.encode(), "form.md", key="NCP12").questionnaire
    assert questionnaire is not None
    assert questionnaire.key == "NCP12"


def test_a_zip_bomb_ends_with_one_line() -> None:
    content = with_cell(70_000_000)
    assert len(content) < 2_000_000
    assert "unpacks to 70 MB" in one_line(read_safely(content, "form.xlsx"))


def test_a_cell_of_50_megabytes_ends_with_its_place_or_with_one_line() -> None:
    content = with_cell(50_000_000)
    assert "needs more than 250 MB" in one_line(read_safely(content, "form.xlsx", megabytes=250))
    problems = read_safely(content, "form.xlsx", seconds=200).problems
    assert "50,000,000 characters" in str(problems[0])
    assert problems[0].place == "sheet 'survey', row 2, column 'label'"


def test_a_file_that_takes_too_long_ends_with_one_line() -> None:
    assert "within 0.01 seconds" in one_line(read_safely(TABLE.encode(), "f.md", seconds=0.01))


@pytest.mark.parametrize(
    ("content", "name", "words"),
    [
        (b"x" * 2_000_001, "form.xlsx", "2.0 MB"),
        (b"", "form.xlsx", "is empty"),
        (b"", "form.docx", "cannot be read"),
        (b"\xff\xfe\xfa", "M6.yaml", "UTF-8"),
        (b"PK\x03\x04", "form.xlsx", "damaged"),
        (TABLE.encode(), "~$form.xlsx", "lock file"),
    ],
)
def test_a_file_that_cannot_be_read_ends_with_one_line(
    content: bytes, name: str, words: str
) -> None:
    assert words in one_line(read_safely(content, name))


@pytest.mark.parametrize(
    "name", ["c2_events.ics", "c3_calendar.xlsx", "p2_participants_cp874.csv"]
)
def test_a_list_read_apart_is_the_same_list(name: str) -> None:
    content = (LISTS / name).read_bytes()
    read, reading = read_list(content, name), Reading(name)
    if isinstance(read, Events):
        assert list(read.rows) == event_rows(content, reading)
        assert read.problems == reading.problems
    else:
        assert read == read_book(content)


def limits_end_with_one_sentence() -> None:
    """Memory and time are limited, and each limit says so."""
    packed = with_cell(60_000_000)
    for limits, words in (
        (Limits(megabytes=150), "needs more than 150 MB"),
        (Limits(seconds=0.01), "within 0.01 seconds"),
    ):
        with pytest.raises(Unreadable, match=words):
            read_list(packed, "list.xlsx", limits=limits)


def test_a_list_that_is_too_much_ends_with_one_sentence() -> None:
    limits_end_with_one_sentence()
    with pytest.raises(Unreadable, match=r"has 2.0 MB; at most 2 MB are read"):
        read_list(b"x" * 2_000_001, "list.csv")


def test_the_reading_process_knows_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_TELEGRAM__TOKEN", "12:secret")
    assert "12:secret" not in environment().values()


@pytest.mark.parametrize("module", ["bot.desk.questionnaires.files", "bot.importing.files"])
def test_the_limited_process_starts_without_the_libraries_of_the_database(module: str) -> None:
    tell = f"import sys, {module}; print(sorted({{'sqlalchemy', 'psycopg'}} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", tell], env=environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
