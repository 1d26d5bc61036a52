"""What a monitoring program reads from the real process: how it is in words, and its counters."""

import httpx
from sqlalchemy import update

from storage.schema import participants
from tests.patience import PATIENCE
from tests.process.harness import INVITED, Chats, Office, Run, invited, monitor_port_of
from tests.standin.control import StandIn
from tests.standin.faults import Fault

SENT = 'followup_messages_total{channel="telegram",kind="invitation",outcome="%s"}'


def test_a_running_bot_says_how_it_is_and_counts_what_it_sent(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    # Without a web page.
    busy.points_to(tg, metrics=True, monitor={"port": 0}, backups={"folder": "copies"})
    ada, ben, chi = busy.joined[:3]
    tg.faults.add(Fault.blocked(chat_id=ben.chat, times=None))
    tg.faults.add(Fault.reset_after(chat_id=chi.chat))
    database = busy.opened()
    icelandic = update(participants).where(participants.c.name == ada.name).values(language="is")
    database.run(lambda connection: connection.execute(icelandic))
    database.close()
    process = run(busy)
    process.until(lambda: process.ticks() and len(invited(tg, busy)) == INVITED - 1)
    monitor = f"http://127.0.0.1:{monitor_port_of(process)}"
    found = httpx.get(f"{monitor}/healthz", timeout=PATIENCE)
    # A slow machine counts while the monitor asks again.
    process.until(lambda: "followup_counted" in httpx.get(f"{monitor}/metrics").text)
    figures = httpx.get(f"{monitor}/metrics", timeout=PATIENCE).text.splitlines()
    assert process.stop() == 0
    assert (found.status_code, found.json()["well"]) == (200, True)
    says = {name: one["says"] for name, one in found.json()["checks"].items()}
    assert says["rounds"].startswith("The last round was ")
    assert says["contacts"] == "No message is late."
    assert says["faults"] == "No errors in the program."
    assert says["unknown"] == "1 message may not have arrived."
    assert says["addresses"].endswith(" cannot be reached.")
    assert "people wait for a translation: Icelandic (is)" in says["languages"]
    assert says["disk"].endswith(" GB are free.")
    assert says["backup"].startswith("The newest copy is ")
    counted = dict(line.rsplit(" ", 1) for line in figures if not line.startswith("#"))
    counts = {outcome: counted[SENT % outcome] for outcome in ("sent", "failed", "unknown")}
    assert counts == {"sent": f"{INVITED - 2}.0", "failed": "1.0", "unknown": "1.0"}
    assert float(counted["followup_round_seconds_count"]) >= 1
    assert counted["followup_contacts_due"] == "0.0"
    assert ada.name.split()[0] not in found.text
