"""The page of the real process, without any messenger: served, quiet about its links, stopped."""

import re
import signal

import httpx
import pytest
from sqlalchemy import Connection

from bot.access.links import new_link
from bot.runtime.clock import utc_now
from storage.people.links import Purpose
from storage.schema import enrolments
from tests.patience import PATIENCE
from tests.process.harness import Office
from tests.standin.control import StandIn

VARIABLE = "FOLLOWUP_TELEGRAM_TOKEN"


def test_without_a_token_the_page_is_served_and_says_so(tg: StandIn, quiet: Office) -> None:
    monitor = {"port": 0}
    web = {"public_url": "https://followup.example.org", "port": 0}
    quiet.configure(web=web, monitor=monitor, metrics=True)
    log = quiet.folder / "page.log"
    process = quiet.start(["run"], log, log, whole=True)
    try:
        tg.wait_until(lambda: '"event": "started"' in log.read_text() or process.poll(), PATIENCE)
        said = log.read_text("utf-8")
        assert process.poll() is None, said
        assert "There is no bot token: only the web page runs" in said
        port = re.search(r'"web_server_started".*"port": (\d+)', said)
        assert port is not None, said
        database = quiet.opened()
        number = database.read(Connection.scalar, enrolments.select().limit(1))
        assert isinstance(number, int)
        secret = database.run(new_link, number, Purpose.INTERVIEW, utc_now())
        database.close()
        host = {"host": "followup.example.org"}
        page = httpx.get(f"http://127.0.0.1:{port[1]}/q/{secret}", headers=host, timeout=PATIENCE)
        wrong = httpx.get(
            f"http://127.0.0.1:{port[1]}/q/{secret[:-2]}", headers=host, timeout=PATIENCE
        )
        assert (page.status_code, wrong.status_code) == (200, 404)
        # What a monitor reads is elsewhere.
        for path in ("healthz", "metrics"):
            there = httpx.get(f"http://127.0.0.1:{port[1]}/{path}", headers=host, timeout=PATIENCE)
            assert there.status_code == 404
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
    assert code == 0
    said = log.read_text("utf-8")
    assert '"event": "stopped"' in said
    assert secret[:-2] not in said
    assert not [one.name for one in quiet.officers if one.name in said]
    assert tg.calls("getUpdates") == []


def test_without_token_and_page_the_desk_is_served_to_this_computer(
    tg: StandIn, quiet: Office
) -> None:
    """Takes a second: it starts the program."""
    quiet.configure(web={"host": "0.0.0.0", "port": 0})
    log = quiet.folder / "desk.log"
    process = quiet.start(["run"], log, log, whole=True)
    try:
        tg.wait_until(lambda: '"event": "started"' in log.read_text() or process.poll(), PATIENCE)
        said = log.read_text("utf-8")
        assert "There is no bot token: only the desk runs, on this computer, at http" in said
        assert VARIABLE in said
        assert "telegram.token_file" in said
        port = re.search(r'"web_server_started".*"port": (\d+)', said)
        assert port is not None, said
        desk = httpx.get(f"http://127.0.0.1:{port[1]}/desk", timeout=PATIENCE)
        assert desk.status_code == 401
    finally:
        process.send_signal(signal.SIGTERM)
        code = process.wait(PATIENCE)
    assert code == 0


@pytest.mark.parametrize("section", ["web", "monitor"])
def test_a_port_that_is_taken_is_one_clear_line(tg: StandIn, quiet: Office, section: str) -> None:
    port = int(tg.base_url.rpartition(":")[2].partition("/")[0])
    page = {"public_url": "https://followup.example.org"} if section == "web" else {}
    quiet.configure(**{section: page | {"port": port}})
    said = quiet.refused("run", FOLLOWUP_TELEGRAM_TOKEN=tg.token)
    assert f"{section}.port" in said
    assert "Address already in use" in said


def test_metrics_without_a_port_for_them_are_one_clear_line(quiet: Office) -> None:
    quiet.configure(metrics=True)
    assert "set monitor.port" in quiet.refused("run")
