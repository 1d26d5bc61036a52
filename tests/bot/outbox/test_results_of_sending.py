"""What an error of delivery means for the attempt and for the address. No database."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.messaging.messages import DeliveryError
from bot.outbox.sending import SendResult, result_of
from surveys.people import AddressState
from surveys.planning.dispositions import Outcome

NOW = datetime(2018, 8, 9, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    ("reason", "state"),
    [
        ("blocked", AddressState.BLOCKED),
        ("deleted", AddressState.DELETED),
        ("not_found", AddressState.UNREACHABLE),
        ("no_mailbox", AddressState.UNREACHABLE),
    ],
)
def test_a_permanent_error_ends_the_attempt_and_the_address(
    reason: str, state: AddressState
) -> None:
    found = result_of(DeliveryError(reason, permanent=True), NOW)
    assert found == SendResult(Outcome.FAILED, reason, lost=state)


def test_a_chat_that_moved_twice_cannot_be_reached() -> None:
    found = result_of(DeliveryError("moved", moved_to="-100"), NOW)
    assert found == SendResult(Outcome.FAILED, "moved", lost=AddressState.UNREACHABLE)


def test_a_message_that_may_have_arrived_is_not_tried_again() -> None:
    found = result_of(DeliveryError("timed_out", outcome_unknown=True, retry_after=5), NOW)
    assert found == SendResult(Outcome.UNKNOWN, "timed_out")


def test_a_refused_message_is_not_tried_again_and_costs_no_address() -> None:
    assert result_of(DeliveryError("refused"), NOW) == SendResult(Outcome.FAILED, "refused")


@pytest.mark.parametrize("reason", ["network", "server"])
@pytest.mark.parametrize(("asked", "seconds"), [(None, 600), (30, 30), (0, 0)])
def test_any_other_error_is_tried_again_after_the_time_asked_for_or_ten_minutes(
    reason: str, asked: float | None, seconds: int
) -> None:
    found = result_of(DeliveryError(reason, retry_after=asked), NOW)
    assert found == SendResult(Outcome.RETRY, reason, retry_at=NOW + timedelta(seconds=seconds))
