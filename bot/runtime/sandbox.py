"""Reading files from outside in a process of its own, within limits of size, time and memory.

A file can be made to eat memory and time. The process has neither the settings of the bot nor its
secrets, and ends with the reading. Knows no kind of file.
"""

import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.messaging.messages import LARGEST_FILE
from surveys.xlsform.sheets import Unreadable

OUT_OF_MEMORY = 3
"""How the process says that its memory did not suffice."""


@dataclass(frozen=True)
class Limits:
    """How long the reading may take, how much memory it may have, and what to send instead."""

    seconds: float = 20
    megabytes: int = 512
    smaller: str = "Send a smaller file."


def check_size(size: int, smaller: str) -> None:
    """Raises Unreadable for a file of so many bytes if that is more than is read."""
    if size > LARGEST_FILE:
        has, most = f"{size / 1_000_000:.1f}", LARGEST_FILE // 1_000_000
        raise Unreadable(f"The file has {has} MB; at most {most} MB are read.", smaller)


def read_apart(module: str, arguments: Sequence[str], content: bytes, limits: Limits) -> bytes:
    """What a module, which runs `within`, writes about a file. Raises Unreadable with one sentence.

    It waits for the other process, so an async caller runs it in a thread.
    """
    check_size(len(content), limits.smaller)
    seconds, megabytes = str(limits.seconds), str(limits.megabytes)
    try:
        done = subprocess.run(  # noqa: S603 - our own module, and no shell
            [sys.executable, "-m", module, *arguments, seconds, megabytes],
            input=content,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=limits.seconds,
            env=environment(),
            check=False,
        )
    except subprocess.TimeoutExpired:
        message = f"The file was not read to its end within {limits.seconds:g} seconds."
        raise Unreadable(message, limits.smaller) from None
    if done.returncode == OUT_OF_MEMORY:
        message = f"Reading the file needs more than {limits.megabytes} MB."
        raise Unreadable(message, limits.smaller)
    if done.returncode != 0:
        fix = "Save it again, or copy it into a new one."
        raise Unreadable("The file could not be read.", fix)
    return done.stdout


def within(work: Callable[[Sequence[str], bytes], str]) -> int:
    """The other process: the file comes in, what `work` makes of it goes out; the exit code."""
    *arguments, seconds, megabytes = sys.argv[1:]
    try:
        _limit(float(seconds), int(megabytes))
        sys.stdout.write(work(arguments, sys.stdin.buffer.read()))
    except MemoryError:
        return OUT_OF_MEMORY
    return 0


def environment() -> dict[str, str]:
    """Enough to find the modules. Tokens and passwords of the bot stay here."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    path = os.pathsep.join(part for part in sys.path if part) or os.curdir
    return {**kept, "PYTHONPATH": path, "PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


def _limit(seconds: float, megabytes: int) -> None:
    """Bounds of the system for this process: they also hold where Python cannot look."""
    import resource

    space = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
