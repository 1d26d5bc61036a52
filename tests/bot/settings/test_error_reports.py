"""Errors reach a server that speaks Sentry's protocol, without anything that a person wrote."""

import gzip
import json
import logging
import queue
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from io import StringIO
from threading import Thread
from typing import Any

import pytest
import structlog

from bot.settings.error_reports import ErrorReporter, ErrorReportSettings
from bot.settings.logs import mark, set_up_logs
from surveys.problems import BadInput
from tests.patience import PATIENCE

SECRET = "Ada Vea, ada@example.org"


@pytest.fixture
def server() -> Iterator[tuple[str, "queue.Queue[bytes]"]]:
    """A server of reports: the DSN of its project, and what it receives."""
    received: queue.Queue[bytes] = queue.Queue()

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            received.put(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: Any) -> None:
            return

    with HTTPServer(("127.0.0.1", 0), Receiver) as http:
        thread = Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://key@127.0.0.1:{http.server_port}/7", received
        http.shutdown()
        thread.join()


@pytest.fixture
def reporter(server: tuple[str, Any], monkeypatch: pytest.MonkeyPatch) -> Iterator[ErrorReporter]:
    """The logs of a process that reports errors to the server."""
    monkeypatch.setattr(sys, "stderr", StringIO())
    monkeypatch.setattr(logging.getLogger(), "handlers", [])
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setenv("FOLLOWUP_SENTRY_DSN", server[0])
    reporter = ErrorReportSettings().reporter()
    assert reporter is not None
    set_up_logs("json", reporter)
    yield reporter
    reporter.close()
    structlog.reset_defaults()


def sent(received: "queue.Queue[bytes]") -> tuple[str, dict[str, Any]]:
    """The next report, whole, and the event in it."""
    whole = gzip.decompress(received.get(timeout=PATIENCE)).decode()
    return whole, json.loads(whole.splitlines()[2])


def test_an_error_is_reported_with_its_kind_and_place_and_no_value(
    server: tuple[str, "queue.Queue[bytes]"], reporter: ErrorReporter
) -> None:
    mark(update=812)
    log = structlog.get_logger("inbox")
    log.warning("refused", reason="flood")
    try:
        name = SECRET
        raise ValueError(name)
    except ValueError:
        log.exception("update_failed")
    whole, event = sent(server[1])
    assert event["message"] == "update_failed"
    tags = event["tags"]
    assert tags["update"] == "812"
    assert tags["error"] == "ValueError"
    assert tags["place"].startswith("test_error_reports.py:")
    assert SECRET not in whole
    assert not event.get("server_name")
    reporter.close()
    assert server[1].empty()


def test_a_message_of_a_library_is_reported_by_its_name_only(
    server: tuple[str, "queue.Queue[bytes]"], reporter: ErrorReporter
) -> None:
    logging.getLogger("somewhere.deep").error("cannot write to %s", SECRET)
    whole, event = sent(server[1])
    assert event["message"] == "somewhere.deep"
    assert SECRET not in whole


def test_a_server_that_is_away_holds_nothing_up() -> None:
    reporter = ErrorReporter("http://key@127.0.0.1:9/7")
    event = {"level": "error", "event": "update_failed"}
    assert reporter(None, "error", event) == event
    reporter.close()


def test_without_a_dsn_nothing_is_reported(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOLLOWUP_SENTRY_DSN", raising=False)
    assert ErrorReportSettings().reporter() is None


def test_a_wrong_dsn_is_refused_without_being_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOLLOWUP_SENTRY_DSN", "http://no-project.example")
    with pytest.raises(BadInput, match="is not the DSN") as refused:
        ErrorReportSettings().reporter()
    assert "no-project" not in str(refused.value)
