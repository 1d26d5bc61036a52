"""Bounds: how much of one chat is taken in, and how often a stranger is answered."""

from bot.inbox.bounds import CODES, MOST_OF_KNOWN, PERIOD, AnswersToStrangers, admit
from storage.operations.inbox import EXCESS, Arrival


def arrivals(chat: str, number: int, *, first: int = 0, way_in: bool = False) -> list[Arrival]:
    numbers = range(first, first + number)
    return [Arrival(one, chat, "message", "{}", way_in) for one in numbers]


def test_a_flood_of_one_known_chat_leaves_some_rows_and_one_for_the_excess() -> None:
    admission = admit(arrivals("ada", 200), {"ada"}, {})
    kinds = [one.kind for one in admission.taken]
    assert kinds == ["message"] * MOST_OF_KNOWN + [EXCESS]
    assert admission.taken[-1].content == ""
    assert admission.dropped == 200 - MOST_OF_KNOWN


def test_an_excess_is_said_once_while_it_waits() -> None:
    admission = admit(arrivals("ada", 3), {"ada"}, {"ada": (MOST_OF_KNOWN + 1, True)})
    assert (admission.taken, admission.dropped) == ([], 3)


def test_one_row_of_a_stranger_waits_and_everybody_else_is_taken_in() -> None:
    batch = [
        *arrivals("stranger", 50),
        *arrivals("ada", 2, first=50),
        *arrivals("other", 1, first=60),
    ]
    admission = admit(batch, {"ada"}, {"other": (1, False)})
    assert [one.number for one in admission.taken] == [0, 50, 51]
    assert admission.dropped == 50


def test_what_may_be_a_code_is_taken_in_beside_another_message_of_a_stranger() -> None:
    batch = [*arrivals("new", 2), *arrivals("new", 9, first=2, way_in=True)]
    assert [one.number for one in admit(batch, set(), {}).taken] == [0, 2, 3]


def test_a_stranger_is_answered_once_a_minute_and_some_codes_too() -> None:
    answers = AnswersToStrangers()
    assert [answers.allow("x", False, at) for at in (0.0, 1.0, PERIOD - 1, PERIOD)] == [
        True,
        False,
        False,
        True,
    ]
    assert [answers.allow("x", True, 0.0) for _ in range(CODES + 1)] == [True] * CODES + [False]
    assert answers.allow("y", False, 1.0)
