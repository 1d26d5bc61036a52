"""Two real processes on one database: the second one of a SQLite file is sent away, others share."""

import signal

import pytest

from tests.process.harness import INVITED, Chats, Office, Run, invited
from tests.standin.control import StandIn
from tests.standin.faults import Fault

VARIABLE = "FOLLOWUP_TELEGRAM_TOKEN"


def test_d03_a_second_process_on_a_sqlite_file_is_sent_away_with_words(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    slow = tg.faults.add(Fault.slow(6, method="sendMessage", times=None))
    first = run(busy)
    first.until(lambda: slow.hits >= 5)
    for command in ("run", "tick"):
        said = busy.refused(command, whole=False, **{VARIABLE: tg.token})
        assert said.startswith("Another process of the bot uses followup.sqlite3 already.")
    tg.faults.clear()
    first.until(first.ticks)
    assert first.stop() == 0
    # Nothing of what was on its way has been called unknown.
    assert busy.details() == {("sent", ""): INVITED}
    assert invited(tg, busy) == {officer.chat: 1 for officer in busy.joined}
    second = run(busy)
    second.until(second.ticks)
    assert second.stop() == 0


@pytest.fixture
def shared(busy: Office, postgresql_url: str, tg: StandIn) -> Office:
    """An office on PostgreSQL where a wave is open and everybody is due."""
    office = busy.moved_to(postgresql_url)
    office.points_to(tg)
    return office


def test_d03_on_postgresql_what_the_living_send_is_left_alone_and_what_the_dead_sent_unknown(
    tg: StandIn, shared: Office, run: Run, chats: Chats
) -> None:
    held = tg.faults.add(Fault.silent(method="sendMessage", times=None))
    first = run(shared)
    first.until(lambda: held.hits >= 8)
    # Asleep in the middle of sending: it is still there, however long that lasts.
    first.popen.send_signal(signal.SIGSTOP)
    tg.faults.clear()
    second = run(shared)
    second.until(lambda: second.ticks() >= 2)
    under_way, claimed = (shared.details()[state, ""] for state in ("leaving", "claimed"))
    assert under_way >= 6  # some were notices to the staff
    assert shared.details()["sent", ""] == INVITED - under_way - claimed
    first.kill()
    second.until(lambda: shared.details()["sent", ""] == INVITED - under_way)
    assert second.stop() == 0
    # What had not left when it fell asleep is sent by the other; nobody has got two.
    lost = ("unknown", "interrupted")
    assert shared.details() == {lost: under_way, ("sent", ""): INVITED - under_way}
    assert set(invited(tg, shared).values()) == {1}


def test_on_postgresql_one_process_polling_started_and_when_it_is_killed_another_goes_on(
    tg: StandIn, shared: Office, run: Run, chats: Chats
) -> None:
    first = run(shared).listening()
    first.until(first.ticks)
    second = run(shared)
    second.until(second.ticks)
    assert "polling_started" not in second.output
    ada, ben = (one for one in shared.joined[:2])
    first.until(lambda: set(invited(tg, shared)) >= {ada.chat, ben.chat})
    chats[ada.chat].taps("Start")
    first.until(lambda: "Start" not in chats[ada.chat].screen[-1].labels)
    first.kill()
    chats[ben.chat].taps("Start")
    chats[ada.chat].taps("1. Same job")
    second.until(lambda: shared.answers(ada).get("job") == "same")
    second.until(lambda: "Start" not in chats[ben.chat].screen[-1].labels)
    assert "polling_started" in second.output
    assert not [call for call in tg.calls("getUpdates") if call.outcome == "409"]
    assert second.stop() == 0
