"""Cards about lists: long lines are shortened, and still say what to do. No database."""

from bot.importing.rows.imported import Imported
from bot.importing.tables.cells import Book
from bot.staff_chat.list_cards import list_card, refused_card
from bot.staff_chat.sent_lists import Sent
from surveys.problems import Problem
from tests.bot.fieldwork_world import utc

SENT = Sent(1, Book(()), "calendar.csv", False, utc("2018-01-10T10:00"), ("telegram", "901"))
FIX = "Write its code or its name, or leave it empty for an online workshop."
LONG = "A workshop with a very long title, " * 12


def problems(severity: str) -> list[Problem]:
    warning = severity == "warning"
    return [
        Problem(
            f"{'a' * 100}.csv",
            f"row {number}, column country, {LONG[:40]}",
            "is not a country." + f" It may be {LONG}",
            "X" * 90,
            FIX,
            "warning" if warning else "error",
        )
        for number in range(2, 5)
    ]


def test_what_to_do_about_a_problem_is_never_cut_off() -> None:
    refused = refused_card(SENT, problems("error")).text.splitlines()[1:]
    done = Imported(new=1, warnings=tuple(problems("warning")))
    warned = [line for line in list_card(SENT, done).text.splitlines() if "row" in line]
    for lines in (refused, warned):
        assert len(lines) == 3
        assert all(line.endswith(f"… {FIX}") for line in lines)
        assert all(len(line) < 210 for line in lines)


def test_a_long_note_keeps_its_end() -> None:
    note = f"row 4: '{LONG}' has no days yet and was left out. Send it again with days."
    (line,) = [
        line
        for line in list_card(SENT, Imported(new=1, notes=(note,))).text.splitlines()
        if line.startswith("row 4")
    ]
    assert line.endswith("has no days yet and was left out. Send it again with days.")
    assert len(line) < 210
