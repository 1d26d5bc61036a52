"""The ways to join on a strip of paper."""

from bot.desk.people.joining_codes import GivenCode
from bot.desk.workshops.code_sheets import SCAN, TYPE, TYPE_ALONE, WITHOUT, ways_of

PAGE, CHAT = "https://followup.example.org/q/x", "https://t.me/followup_bot?start=CODE"


def given(*, page: str = PAGE, blocked: bool = False) -> GivenCode:
    return GivenCode("P-1", "Ada", "TO", "en", "CODE", page, blocked)


def test_where_the_messenger_is_blocked_only_the_page_is_printed() -> None:
    assert ways_of(given(blocked=True), "followup_bot") == [(SCAN, PAGE)]


def test_elsewhere_the_chat_is_first_and_the_page_beside_it() -> None:
    ways = ways_of(given(), "followup_bot")
    assert ways[:2] == [(SCAN, CHAT), (WITHOUT, PAGE)]
    assert [words for words, _ in ways] == [SCAN, WITHOUT, TYPE]


def test_without_a_page_the_chat_is_printed_also_where_it_is_blocked() -> None:
    ways = ways_of(given(page="", blocked=True), "followup_bot")
    assert ways[0] == (SCAN, CHAT)


def test_a_single_way_is_not_introduced_as_a_second_one() -> None:
    assert [words for words, _ in ways_of(given(page=""), None)] == [TYPE_ALONE]
