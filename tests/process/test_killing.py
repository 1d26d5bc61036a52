"""kill -9 at the worst moments: nobody is asked twice, and no confirmed answer is lost."""

import sqlite3
from collections import Counter
from contextlib import closing

from tests.bot.participants.test_files_shown import FORM
from tests.patience import PATIENCE
from tests.process.harness import INVITED, Chats, Office, Process, Run, invited
from tests.shown_files import picture
from tests.standin.control import StandIn
from tests.standin.faults import Fault


def test_d01_killed_in_the_middle_of_a_wave_it_invites_nobody_twice(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    slow = tg.faults.add(Fault.slow(30, method="sendMessage", skip=5, times=None))
    first = run(busy)
    first.until(lambda: slow.hits >= 5)
    first.kill()
    tg.faults.clear()
    second = run(busy)
    second.until(lambda: second.ticks() >= 2)
    assert second.stop() == 0
    outcomes = busy.outcomes()
    ended = Counter(outcome for one in outcomes.values() for outcome in one)
    assert set(outcomes) == {officer.chat for officer in busy.joined}
    assert all(len(one) == 1 for one in outcomes.values())
    assert ended == {"sent": INVITED - ended["unknown"], "unknown": ended["unknown"]}
    # What had left is unknown and never sent again. What waited for its turn is sent.
    assert ended["unknown"] in (slow.hits, slow.hits + 1)
    reached = invited(tg, busy)
    assert set(reached.values()) == {1}
    missing = [
        chat for chat, (outcome,) in outcomes.items() if outcome == "sent" and not reached[chat]
    ]
    assert missing == []


def test_killed_between_a_tap_and_its_reply_the_answer_is_there_and_it_goes_on(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    ada = busy.joined[0]
    first = run(busy)
    first.until(lambda: chats[ada.chat].screen)
    chats[ada.chat].taps("Start")
    first.until(lambda: chats[ada.chat].last.text.startswith("Question 1"))
    held = tg.faults.add(Fault.silent(False, method="answerCallbackQuery", chat_id=None))
    chats[ada.chat].taps("1. Same job")
    first.until(lambda: held.hits)
    assert busy.answers(ada) == {"job": "same"}
    first.kill()
    assert chats[ada.chat].last.text.startswith("Question 1")
    assert tg.pending == 0
    tg.faults.clear()
    # Nobody taps again: the row of the tap was handled and not settled.
    second = run(busy).listening()
    second.until(lambda: "\nQuestion 2" in chats[ada.chat].last.text)
    assert "Your answer: Same job" in chats[ada.chat].last.text
    assert busy.answers(ada) == {"job": "same"}
    assert second.stop() == 0


def test_a_tap_that_was_heard_and_not_yet_stored_is_not_lost(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    ada = busy.joined[0]
    first = run(busy)
    first.until(lambda: len(invited(tg, busy)) == INVITED)
    chats[ada.chat].taps("Start")
    first.until(lambda: chats[ada.chat].last.text.startswith("Question 1"))
    with closing(sqlite3.connect(busy.database, isolation_level=None, timeout=PATIENCE)) as other:
        other.execute("BEGIN IMMEDIATE")
        first.until(lambda: tg.calls("getUpdates")[-1].outcome == "pending")
        chats[ada.chat].taps("1. Same job")
        # The poll has brought the tap, which cannot be stored yet.
        first.until(lambda: tg.calls("getUpdates")[-1].outcome == "ok")
        first.kill()
    assert busy.answers(ada) == {}
    second = run(busy)
    second.until(lambda: chats[ada.chat].last.text.startswith("Question 2"))
    assert busy.answers(ada) == {"job": "same"}


def until_second_question(
    tg: StandIn, office: Office, run: Run, chats: Chats, typed: bool
) -> Process:
    """A process that is killed when it has stored an answer and could not say that it heard it."""
    ada = chats[office.joined[0].chat]
    first = run(office)
    first.until(lambda: ada.screen)
    ada.taps("Start")
    first.until(lambda: ada.last.text.startswith("Question 1"))
    first.until(lambda: tg.pending == 0)
    # What is typed before the bot knows that the question arrived is rightly not stored.
    first.until(lambda: "job" in office.shown(office.joined[0]))
    # A poll may bring the answer; none may say that it was heard.
    heard = tg.calls("getUpdates")[-1].params["offset"]
    tg.faults.add(
        Fault.reset_before(
            method="getUpdates", times=None, when=lambda poll: poll.params["offset"] > heard
        )
    )
    if typed:
        ada.sends("1")
    else:
        ada.taps("1. Same job")
    first.until(lambda: "Question 2" in ada.last.text)
    first.kill()
    tg.faults.clear()
    assert tg.pending == 1
    second = run(office)
    second.until(lambda: tg.pending == 0)
    return second


def test_i01_a_tap_that_comes_twice_after_a_kill_is_one_answer(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    second = until_second_question(tg, busy, run, chats, typed=False)
    assert second.stop() == 0
    assert busy.answers(busy.joined[0]) == {"job": "same"}


def test_i20_a_text_that_comes_twice_after_a_kill_answers_one_question(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    second = until_second_question(tg, busy, run, chats, typed=True)
    assert second.stop() == 0
    assert busy.answers(busy.joined[0]) == {"job": "same"}


def test_killed_while_a_photo_is_fetched_it_is_fetched_again_and_kept_once(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    ada = busy.joined[0]
    (busy.folder / "form.yaml").write_text(FORM, "utf-8")
    busy.points_to(tg, files={"ask_participants": True})
    busy.followup("questionnaire", "publish", str(busy.folder / "form.yaml"), "--yes")
    with closing(sqlite3.connect(busy.database)) as file:
        file.execute("UPDATE waves SET questionnaire_version = 2 WHERE questionnaire_key = 'M6'")
        file.commit()
    first = run(busy)
    first.until(lambda: chats[ada.chat].screen)
    for said, button in (("", "Start"), ("Question 1", "1. Yes")):
        first.until(lambda said=said: said in chats[ada.chat].last.text)  # type: ignore[misc]
        chats[ada.chat].taps(button)
    first.until(lambda: "Can you show it?" in chats[ada.chat].last.text)
    held = tg.faults.add(Fault.silent(False, method="getFile", chat_id=None))
    chats[ada.chat].sends_photo(picture("JPEG", place=True))
    first.until(lambda: held.hits)
    first.kill()
    assert busy.answers(ada) == {"new": "yes"}
    tg.faults.clear()
    second = run(busy)
    second.until(lambda: "Anything else?" in chats[ada.chat].last.text)
    assert busy.answers(ada) == {"new": "yes", "order": "shown"}
    (kept,) = (busy.folder / "followup.sqlite3.files").iterdir()
    assert kept.read_bytes().startswith(b"\xff\xd8\xff")
    assert second.stop() == 0
