"""Starts commands of the program as processes: whole ones, or copies of one that has read it.

To read the program and its questionnaires takes two seconds of a processor, and the tests start it
a hundred times. A copy (a fork of a server without threads) is a process like any other: it has
its own number, environment, folder, files and signals, and runs the same `main()` from the start.
What a start itself does is proved by whole ones: `python -m bot`.
"""

import os
import subprocess
import sys
from functools import cache
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Protocol

import pytest

from tests.places import ROOT

PRELOADED = "tests.process.preloaded"


class Started(Protocol):
    """A process as `subprocess.Popen` has it, as far as the tests use it."""

    pid: int

    def poll(self) -> int | None: ...
    def wait(self, timeout: float | None = None) -> int: ...
    def kill(self) -> None: ...
    def send_signal(self, sig: int) -> None: ...


def surroundings() -> dict[str, str]:
    """Return the environment of a process: this one's, without its token and clock settings."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FOLLOWUP")}
    return kept | {"PYTHONPATH": str(ROOT), "PYTHONUNBUFFERED": "1", "COLUMNS": "200"}


def start_whole(
    words: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path
) -> Started:
    """Start `python -m bot` with these words; `out` and `err` may be the same file."""
    with out.open("ab") as output, err.open("ab") as errors:
        return subprocess.Popen(
            [sys.executable, "-m", "bot", *words],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
        )


class Copy:
    """A process that begins where the program has been read."""

    def __init__(
        self, words: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path
    ) -> None:
        context = _server()
        self._process = context.Process(
            target=_command, args=(words, folder, environment, out, err)
        )
        self._process.start()
        assert self._process.pid is not None
        self.pid = self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        if self._process.exitcode is None:
            raise subprocess.TimeoutExpired("bot", timeout or 0)
        return self._process.exitcode

    def kill(self) -> None:
        self._process.kill()

    def send_signal(self, sig: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, sig)


@cache
def _server() -> ForkServerContext:
    """Return the context whose server has read the program; it starts with the first copy."""
    from multiprocessing import forkserver

    context = get_context("forkserver")
    # Tests that draw reports in another process may have started one that has read less.
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    context.set_forkserver_preload([PRELOADED])
    with pytest.MonkeyPatch.context() as patch:
        # The server looks for what it is to read where its environment says.
        for name in set(os.environ) - set(surroundings()):
            patch.delenv(name)
        for name, value in surroundings().items():
            patch.setenv(name, value)
        forkserver.ensure_running()
    return context


def _command(
    words: list[str], folder: Path, environment: dict[str, str], out: Path, err: Path
) -> None:
    """Become the command: what differs between a fork and a fresh process is set right first."""
    assert PRELOADED in sys.modules, "the server has not read the program"
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    for number, path in ((1, out), (2, err)):
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
        os.dup2(file, number)
        os.close(file)
    sys.stdout = os.fdopen(1, "w", 1, "utf-8", closefd=False)
    sys.stderr = os.fdopen(2, "w", 1, "utf-8", closefd=False)
    sys.argv = ["followup", *words]
    from bot.cli import main

    main()
