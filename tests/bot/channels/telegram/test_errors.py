"""The meaning of each failure of the messenger, over real connections where possible."""

import datetime as dt

import aiohttp
import pytest
from telegram.error import NetworkError, RetryAfter, TelegramError, TimedOut

from bot.channels.telegram import TelegramChannel, TokenRefused
from bot.channels.telegram.errors import translated
from bot.channels.telegram.transport import NotConnected
from bot.messaging.messages import Card, DeliveryError
from tests.bot.channels.telegram.conftest import IMPATIENT, QUICK
from tests.standin.control import StandIn
from tests.standin.faults import Fault

CASES = [
    (Fault.blocked(times=None), "blocked", {"permanent": True}),
    (Fault.refuse(403, "Forbidden: user is deactivated"), "deleted", {"permanent": True}),
    (Fault.refuse(400, "Bad Request: user is deactivated"), "deleted", {"permanent": True}),
    (Fault.refuse(400, "Bad Request: chat not found"), "not_found", {"permanent": True}),
    (
        Fault.refuse(403, "Forbidden: bot can't initiate conversation with a user"),
        "not_found",
        {"permanent": True},
    ),
    (
        Fault.refuse(403, "Forbidden: bot was kicked from the group chat"),
        "blocked",
        {"permanent": True},
    ),
    (Fault.refuse(403, "Forbidden: something new"), "blocked", {"permanent": True}),
    (Fault.flood(3000), "flood", {"retry_after": 3000}),
    (Fault.migrate(-1001234), "not_found", {"moved_to": "-1001234"}),
    (Fault.refuse(400, "Bad Request: something of ours"), "refused", {}),
    (Fault.refuse(413, "Request Entity Too Large"), "refused", {}),
    (Fault.server_error(500, times=None), "server", {}),
    (Fault.server_error(502, times=None), "server", {}),
    (Fault.refuse(504, "Gateway Timeout"), "timed_out", {"outcome_unknown": True}),
    (Fault.garbage(), "server", {"outcome_unknown": True}),
    (Fault.garbage(502, accepted=True), "server", {"outcome_unknown": True}),
    (Fault.reset_before(), "network", {"outcome_unknown": True}),
    (Fault.reset_after(), "network", {"outcome_unknown": True}),
    (Fault.silent(), "timed_out", {"outcome_unknown": True}),
]


@pytest.mark.parametrize(
    ("fault", "reason", "meaning", "timing"),
    [(*case, IMPATIENT if case[0].kind == "silent" else QUICK) for case in CASES],
    ids=[f"{f.label}-{r}" for f, r, _ in CASES],
)
async def test_d06_d07_each_failure_has_its_meaning(
    tg: StandIn, channel: TelegramChannel, fault: Fault, reason: str, meaning: dict[str, object]
) -> None:
    tg.person(7001, "Chi", started=True)
    fault.hits = 0
    tg.faults.add(fault)
    with pytest.raises(DeliveryError) as caught:
        await channel.send("7001", Card("Hello"))
    plain = {"permanent": False, "retry_after": None, "outcome_unknown": False, "moved_to": None}
    assert vars(caught.value) == {"reason": reason, **plain, **meaning}
    assert len(tg.accepted(7001)) <= 1


@pytest.mark.parametrize("answer", ['{"ok":true}', "[]", '{"ok":true,"result":{"date":1}}'])
async def test_an_answer_that_names_no_message_leaves_the_outcome_unknown(
    tg: StandIn, channel: TelegramChannel, answer: str
) -> None:
    tg.person(7001, started=True)
    fault = Fault.garbage(accepted=True)
    fault.body = answer.encode()
    tg.faults.add(fault)
    with pytest.raises(DeliveryError) as caught:
        await channel.send("7001", Card("Hello"))
    assert (caught.value.reason, caught.value.outcome_unknown) == ("server", True)
    assert len(tg.accepted(7001)) == 1


async def test_d06_one_blocked_chat_does_not_stop_the_others(
    tg: StandIn, channel: TelegramChannel
) -> None:
    people = [tg.person(7000 + n, started=True) for n in range(1, 6)]
    people[2].blocks()
    failed = []
    for person in people:
        try:
            await channel.send(str(person.id), Card("Hello"))
        except DeliveryError as problem:
            failed.append((person.id, problem.permanent))
    assert failed == [(7003, True)]
    assert len(tg.accepted()) == 4


async def test_a_server_error_before_acceptance_is_tried_again_in_place(
    tg: StandIn, channel: TelegramChannel
) -> None:
    tg.person(7001, started=True)
    tg.faults.add(Fault.server_error(502, times=2))
    await channel.send("7001", Card("Hello"))
    assert len(tg.accepted(7001)) == 1


async def test_without_a_network_the_message_never_left_and_may_be_sent_again(
    tg: StandIn, channel: TelegramChannel
) -> None:
    ada = tg.person(7001, started=True)
    await channel.send("7001", Card("Before"))
    tg.pause_network()
    with pytest.raises(DeliveryError) as caught:
        await channel.send("7001", Card("After"))
    assert (caught.value.reason, caught.value.outcome_unknown) == ("network", False)
    tg.resume_network()
    await channel.send("7001", Card("After"))
    assert [message.text for message in ada.screen] == ["Before", "After"]


async def test_a_revoked_token_is_an_error_of_its_own(
    tg: StandIn, channel: TelegramChannel
) -> None:
    tg.person(7001, started=True)
    tg.faults.add(Fault.refuse(401, "Unauthorized"))
    with pytest.raises(TokenRefused) as caught:
        await channel.send("7001", Card("Hello"))
    assert tg.token not in repr(caught.value)


def caused(problem: TelegramError, cause: Exception) -> TelegramError:
    problem.__cause__ = cause
    return problem


@pytest.mark.parametrize(
    ("problem", "reason", "unknown"),
    [
        (caused(NetworkError(""), NotConnected("")), "network", False),
        (caused(TimedOut(), aiohttp.ServerTimeoutError("")), "timed_out", True),
        (caused(NetworkError(""), aiohttp.ServerDisconnectedError("")), "network", True),
        (caused(NetworkError(""), ConnectionResetError("")), "network", True),
        (caused(NetworkError(""), RuntimeError("")), "server", True),
        (NetworkError("Service Unavailable"), "server", False),
        (TelegramError("Invalid server response"), "server", True),
    ],
)
def test_only_a_request_that_surely_never_left_may_be_repeated(
    problem: TelegramError, reason: str, unknown: bool
) -> None:
    meaning = translated(problem)
    assert isinstance(meaning, DeliveryError)
    assert (meaning.reason, meaning.outcome_unknown) == (reason, unknown)


@pytest.mark.parametrize("setting", ["true", "false"])
@pytest.mark.filterwarnings("ignore::telegram.warnings.PTBDeprecationWarning")
def test_d10_the_wait_is_read_in_both_forms(monkeypatch: pytest.MonkeyPatch, setting: str) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", setting)
    meaning = translated(RetryAfter(dt.timedelta(seconds=34)))
    assert isinstance(meaning, DeliveryError)
    assert meaning.retry_after == 34
