"""Files with anything in them: they are read, or refused with words; and what we write is private."""

import io
import stat
import zipfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from bot.importing.calendars.ics import event_rows
from bot.importing.files import open_list
from bot.importing.people.found import People
from bot.importing.people.reading import read_people
from bot.importing.rows.rows import Reading, book_of
from storage.database import Database
from storage.operations.process_leases import ProcessLease
from surveys.authoring.packaged import packaged_questionnaire
from surveys.planning.administrations import packaged_administrations
from surveys.problems import BadInput
from surveys.xlsform.books import read_book
from surveys.xlsform.sheets import Unreadable
from surveys.xlsform.writing import write_xlsform


def _workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


LIST = b'name,administration,email\nAda Vea,FJ,ada@example.org\n"Ben, Q",TO,\n'
CALENDAR = "\r\n".join(
    (
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//ROCB//EN",
        "X-WR-TIMEZONE:Asia/Bangkok",
        "BEGIN:VEVENT",
        "UID:1",
        "SEQUENCE:2",
        "STATUS:TENTATIVE",
        "SUMMARY:Risk management",
        "DTSTART;TZID=Asia/Bangkok:20180205T090000",
        "DURATION:P5D",
        "LOCATION:Suva",
        "END:VEVENT",
        "END:VCALENDAR",
    )
).encode()
BOOK = write_xlsform(packaged_questionnaire("M6"))
PEOPLE = _workbook([["name", "administration", "email"], ["Ada Vea", "FJ", "ada@example.org"]])
BOUNDED = settings(max_examples=60)


@st.composite
def spoiled(draw: st.DrawFn, sound: bytes) -> bytes:
    """A sound file with some of its bytes replaced, or cut short."""
    content = bytearray(sound)
    for _ in range(draw(st.integers(1, 8))):
        content[draw(st.integers(0, len(content) - 1))] = draw(st.integers(0, 255))
    return bytes(content[: draw(st.integers(1, len(content)) | st.just(len(content)))])


@st.composite
def spoiled_inside(draw: st.DrawFn, book: bytes) -> bytes:
    """A workbook whose parts are spoiled before they are packed."""
    with zipfile.ZipFile(io.BytesIO(book)) as sound, io.BytesIO() as packed:
        chosen = draw(st.sampled_from(sound.namelist()))
        with zipfile.ZipFile(packed, "w") as archive:
            for name in sound.namelist():
                content = sound.read(name)
                archive.writestr(name, draw(spoiled(content)) if name == chosen else content)
        return packed.getvalue()


@BOUNDED
@given(content=st.binary(max_size=300) | spoiled(LIST) | spoiled(PEOPLE) | spoiled_inside(PEOPLE))
def test_a_list_is_read_or_refused_with_its_problems(content: bytes) -> None:
    reading = Reading("people")
    people = People(reading, dict(packaged_administrations()), {})
    try:
        read_people(book_of(open_list(content, "people"), reading), people)
        reading.refuse_if_failed()
    except BadInput as refusal:
        assert refusal.problems
    else:
        assert all(one.name for one in people.listed)


@BOUNDED
@given(content=spoiled(CALENDAR))
def test_a_calendar_file_is_read_or_refused_with_its_problems(content: bytes) -> None:
    reading = Reading("calendar.ics")
    try:
        rows = event_rows(content, reading)
        reading.refuse_if_failed()
    except BadInput as refusal:
        assert refusal.problems
    except Unreadable as refusal:
        assert refusal.fix
    else:
        assert len(rows) <= 1


@BOUNDED
@given(
    content=spoiled(BOOK) | spoiled_inside(BOOK) | st.binary(max_size=300),
    name=st.sampled_from(["form.xlsx", "form.xls", "form.csv", "form.md", "form"]),
)
def test_a_questionnaire_file_is_read_or_refused_in_words(content: bytes, name: str) -> None:
    try:
        read_book(content, name)
    except Unreadable as refusal:
        assert str(refusal)


def test_the_file_that_says_that_a_bot_runs_is_private_like_the_database(tmp_path: Path) -> None:
    lease = ProcessLease(Database(f"sqlite:///{tmp_path / 'followup.sqlite3'}"))
    lease.enter()
    try:
        (beside,) = tmp_path.glob("*.running")
        assert stat.S_IMODE(beside.stat().st_mode) == 0o600
    finally:
        lease.leave()
