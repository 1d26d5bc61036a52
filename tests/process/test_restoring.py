"""A copy is made while the bot runs and put back later: answers are there, nobody is asked twice."""

import json

from tests.process.harness import INVITED, Chats, Office, Run, invited
from tests.standin.control import StandIn


def test_after_a_restore_the_answers_are_there_and_nobody_is_invited_twice(
    tg: StandIn, quiet: Office, run: Run, chats: Chats
) -> None:
    first = run(quiet)
    first.until(lambda: first.ticks())
    quiet.opens("M6")
    first.until(lambda: len(invited(tg, quiet)) == INVITED)
    ada = quiet.joined[0]
    chats[ada.chat].taps("Start")
    first.until(lambda: chats[ada.chat].last.text.startswith("Question 1"))
    quiet.followup("backup", "copy.sqlite3")
    assert "Stop the bot" in quiet.refused("restore", "copy.sqlite3")
    chats[ada.chat].taps("1. Same job")
    first.until(lambda: chats[ada.chat].last.text.startswith("Question 2"))
    assert first.stop() == 0
    said = json.loads(quiet.followup("restore", "copy.sqlite3", "--json"))
    assert said["caught"]["contacts"] == 0
    second = run(quiet)
    second.until(lambda: second.ticks() >= 2)
    assert invited(tg, quiet) == {officer.chat: 1 for officer in quiet.joined}
    # The answer given after the copy is lost, and its question can be answered again.
    assert quiet.answers(ada) == {}
    chats[ada.chat].sends("/continue")
    second.until(lambda: chats[ada.chat].screen[-1].text.startswith("Question 1"))
    chats[ada.chat].taps("1. Same job")
    second.until(lambda: quiet.answers(ada) == {"job": "same"})
    assert second.stop() == 0
