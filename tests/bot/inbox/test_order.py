"""The order of rows: a conversation in turn, conversations side by side, known people first."""

from datetime import UTC, datetime
from itertools import count

from bot.inbox.order import Line
from storage.operations.inbox import EXCESS, Arrival, Waiting

IDS = count(1)
AT = datetime(2018, 6, 8, tzinfo=UTC)


def row(chat: str, number: int, *, known: bool = True, way_in: bool = False) -> Waiting:
    return Waiting(next(IDS), Arrival(number, chat, "message", "{}", way_in), known, AT)


def name(row: Waiting) -> str:
    return f"{row.arrival.conversation} {row.arrival.number}"


def taken(line: Line) -> list[Waiting]:
    """Everything that has its turn now."""
    rows = []
    while (one := line.next()) is not None:
        rows.append(one)
    return rows


def names(rows: list[Waiting]) -> list[str]:
    return [name(one) for one in rows]


def test_the_rows_of_one_conversation_come_one_after_the_other_by_their_numbers() -> None:
    line = Line(4, 1)
    for number in (2, 1, 3):
        line.add(row("ada", number))
    seen = []
    while rows := taken(line):
        seen += names(rows)
        line.done(rows[0])
    assert seen == ["ada 1", "ada 2", "ada 3"]


def test_a_row_that_waits_for_its_own_conversation_takes_no_place_from_others() -> None:
    line = Line(2, 1)
    for one in (row("ada", 1), row("ada", 2), row("ben", 3), row("cy", 4)):
        line.add(one)
    rows = taken(line)
    assert names(rows) == ["ada 1", "ben 3"]
    line.done(rows[1])
    assert names(taken(line)) == ["cy 4"]


def test_strangers_have_places_of_their_own_and_codes_go_first() -> None:
    line = Line(2, 1)
    for number in range(3):
        line.add(row(f"stranger {number}", number, known=False))
    line.add(row("joiner", 9, known=False, way_in=True))
    line.add(row("ada", 10))
    rows = taken(line)
    assert names(rows) == ["ada 10", "joiner 9"]
    line.done(rows[1])
    assert names(taken(line)) == ["stranger 0 0"]


def test_a_row_without_its_place_holds_its_conversation_and_nobody_else() -> None:
    line = Line(1, 1)
    for one in (row("ada", 1), row("ada", 2), row("ben", 3), row("cy", 4)):
        line.add(one)
    (slow,) = taken(line)
    line.free_place(slow)
    line.free_place(slow)
    assert names(taken(line)) == ["ben 3"]
    line.done(slow)
    # The place was given back once.
    assert taken(line) == []


def test_a_row_that_is_put_back_is_the_first_of_its_conversation_again() -> None:
    line = Line(1, 1)
    line.add(row("ada", 1))
    line.add(row("ada", 2))
    (first,) = taken(line)
    line.back(first)
    assert names(taken(line)) == ["ada 1"]


def test_it_knows_how_much_of_a_chat_waits_or_is_in_hand() -> None:
    line = Line(1, 1)
    assert line.waiting("ada") == (0, False)
    line.add(row("ada", 1))
    line.add(Waiting(next(IDS), Arrival(2, "ada", EXCESS, ""), known=True, received_at=AT))
    (first,) = taken(line)
    assert line.waiting("ada") == (2, True)
    line.done(first)
    (excess,) = taken(line)
    line.done(excess)
    assert line.waiting("ada") == (0, False)


def test_a_chat_that_becomes_known_meanwhile_frees_no_places_for_strangers() -> None:
    line = Line(2, 1)
    line.add(row("stranger", 1, known=False))
    assert line.next() is not None
    # The lower number comes later, as it can over a webhook.
    line.add(row("becomes known", 11, known=True))
    line.add(row("becomes known", 10, known=False))
    assert line.next() is not None
    for number in range(20, 30):
        line.add(row(f"stranger {number}", number, known=False))
    assert line.next() is None


def test_strangers_have_one_place_while_more_messages_wait_outside() -> None:
    line = Line(2, 4)
    for number in range(6):
        line.add(row(f"stranger {number}", number, known=False))
    line.add(row("joiner", 7, known=False, way_in=True))
    line.add(row("ada", 8))
    line.add(row("ben", 9))
    line.haste = True
    rows = taken(line)
    assert names(rows) == ["ada 8", "ben 9", "joiner 7"]
    line.done(rows[2])
    assert names(taken(line)) == ["stranger 0 0"]
    line.haste = False
    assert len(taken(line)) == 3
