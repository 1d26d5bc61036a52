"""What is read of an update before it is stored: its number, its chat and its kind. Nothing else."""

import json
from typing import Any

from storage.operations.inbox import Arrival

LARGEST = 2**63
_WAYS_IN = ("/start", "/id")
_LONGEST_CODE = 60


def arrivals_of(updates: list[Any]) -> tuple[list[Arrival], int]:
    """Return the updates that have a number, and how many have none."""
    found = [arrival for raw in updates if (arrival := arrival_of(raw)) is not None]
    return found, len(updates) - len(found)


def arrival_of(raw: object) -> Arrival | None:
    """Return an update as it is stored; None if it has no number."""
    if not isinstance(raw, dict) or not _is_number(raw.get("update_id")):
        return None
    kind = next((key for key in raw if key != "update_id"), "")
    body = raw.get(kind)
    return Arrival(
        raw["update_id"],
        _chat(body),
        kind if kind.isidentifier() and kind.isascii() and len(kind) <= 32 else "other",
        _text_of(raw),
        _is_way_in(body),
    )


def updates_of(body: bytes) -> list[Any]:
    """Return the update of a pushed body as a list; an empty one for what is no JSON."""
    try:
        return [json.loads(body)]
    except (ValueError, RecursionError):
        return []


def content_of(arrival: Arrival) -> Any:
    """Return the JSON of an update, without what no database can store.

    Raises ValueError or RecursionError for what is no JSON.
    """
    return _clean(json.loads(arrival.content))


def _text_of(raw: dict[str, Any]) -> str:
    try:
        return json.dumps(raw)
    except (ValueError, RecursionError):
        return ""


def _chat(body: object) -> str:
    """Return the number of the chat, or of who sent it; "" if there is none."""
    if not isinstance(body, dict):
        return ""
    message = body.get("message")
    for holder in (body, message if isinstance(message, dict) else {}):
        if _is_number(number := _id(holder.get("chat"))):
            return str(number)
    sender = _id(body.get("from"))
    return str(sender) if _is_number(sender) else ""


def _id(value: object) -> object:
    return value.get("id") if isinstance(value, dict) else None


def _is_number(value: object) -> bool:
    return type(value) is int and -LARGEST <= value < LARGEST


def _is_way_in(body: object) -> bool:
    """Return whether a text may be a code: a command that takes one, one word, or one with digits."""
    text = body.get("text") if isinstance(body, dict) else None
    if not isinstance(text, str) or len(text) > _LONGEST_CODE:
        return False
    one_word = len(text.split()) == 1
    return one_word or text.startswith(_WAYS_IN) or any(letter.isdigit() for letter in text)


def _clean(value: Any) -> Any:
    """Return JSON without NUL and without halves of surrogate pairs, also in keys."""
    if isinstance(value, str):
        if value.isascii() and "\0" not in value:
            return value
        return (
            value.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        )
    if isinstance(value, list):
        return [_clean(one) for one in value]
    if isinstance(value, dict):
        return {_clean(key): _clean(one) for key, one in value.items()}
    return value
