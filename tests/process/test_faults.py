"""What the messenger does wrong in the middle of a wave, met by the real process."""

import json

from tests.process.harness import INVITED, WORKSHOP, Chats, Office, Run, invited, shown
from tests.standin.control import StandIn
from tests.standin.faults import Fault


def test_d06_d07_lost_chats_do_not_stop_the_others_and_are_listed_for_the_organiser(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    blocked, deleted, gone = busy.joined[2:5]
    refused = tg.faults.add(Fault.blocked(chat_id=blocked.chat, times=None))
    chats[deleted.chat].deactivates()
    chats[gone.chat].never_existed()
    process = run(busy)
    process.until(lambda: process.ticks() >= 3)
    assert process.stop() == 0
    lost = {blocked.chat, deleted.chat, gone.chat}
    assert invited(tg, busy) == dict.fromkeys({o.chat for o in busy.joined} - lost, 1)
    assert refused.hits == 1
    outcomes = busy.outcomes()
    assert {chat for chat, found in outcomes.items() if found == ["failed"]} == lost
    preview = json.loads(busy.followup("wave", "preview", WORKSHOP, "M6", "--json"))
    reasons = {one["name"]: one["reason"] for one in preview["messages"] if one["reason"]}
    for officer in (blocked, deleted, gone):
        assert reasons[officer.name].startswith("cannot be reached")


def test_d10_a_flood_answer_in_the_middle_delays_the_wave_and_loses_nobody(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    flood = tg.faults.add(Fault.flood(1, method="sendMessage", skip=8))
    process = run(busy)
    process.until(lambda: len(invited(tg, busy)) == INVITED)
    process.until(lambda: process.ticks())
    assert process.stop() == 0
    assert flood.hits == 1
    assert set(invited(tg, busy).values()) == {1}
    assert set(map(tuple, busy.outcomes().values())) == {("sent",)}


def test_d10_a_long_wait_asked_by_the_messenger_is_planned_and_holds_for_all(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    tg.faults.add(Fault.flood(600, method="sendMessage", skip=2))
    process = run(busy)
    process.until(lambda: process.ticks() >= 3)
    assert process.stop() == 0
    outcomes = busy.outcomes()
    assert list(outcomes.values()).count(["retry"]) == 1
    assert all(found in (["retry"], ["sent"]) for found in outcomes.values())
    # Only those that were under way already have left; the others are still due.
    assert len(outcomes) < INVITED
    called = [chat for chat in outcomes if tg.calls("sendMessage", chat)]
    assert called == list(outcomes)


def test_a_broken_line_after_the_message_left_is_unknown_and_never_sent_again(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    ada, silent, reset, closed, garbage, restarting = busy.joined[:6]
    for officer, fault in (
        (silent, Fault.silent(method="sendMessage", chat_id=silent.chat)),
        (reset, Fault.reset_before(method="sendMessage", chat_id=reset.chat)),
        (closed, Fault.reset_after(method="sendMessage", chat_id=closed.chat)),
        (garbage, Fault.garbage(method="sendMessage", chat_id=garbage.chat)),
        (restarting, Fault.server_error(method="sendMessage", chat_id=restarting.chat)),
    ):
        assert officer.chat == tg.faults.add(fault).chat_id
    process = run(busy)
    process.until(lambda: len(invited(tg, busy)) == INVITED - 2)
    # While one message hangs, others are served.
    chats[ada.chat].taps("Start")
    process.until(lambda: chats[ada.chat].last.text.startswith("Question 1"))
    assert process.ticks() == 0
    process.until(lambda: process.ticks() >= 3)
    assert process.stop() == 0
    calls = {o.chat: len(tg.calls("sendMessage", o.chat)) for o in busy.joined}
    assert calls == {o.chat: 2 if o is restarting else 1 for o in busy.joined}
    unknown = {o.chat for o in (silent, reset, closed, garbage)}
    outcomes = busy.outcomes()
    assert {chat for chat, found in outcomes.items() if found == ["unknown"]} == unknown
    assert all(outcomes[o.chat] == ["sent"] for o in busy.joined if o.chat not in unknown)


def test_without_a_network_nothing_is_lost_and_it_hears_again_afterwards(
    tg: StandIn, quiet: Office, run: Run, chats: Chats
) -> None:
    ada = quiet.joined[0]
    process = run(quiet)
    process.until(lambda: process.ticks())
    tg.pause_network()
    chats[ada.chat].sends("/help")
    quiet.opens("M6")
    process.until(lambda: "invitation_retry" in process.output)
    assert "cannot reach Telegram" in process.output
    tg.resume_network()
    process.until(lambda: "/mydata" in shown(chats[ada.chat]))
    assert process.stop() == 0
    # After some failures the channel rests, and claims nothing more.
    assert set(map(tuple, quiet.outcomes().values())) == {("retry",)}
    assert set(quiet.outcomes()) <= {officer.chat for officer in quiet.joined}
    assert len(tg.accepted()) == 1
