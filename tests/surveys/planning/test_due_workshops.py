"""When a workshop is due."""

from datetime import UTC, date, datetime

from surveys.planning.due_workshops import next_due, opens_at


def test_a_workshop_is_looked_at_when_the_first_of_its_waves_opens_or_is_over() -> None:
    june, july = date(2018, 6, 8), date(2018, 7, 6)
    opening = [opens_at(july), None, opens_at(june)]
    assert next_due(opening, []) == datetime(2018, 6, 7, 10, tzinfo=UTC)
    assert next_due([], [july, june]) == datetime(2018, 6, 9, 12, tzinfo=UTC)
    assert next_due([opens_at(july)], [june]) == datetime(2018, 6, 9, 12, tzinfo=UTC)


def test_a_workshop_with_nothing_to_come_is_not_looked_at() -> None:
    assert next_due([], []) is None
