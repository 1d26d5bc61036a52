"""Long work in a process of its own, so that no tap waits for it: Python runs one thread at a time.

The process is made from one that has read the heavy libraries, does one piece of work, and ends.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Ended(RuntimeError):
    """The process ended before its work was done: often it got no more memory."""


def apart(reads: Sequence[str], work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Return what a function returns, or raise what it raises, in another process.

    The function stands in a module; what it gets and returns can be pickled. `reads` are the modules
    that are read once for all such processes. Blocks until it is done, so async callers use a thread.
    Raises Ended if the process was ended.
    """
    context = get_context("forkserver")
    context.set_forkserver_preload(list(reads))
    with ProcessPoolExecutor(1, context, max_tasks_per_child=1) as process:
        try:
            return process.submit(work, *args, **kwargs).result()
        except BrokenProcessPool:
            raise Ended from None
