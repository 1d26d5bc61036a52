"""Runs pytest again and again, each time in a fresh fork of a process that has the libraries loaded.

Reads one JSON list of arguments of pytest a line, with limits; answers with one JSON object a line.
Started with the interpreter of the project in a copy of the project.
"""

import contextlib
import importlib
import json
import os
import resource
import signal
import sys
import time
from pathlib import Path

LIBRARIES = (
    "pytest hypothesis sqlalchemy sqlalchemy.dialects.sqlite sqlalchemy.dialects.postgresql psycopg "
    "alembic.command pydantic lark yaml babel structlog rxeval pandas openpyxl "
    "xlrd pyxform telegram.ext starlette.applications jinja2 aiosmtplib aiosmtpd.smtp docx icalendar"
)
MOST_MEMORY = 6 * 2**30
LONGEST = 8  # times the processor time by the clock, for tests that wait for each other


def main() -> None:
    """Answer until there is nothing more to read."""
    for name in LIBRARIES.split():
        importlib.import_module(name)
    for line in sys.stdin:
        asked = json.loads(line)
        answer = run(asked["arguments"], asked["output"], asked["seconds"])
        print(json.dumps(answer), flush=True)


def run(arguments: list[str], output: str, seconds: int) -> dict[str, float]:
    """Return how pytest ended and how long it took; it may use `seconds` of processor time."""
    began = time.monotonic()
    child = os.fork()
    if child == 0:
        _become_pytest(arguments, output, seconds)
    status = used = None
    while status is None:
        ended, code, used = os.wait4(child, os.WNOHANG)
        if ended:
            status = os.waitstatus_to_exitcode(code)
        elif time.monotonic() - began - kept_waiting(child) > LONGEST * seconds:
            os.killpg(child, signal.SIGKILL)
        time.sleep(0.02)
    with contextlib.suppress(ProcessLookupError):  # what the tests started and left running
        os.killpg(child, signal.SIGKILL)
    return {
        "status": status,
        "processor": used.ru_utime + used.ru_stime if used else 0.0,
        "clock": time.monotonic() - began,
    }


def kept_waiting(process: int) -> float:
    """Return how many seconds the threads of a process were ready, and no processor was free."""
    found = Path(f"/proc/{process}/task").glob("*/schedstat")
    waited = 0
    with contextlib.suppress(OSError):  # it has ended, or the system does not say
        waited = sum(int(one.read_text().split()[1]) for one in found)
    return waited / 10**9


def _become_pytest(arguments: list[str], output: str, seconds: int) -> None:
    os.setsid()
    target = os.open(output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(target, 1)
    os.dup2(target, 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    import pytest

    code = 99
    try:
        code = int(pytest.main(arguments))
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
