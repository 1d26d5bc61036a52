"""Files that state more than anybody reads end with one sentence, whichever way they come."""

from collections.abc import Callable

import pytest

from bot.desk.questionnaires.files import read_lists_safely, read_safely
from bot.importing.files import read_list
from bot.importing.rows.rows import Events
from bot.runtime.sandbox import LONGEST_NAME, Limits
from surveys.problems import BadInput
from surveys.xlsform.sheets import Unreadable
from tests.cli.conftest import CODE, Terminal
from tests.hardening.large_files import (
    BESIDE,
    BLANK_ROWS,
    CORNER,
    DIGITS,
    EVENTS,
    MANY_ROWS,
    STRAY,
    form,
    merged,
    people,
)

# Each file is read in a process of its own, which takes some tenths of a second to start. The limit
# of processor time is that of the product, so none of them can take longer than it says.
MEMORY = Limits(megabytes=400)
WORKBOOKS: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "merged": (merged, "merged cells over too large a range: A1:XFD1048576"),
    "corner": (CORNER, "rows: the cell XFD1048576 is filled"),
    "beside": (BESIDE, "more than 256 columns: the cell XFD3 is filled"),
    "rows": (MANY_ROWS, "rows: the cell A"),
    "blank": (BLANK_ROWS, "cells, blank ones too"),
}
TEXTS = {
    "wide.csv": ("name,administration" + ",x" * 900_000, "Row 1 has 900,002 columns"),
    "rows.csv": ("name,administration\n" + "a,b\n" * 400_000, "more than 20,000 rows"),
    "cells.csv": (("x" + ",x" * 99 + "\n") * 3_000, "The file has 300,000 cells"),
}


@pytest.mark.parametrize("inside, words", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_list_that_states_too_much_is_refused_with_sheet_and_cell(
    inside: Callable[[bytes], bytes], words: str
) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_list(people(inside), "people.xlsx", limits=MEMORY)
    assert "'People'" in refusal.value.message
    assert words in refusal.value.message
    assert refusal.value.fix


def test_one_cell_far_from_a_list_is_named_by_the_size_it_gives_the_sheet() -> None:
    with pytest.raises(Unreadable, match="'People' has 19,999 rows and 256 columns"):
        read_list(people(STRAY), "people.xlsx", limits=MEMORY)


@pytest.mark.parametrize("name", TEXTS)
def test_a_text_file_that_holds_too_much_is_refused_with_its_row(name: str) -> None:
    content, words = TEXTS[name]
    with pytest.raises(Unreadable, match=words):
        read_list(content.encode(), name, limits=MEMORY)


def test_a_calendar_with_thousands_of_events_is_refused_before_it_is_taken_apart() -> None:
    read = read_list(EVENTS, "events.ics", limits=MEMORY)
    assert isinstance(read, Events)
    assert [one.message for one in read.problems] == [
        "The calendar has 15,000 events; at most 2,000 are read."
    ]


@pytest.mark.parametrize("inside, words", WORKBOOKS.values(), ids=WORKBOOKS)
def test_a_questionnaire_that_states_too_much_is_refused_with_sheet_and_cell(
    inside: Callable[[bytes], bytes], words: str
) -> None:
    (problem,) = read_safely(form(inside), "form.xlsx", megabytes=400).problems
    assert "'survey'" in problem.message
    assert words in problem.message


def test_lists_of_a_workshop_that_state_too_much_are_refused() -> None:
    with pytest.raises(BadInput, match="merged cells over too large a range"):
        read_lists_safely(form(merged), "lists.xlsx")


@pytest.mark.parametrize("name", ["a\x00b.csv", "n" * 300_000 + ".csv", "\udcff\n\x1b[2J.csv"])
def test_whatever_a_file_is_called_it_is_read_and_named_in_one_short_line(name: str) -> None:
    read_list(b"name,administration\nAda,FJ\n", name)
    checked = read_safely(b"survey,,,\n,type,name,label\n,txet,a,A\n", name)
    (problem,) = checked.problems
    assert problem.source.isprintable()
    assert problem.source.endswith(".csv")
    assert len(problem.source) <= LONGEST_NAME


COMMANDS = {
    "merged": (("participants", "import", CODE), "people.xlsx", people(merged)),
    "wide": (("participants", "import", CODE), "wide.csv", TEXTS["wide.csv"][0].encode()),
    "phone": (
        ("participants", "import", CODE),
        "digits.csv",
        f"name,administration,phone\nAda,FJ,{DIGITS}\n".encode(),
    ),
    "events": (("workshop", "import"), "events.ics", EVENTS),
    "day": (
        ("workshop", "import"),
        "digits.csv",
        f"title,starts_on,country\nRisk,{DIGITS},FJ\n".encode(),
    ),
    "range": (
        ("workshop", "import"),
        "digits.csv",
        f"title,dates,country\nRisk,1-{DIGITS} May 2018,FJ\n".encode(),
    ),
    "lists": (("workshop", "lists", CODE), "lists.xlsx", form(merged)),
    "form": (("questionnaire", "check"), "form.xlsx", form(CORNER)),
    "size": (("questionnaire", "check"), "form.xlsx", b"x" * 2_000_001),
}


@pytest.mark.parametrize("command, name, content", COMMANDS.values(), ids=COMMANDS)
def test_a_command_ends_with_a_sentence_and_exit_code_two(
    office: Terminal, command: tuple[str, ...], name: str, content: bytes
) -> None:
    office.write(name, content)
    said = office.type(*command, name)
    assert said.code == 2
    assert name in said.out + said.err
    assert "Traceback" not in said.out + said.err
    assert DIGITS[:2_000] not in said.out + said.err
