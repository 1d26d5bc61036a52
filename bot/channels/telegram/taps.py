"""Reads taps, which are most of what comes in, from the JSON of the messenger."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.messaging.messages import Sender, Tapped


@dataclass(frozen=True)
class Tap:
    """A tap, and the query that the messenger wants to be answered for it."""

    query: str
    inbound: Tapped


def tap_of(update: Any, row: int, received_at: datetime) -> Tap | None:
    """Return the tap of a person in a private chat; None for all else, which the library reads."""
    try:
        query = update["callback_query"]
        message, person = query["message"], query["from"]
        chat, language = message["chat"], person.get("language_code")
        identifier, number, date = chat["id"], message["message_id"], message["date"]
        private = chat["type"] == "private" and person["is_bot"] is False
        texts = query["id"], query["data"], language or ""
    except (KeyError, TypeError, AttributeError):
        return None
    whole = all(type(one) is int for one in (identifier, number, date))
    if not private or not whole or not all(type(one) is str for one in texts):
        return None
    sender = Sender("telegram", str(identifier), language or "", row, received_at)
    # Of an old message, which cannot be edited, only the number is given.
    return Tap(query["id"], Tapped(sender, query["data"], str(number) if date else ""))


def query_of(update: Any) -> str:
    """Return the query of a tap that was not read otherwise; "" if it is none."""
    query = update.get("callback_query") if isinstance(update, dict) else None
    identifier = query.get("id") if isinstance(query, dict) else None
    return identifier if isinstance(identifier, str) else ""
