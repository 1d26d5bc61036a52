"""Logs: one line per event, as JSON or text, without names, texts, answers, addresses or tokens.

Messages of exceptions may quote any of these, so only the kind and place of an exception is logged.
"""

import logging
import secrets
import sys
import traceback
from asyncio import AbstractEventLoop
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog
from structlog.types import EventDict, Processor

NOISY = {
    "alembic": logging.WARNING,
    "apscheduler": logging.ERROR,
    "httpx": logging.WARNING,
    "urllib3": logging.ERROR,
}
"""Libraries with routine messages: migrations, long rounds, addresses that are asked, and a server of
errors that is away.
"""
FRAMES = 6


def set_up_logs(form: str = "json", reporter: Processor | None = None) -> None:
    """Send structlog, the standard library's loggers and crashes to standard error.

    `form` is "json" for log collectors, or "text" for a terminal. A reporter sees each event, too.
    """
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_messages,
    ]
    reports = [] if reporter is None else [reporter]
    as_text = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    last = (_event_first, as_text if form == "text" else structlog.processors.JSONRenderer())
    structlog.configure(
        processors=[*shared, *reports, *last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name, *reports],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name, level in NOISY.items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _log_crash


def mark(**numbers: str | int) -> None:
    """Let all that this task logs from now on, in threads too, say what it is about.

    Numbers only: of an update, a request, or a run of a job. Nothing of a person. They take the place
    of those of the task that began this one.
    """
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(**numbers)


def new_number() -> str:
    """Return a number for `mark` that no other request or run is likely to have."""
    return secrets.token_hex(4)


def log_lost_error(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log an exception that no task awaited; for `loop.set_exception_handler`."""
    error = context.get("exception")
    structlog.get_logger("run").error("unhandled_error", **_facts(error))


def place_of(error: BaseException) -> str:
    """Return where an exception was raised: file and line of the innermost frames, no values."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))


def _facts(error: BaseException | None) -> dict[str, str]:
    return {"error": type(error).__name__, "place": place_of(error)} if error else {}


def _without_messages(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Replace the exception of an event by its kind and place."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    return {**event, **_facts(found[1] if isinstance(found, tuple) else found or None)}


def _event_first(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put time, level and event first."""
    first = ("timestamp", "level", "event")
    return {**{key: event[key] for key in first if key in event}, **event}


def _log_crash(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """Log the exception that ends the process, without its message."""
    structlog.get_logger("run").critical("crashed", **_facts(error))
