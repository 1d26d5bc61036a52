"""Logs: one line an event, JSON or text, without names, texts, answers, addresses or tokens.

What an error says may quote any of these, so only its kind and its place are written.
"""

import logging
import sys
import traceback
from asyncio import AbstractEventLoop
from pathlib import PurePath
from types import TracebackType
from typing import Any

import structlog
from structlog.types import EventDict

NOISY = {"alembic": logging.WARNING, "apscheduler": logging.ERROR}
"""Libraries whose everyday remarks help nobody: migrations, and rounds that last over a tick."""
FRAMES = 6


def set_up_logs(form: str = "json") -> None:
    """Send structlog, the standard library's loggers and crashes to standard error, one line each.

    `form` is "json" for programs that collect logs, or "text" for a person at a terminal.
    """
    shared: list[structlog.types.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _without_words,
    ]
    as_text = structlog.dev.ConsoleRenderer(colors=False, pad_event_to=0)
    last = (_event_first, as_text if form == "text" else structlog.processors.JSONRenderer())
    structlog.configure(
        processors=[*shared, *last],
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    for name, level in NOISY.items():
        logging.getLogger(name).setLevel(level)
    sys.excepthook = _log_crash


def log_lost_error(_loop: AbstractEventLoop, context: dict[str, Any]) -> None:
    """For `loop.set_exception_handler`: an error that nobody waited for."""
    error = context.get("exception")
    structlog.get_logger("run").error("error_in_background", **_facts(error))


def place_of(error: BaseException) -> str:
    """Where an error was raised: file and line of the innermost frames, and no values."""
    frames = traceback.extract_tb(error.__traceback__)[-FRAMES:]
    return " < ".join(f"{PurePath(f.filename).name}:{f.lineno}" for f in reversed(frames))


def _facts(error: BaseException | None) -> dict[str, str]:
    return {"error": type(error).__name__, "place": place_of(error)} if error else {}


def _without_words(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Put kind and place of an error where the logging call has put the error itself."""
    found = event.pop("exc_info", None)
    if found is True:
        found = sys.exc_info()
    return {**event, **_facts(found[1] if isinstance(found, tuple) else found or None)}


def _event_first(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Time, level and event at the beginning, where people look for them."""
    first = ("timestamp", "level", "event")
    return {**{key: event[key] for key in first if key in event}, **event}


def _log_crash(
    kind: type[BaseException], error: BaseException, _trace: TracebackType | None
) -> None:
    """The end of a process by a mistake of ours; its words may hold names and answers."""
    structlog.get_logger("run").critical("crashed", **_facts(error))
