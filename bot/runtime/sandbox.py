"""Reads files of users in a process of its own, with limits of size, time and memory.

A file can be crafted to use up memory and time. The process has neither the settings nor the
secrets of the bot, and ends after one file. Knows no file format.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.messaging.messages import LARGEST_FILE
from surveys.xlsform.sheets import Unreadable

OUT_OF_MEMORY = 3
"""The exit code of a process that ran out of memory."""
WITHOUT_MEMORY = -signal.SIGABRT
"""The exit code where a library in Rust gets no more memory: it aborts."""
OUT_OF_TIME = (-signal.SIGPROF, -signal.SIGXCPU)
"""The exit codes of a process whose processor time is used up."""
WAITING_SECONDS = 30
"""How long a process is waited for on a machine that is busy with other work."""
LONGEST_NAME = 120


@dataclass(frozen=True)
class Limits:
    """Limits of time, memory and size, and the advice to a user whose file exceeds them."""

    seconds: float = 4
    megabytes: int = 512
    smaller: str = "Send a smaller file."
    bytes: int = LARGEST_FILE


def check_size(size: int, smaller: str, largest: int = LARGEST_FILE) -> None:
    """Raise Unreadable if a file of `size` bytes is too large."""
    if size > largest:
        has, most = f"{size / 1_000_000:.1f}", largest // 1_000_000
        raise Unreadable(f"The file has {has} MB; at most {most} MB are read.", smaller)


def file_label(name: str) -> str:
    """Return a file name for messages: one short line, whatever the sender called the file."""
    shown = "".join(sign if sign.isprintable() else " " for sign in name)
    return " ".join(shown.split())[-LONGEST_NAME:]


def read_apart(module: str, arguments: Sequence[str], content: bytes, limits: Limits) -> bytes:
    """Run a module on a file in another process and return its output.

    The module calls `within`. Blocks until it ends, so async callers use a thread. Raises
    Unreadable, in one sentence, if the file exceeds the limits or cannot be read.
    """
    check_size(len(content), limits.smaller, limits.bytes)
    # Arguments go the way of the content: a command line can hold neither every name nor long ones.
    head = json.dumps([list(arguments), limits.seconds, limits.megabytes]).encode()
    slow = f"The file was not read to its end within {limits.seconds:g} seconds."
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-m", module],
            input=head + b"\n" + content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds + WAITING_SECONDS,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise Unreadable(slow, limits.smaller) from None
    if done.returncode in OUT_OF_TIME:
        raise Unreadable(slow, limits.smaller)
    if done.returncode in (OUT_OF_MEMORY, WITHOUT_MEMORY):
        message = f"Reading the file needs more than {limits.megabytes} MB."
        raise Unreadable(message, limits.smaller)
    if done.returncode != 0:
        fix = "Save it again, or copy it into a new one."
        raise Unreadable("The file could not be read.", fix)
    return done.stdout


def within(work: Callable[[Sequence[str], bytes], str]) -> int:
    """Run `work` in the sandboxed process, from standard input to output; return the exit code."""
    arguments, seconds, megabytes = json.loads(sys.stdin.buffer.readline())
    try:
        _limit(seconds, megabytes)
        sys.stdout.write(work(arguments, sys.stdin.buffer.read()))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def environment() -> dict[str, str]:
    """Return the environment of the process: what finds modules, and no tokens or passwords."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join(part for part in sys.path if part) or os.curdir
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


def _limit(seconds: float, megabytes: int) -> None:
    """Set limits of the operating system, which also hold inside C libraries."""
    import resource

    space = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 2, int(seconds) + 2))
    # Ends the process in fractions of seconds, counted from here: starting Python is not the file's.
    signal.setitimer(signal.ITIMER_PROF, seconds)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
