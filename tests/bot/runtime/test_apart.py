"""Work in a process of its own."""

import os

import pytest

from bot.runtime.apart import Ended, Kept, all_apart, apart
from storage.database import Conflict
from tests.patience import PATIENCE


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


def twice(number: int) -> int:
    if number > 99:
        raise Conflict("too large")
    return 2 * number


def leave(_number: int) -> None:
    end()


def test_several_processes_share_some_tasks() -> None:
    assert sorted(all_apart((), 2, twice, range(5))) == [0, 2, 4, 6, 8]
    pids = set(all_apart((), 2, where, range(5)))
    assert 1 <= len(pids) <= 2
    assert os.getpid() not in pids


def where(_number: int) -> int:
    return os.getpid()


def test_what_one_of_some_tasks_raises_is_raised_here() -> None:
    with pytest.raises(Conflict, match="too large"):
        list(all_apart((), 2, twice, (1, 100, 2)))


def test_a_process_that_is_ended_with_some_tasks_is_told() -> None:
    with pytest.raises(Ended):
        list(all_apart((), 1, leave, (1, 2)))


def is_there(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_the_process_with_the_libraries_is_kept_for_work_and_ends_when_there_is_none() -> None:
    libraries = apart((), os.getppid)
    assert apart((), os.getppid) == libraries
    kept = Kept(seconds=0)
    with kept.held():
        with kept.held():
            pass
        kept.end()
        assert is_there(libraries)
    assert kept.ending is not None
    kept.ending.join(PATIENCE)
    assert not is_there(libraries)
    assert apart((), os.getppid) != libraries
