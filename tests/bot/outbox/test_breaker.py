"""How many messages a channel may take now. Pure: time is an argument."""

from datetime import UTC, datetime, timedelta

from bot.outbox.breaker import (
    AT_ONCE,
    FAILURES,
    FIRST_REST,
    LETTERS_AT_ONCE,
    Breaker,
)

NOW = datetime(2018, 8, 9, 4, tzinfo=UTC)


def broken(times: int = FAILURES) -> Breaker:
    breaker = Breaker("telegram")
    for _ in range(times):
        breaker.failed(NOW)
    return breaker


def test_a_channel_that_works_takes_several_at_once_and_letters_go_almost_one_by_one() -> None:
    assert Breaker("telegram").room(NOW) == AT_ONCE
    assert Breaker("email").room(NOW) == LETTERS_AT_ONCE


def test_a_few_failures_in_a_row_make_it_rest_and_then_one_message_tries_it_out() -> None:
    assert broken(FAILURES - 1).room(NOW) == AT_ONCE
    breaker = broken()
    assert (breaker.room(NOW), breaker.works) == (0, False)
    assert breaker.room(NOW + timedelta(minutes=1)) == 1
    breaker.worked()
    assert (breaker.room(NOW), breaker.works) == (AT_ONCE, True)


def test_it_rests_longer_each_time_and_never_too_long() -> None:
    breaker, now, found = broken(), NOW, []
    for _ in range(5):
        ends = (now + timedelta(minutes=minutes) for minutes in range(1, 60))
        end = next(one for one in ends if not breaker.rests(one))
        found.append(end - now)
        now = end
        breaker.failed(now)
    assert found == [timedelta(minutes=minutes) for minutes in (1, 2, 4, 5, 5)]


def test_a_pause_that_is_asked_for_holds_also_when_earlier_messages_arrive() -> None:
    breaker = Breaker("telegram")
    breaker.pause(NOW, 34)
    breaker.worked()
    assert breaker.room(NOW + timedelta(seconds=33)) == 0
    assert breaker.room(NOW + timedelta(seconds=34)) == AT_ONCE


def test_a_pause_of_no_seconds_still_ends_the_round() -> None:
    breaker = Breaker("telegram")
    breaker.pause(NOW, 0)
    assert breaker.room(NOW) == 0


def test_messages_that_were_under_way_together_make_one_rest() -> None:
    breaker = broken(AT_ONCE)
    assert breaker.rests(NOW + FIRST_REST - timedelta(seconds=1))
    assert breaker.room(NOW + FIRST_REST) == 1
