"""Starting and stopping: wrong tokens, no network, one round for cron, and what is never printed."""

import json
import time
from collections import Counter
from pathlib import Path

import httpx
import pytest

from tests.patience import PATIENCE
from tests.process.harness import (
    INVITED,
    Chats,
    Office,
    Run,
    invited,
    monitor_port_of,
)
from tests.standin.control import StandIn
from tests.standin.faults import Fault

VARIABLE = "FOLLOWUP_TELEGRAM_TOKEN"
SECONDS_TO_STOP = 8.0
"""Five at most, and some for a busy machine."""

WRONG = "4242:another-token-that-is-not-right-at-all"


@pytest.mark.parametrize(
    ("command", "token"),
    [
        ("run", WRONG),
        ("run", "4242:short"),
        ("run", "no token"),
    ],
)
def test_c03_a_wrong_token_is_one_clear_line_without_the_token(
    tg: StandIn, quiet: Office, command: str, token: str
) -> None:
    said = quiet.refused(command, whole=False, **{VARIABLE: token})
    assert "token" in said
    assert token not in said


def test_a_messenger_that_cannot_be_reached_at_the_start_is_tried_again_and_the_page_works(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    """It takes seconds: the second try comes five seconds after the first one."""
    web = {"public_url": "https://followup.example.org", "port": 0}
    busy.points_to(tg, web=web, monitor={"port": 0})
    tg.pause_network()
    process = run(busy)
    process.until(lambda: "messenger_not_started" in process.output)
    process.until(lambda: '"event": "started"' in process.output)
    found = httpx.get(
        f"http://127.0.0.1:{monitor_port_of(process)}/healthz", timeout=PATIENCE
    ).json()
    assert found["checks"]["channels"]["says"].startswith("telegram has not worked yet.")
    tg.resume_network()
    process.listening()
    process.until(lambda: len(invited(tg, busy)) == INVITED)
    assert process.stop() == 0
    assert tg.token not in process.output


def test_without_a_public_address_a_port_that_is_taken_costs_only_the_desk(
    tg: StandIn, quiet: Office, run: Run
) -> None:
    """It takes seconds: a process starts."""
    taken = int(tg.base_url.rpartition(":")[2].partition("/")[0])
    quiet.points_to(tg, web={"port": taken})
    process = run(quiet)
    process.until(lambda: '"event": "started"' in process.output)
    assert "desk_not_served" in process.output
    assert process.stop() == 0


def test_a_round_for_cron_sends_what_is_due_and_ends(
    tg: StandIn, busy: Office, chats: Chats
) -> None:
    done = json.loads(busy.followup("tick", "--json", whole=True, **{VARIABLE: tg.token}))
    assert done["outcomes"] == {"invitation_sent": INVITED}
    assert invited(tg, busy) == {officer.chat: 1 for officer in busy.joined}
    assert tg.calls("getUpdates") == []
    again = busy.followup("tick", whole=False, **{VARIABLE: tg.token})
    assert "no messages" in again
    assert invited(tg, busy) == {officer.chat: 1 for officer in busy.joined}


def test_a_token_may_stand_in_a_file_beside_the_configuration(tg: StandIn, quiet: Office) -> None:
    (quiet.folder / "token").write_text(tg.token + "\n", "utf-8")
    quiet.configure(telegram={"base_url": tg.base_url, "token_file": "token"})
    assert f"@{tg.username}" in quiet.followup("check")


def test_a_clean_stop_is_quick_and_says_so(tg: StandIn, quiet: Office, run: Run) -> None:
    process = run(quiet, whole=True).listening()
    process.until(lambda: process.ticks())
    began = time.monotonic()
    assert process.stop() == 0
    assert time.monotonic() - began < PATIENCE / 4
    assert json.loads(process.output.splitlines()[-1])["event"] == "stopped"


def test_the_first_run_with_a_configuration_makes_the_database(
    tg: StandIn, tmp_path: Path, run: Run
) -> None:
    office = Office(tmp_path, ())
    office.configure(administrations=None, telegram={"base_url": tg.base_url})
    process = run(office).listening()
    assert process.output.startswith(f"A new database is made: {office.database}\n")
    assert process.stop() == 0
    assert json.loads(office.followup("workshop", "list", "--json")) == []


@pytest.mark.parametrize("answers", ["late", "never"])
def test_a_stop_in_the_middle_of_a_wave_is_quick_and_costs_nobody_the_invitation(
    tg: StandIn, busy: Office, run: Run, chats: Chats, answers: str
) -> None:
    """It takes seconds: a stop waits for what is on its way."""
    late, never = (
        Fault.slow(2, method="sendMessage", times=None),
        Fault.silent(method="sendMessage", times=None),
    )
    on_the_way = tg.faults.add(late if answers == "late" else never)
    process = run(busy)
    process.until(lambda: on_the_way.hits >= 4)
    began = time.monotonic()
    assert process.stop() == 0
    assert time.monotonic() - began < SECONDS_TO_STOP
    left = busy.details()
    assert {outcome for outcome, _ in left} == {"sent" if answers == "late" else "unknown"}
    assert 4 <= left.total() < INVITED
    tg.faults.clear()
    again = run(busy)
    again.until(lambda: busy.details().total() == INVITED and again.ticks() >= 2)
    assert again.stop() == 0
    assert set(invited(tg, busy).values()) == {1}
    assert busy.details() == left + Counter({("sent", ""): INVITED - left.total()})


def test_c03_nothing_that_it_prints_holds_a_token_a_name_or_an_answer(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    ada, ben, chi = busy.joined[:3]
    tg.faults.add(Fault.garbage(method="sendMessage", chat_id=ben.chat))
    tg.faults.add(Fault.refuse(400, "Bad Request: odd", method="sendMessage", chat_id=chi.chat))
    tg.faults.add(Fault.server_error(method="getUpdates", skip=1))
    tg.faults.add(Fault.refuse(401, "Unauthorized", method="setMyCommands"))
    process = run(busy)
    process.until(lambda: chats[ada.chat].screen)
    chats[ada.chat].taps("Start")
    process.until(lambda: chats[ada.chat].last.text.startswith("Question 1"))
    tg.faults.add(Fault.reset_after(method="*", chat_id=ada.chat))
    chats[ada.chat].sends("same job, my secret words")
    process.until(lambda: "was not delivered" in process.output)
    process.until(lambda: process.ticks() >= 2)
    assert process.stop() == 0
    output = process.output
    secrets = [tg.token, tg.token.partition(":")[2], "secret", "same", "/bot4242"]
    secrets += [officer.name for officer in busy.officers]
    secrets += [str(officer.chat) for officer in busy.joined]
    secrets += [officer.code for officer in busy.officers]
    assert [secret for secret in secrets if secret in output] == []
    assert "Traceback" not in output
    for line in output.splitlines():
        json.loads(line)
