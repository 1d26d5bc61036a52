"""What is read of an update before it is stored, and what no database can store."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.channels.telegram.arrivals import arrival_of, arrivals_of, content_of, updates_of
from storage.database import Database
from storage.operations.inbox import Arrival, insert_rows
from storage.schema import inbox

NOW = datetime(2018, 6, 18, 12, tzinfo=UTC)
CHAT = {"id": 7001, "type": "private"}


def arrival(body: Any, kind: str = "message") -> Arrival:
    found = arrival_of({"update_id": 5, kind: body})
    assert found is not None
    return found


def test_the_chat_of_a_message_of_a_tap_and_of_a_change_is_found() -> None:
    assert arrival({"chat": CHAT}).conversation == "7001"
    assert arrival({"message": {"chat": CHAT}, "from": {"id": 9}}).conversation == "7001"
    assert arrival({"from": {"id": 9}}, "inline_query").conversation == "9"
    assert arrival({"chat": {"id": "x"}}).conversation == ""
    assert arrival({"chat": {"id": 10**40}}).conversation == ""
    assert arrival(["odd"]).conversation == ""


@pytest.mark.parametrize("raw", [None, [], {}, {"update_id": "5"}, {"update_id": 2**63}])
def test_what_has_no_number_is_counted(raw: object) -> None:
    assert arrivals_of([raw, {"update_id": 6}]) == ([arrival_of({"update_id": 6})], 1)


def test_a_body_that_is_no_json_is_no_update() -> None:
    assert updates_of(b"[" * 100_000) == updates_of(b"\xff") == []


def test_a_kind_that_nobody_knows_is_stored_as_other() -> None:
    assert arrival({}, "poll_answer").kind == "poll_answer"
    assert arrival({}, "x\0y").kind == arrival({}, "k" * 99).kind == "other"


@pytest.mark.parametrize(
    ("text", "may_be"),
    [("/start 2345-ABCD", True), ("ABCDE-FGHJK", True), ("abc def 9", True), ("hi there", False)],
)
def test_a_text_that_may_be_a_code_is_marked(text: str, may_be: bool) -> None:
    assert arrival({"chat": CHAT, "text": text}).way_in is may_be
    assert not arrival({"chat": CHAT, "text": text + " x" * 60}).way_in


def test_nul_and_halves_of_surrogate_pairs_are_stored_and_read_without_them(
    database: Database,
) -> None:
    raw = {"chat": CHAT, "text": "a\0b\ud83dc😀", "k\0": ["\udc00", {"é\0": 1.5}]}

    def stored(connection: Connection) -> str:
        insert_rows(connection, 1, 1, [arrival(raw)], NOW)
        return connection.execute(select(inbox.c.content)).scalar_one()

    content = database.run(stored)
    read = content_of(Arrival(5, "7001", "message", content))["message"]
    assert read == {"chat": CHAT, "text": "ab�c😀", "k": ["�", {"é": 1.5}]}
    json.dumps(read).encode()
