"""Work in a process of its own."""

import os

import pytest

from bot.runtime.apart import Ended, apart
from storage.database import Conflict


def refuse(why: str) -> None:
    raise Conflict(why)


def end() -> None:
    os._exit(9)


def test_what_a_function_returns_comes_from_another_process() -> None:
    assert apart((), os.getpid) != os.getpid()


def test_what_it_raises_is_raised_here() -> None:
    with pytest.raises(Conflict, match="too late"):
        apart((), refuse, "too late")


def test_a_process_that_is_ended_is_told() -> None:
    with pytest.raises(Ended):
        apart((), end)
