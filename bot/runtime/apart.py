"""Long work in a process of its own, so that no tap waits for it: Python runs one thread at a time.

The process is made from one that has read the heavy libraries, does one piece of work, and ends. The
one from which it is made is as large as the bot, so it ends too when nothing was asked for a while.
"""

import gc
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext
from threading import Lock, Timer
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")
R = TypeVar("R")
GARBAGE = 50_000
"""How many new objects are looked through for garbage at once by a process that ends after its work."""
IDLE_SECONDS = 300.0
"""How long the process with the libraries waits for more work: reading them takes seconds."""


class Ended(RuntimeError):
    """The process ended before its work was done: often it got no more memory."""


class Kept:
    """Keeps the process with the libraries while there is work, and ends it some time later."""

    def __init__(self, seconds: float = IDLE_SECONDS) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._working = 0
        self.ending: Timer | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Keep it until the end of the block, and for a while after the last of such blocks."""
        with self._lock:
            self._working += 1
            if self.ending is not None:
                self.ending.cancel()
        try:
            yield
        finally:
            with self._lock:
                self._working -= 1
                if not self._working:
                    self.ending = Timer(self._seconds, self.end)
                    self.ending.daemon = True
                    self.ending.start()

    def end(self) -> None:
        """End it, unless there is work; more work begins another one."""
        with self._lock:
            if not self._working:
                # The library ends it with the program only, and has no public name for sooner.
                forkserver._forkserver._stop()  # type: ignore[attr-defined]


_KEPT = Kept()


def apart(reads: Sequence[str], work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function returns, or raise what it raises, in another process.

    The function stands in a module; what it gets and returns can be pickled. `reads` are the modules
    that are read once for all such processes. Blocks until it is done, so async callers use a thread.
    Raises Ended if the process was ended.
    """
    context = _context(reads)
    with _KEPT.held(), ProcessPoolExecutor(1, context, max_tasks_per_child=1) as process:
        try:
            return process.submit(work, *args, **kwargs).result()
        except BrokenProcessPool:
            raise Ended from None


def all_apart(
    reads: Sequence[str], processes: int, work: Callable[[T], R], tasks: Iterable[T]
) -> Iterator[R]:
    """Yield what a function returns for each task, as they end, from several processes.

    The rest is as in `apart`. What was begun is waited for if somebody stops reading.
    """
    context = _context(reads)
    with _KEPT.held(), ProcessPoolExecutor(processes, context, _quieten) as pool:
        begun = [pool.submit(work, one) for one in tasks]
        try:
            for done in as_completed(begun):
                yield done.result()
        except BrokenProcessPool:
            raise Ended from None
        finally:
            pool.shutdown(cancel_futures=True)


def read_beforehand(reads: Sequence[str]) -> None:
    """Let the process from which others are made begin to read modules now; return at once."""
    _context(reads)
    with _KEPT.held():
        forkserver.ensure_running()


def _context(reads: Sequence[str]) -> ForkServerContext:
    context = get_context("forkserver")
    context.set_forkserver_preload(list(reads))
    return context


def _quieten() -> None:
    """Look for garbage seldom, which takes a sixth of the time of a report; end with its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.freeze()
    gc.set_threshold(GARBAGE)
