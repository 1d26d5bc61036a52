"""Limited processes as forks of one that has read the program, because tests start hundreds of them.

A new process takes half a second to read it. What differs between a fork and a new process is set
right first: its environment, what it reads and writes, and the module runs as `python -m` runs it.
`tests/bot/runtime/test_forked.py` holds that the limits are the same; tests of the limits themselves
ask for new processes with `starting`.
"""

import os
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from importlib import import_module
from types import SimpleNamespace
from typing import IO, Any

import pytest

from bot.runtime import sandbox
from tests.places import ROOT

MODULES = ("bot.importing.files", "bot.desk.questionnaires.files", "bot.filing.checking")
LIBRARIES = ("openpyxl", "surveys.xlsform.reading", "surveys.xlsform.marking")
"""What they read at a file only."""


def forking(patch: pytest.MonkeyPatch) -> None:
    """Let the limited processes be forks until the patch is undone."""
    forks = SimpleNamespace(
        **{name: getattr(subprocess, name) for name in ("PIPE", "DEVNULL", "TimeoutExpired")}
    )
    forks.run = _run
    patch.setattr(sandbox, "subprocess", forks)


def starting(patch: pytest.MonkeyPatch) -> None:
    """Let the limited processes be started as the program starts them, until the patch is undone."""
    patch.setattr(sandbox, "subprocess", subprocess)


def _run(command: Sequence[str], **how: Any) -> subprocess.CompletedProcess[bytes]:
    """Return what a fork made of its input, as `subprocess.run` does."""
    module = command[-1]
    assert module in MODULES, module
    assert how["env"] == sandbox.environment(), "it has what the server was started with"
    with tempfile.TemporaryFile() as given, tempfile.TemporaryFile() as said:
        given.write(how["input"])
        given.seek(0)
        code = _end_of(module, (given, said), how["timeout"])
        said.seek(0)
        return subprocess.CompletedProcess(command, code, said.read())


def _end_of(module: str, files: tuple[IO[bytes], IO[bytes]], timeout: float) -> int:
    """Return the exit code of a fork, negative for a signal."""
    told, tells = os.pipe()
    with os.fdopen(told) as end:
        descriptors = [*(file.fileno() for file in files), tells]
        socket.send_fds(_server()[0], [module.encode()], descriptors)
        os.close(tells)
        process = int(end.readline())
        if not select.select([end], [], [], timeout)[0]:
            os.kill(process, signal.SIGKILL)
            raise subprocess.TimeoutExpired(module, timeout)
        return int(end.readline())


@cache
def _server() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start the process that has read the program; it ends with this one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    number = str(theirs.fileno())
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, number],
        env=sandbox.environment(),
        cwd=ROOT,  # the folder of the first test is gone before the last one
        pass_fds=[theirs.fileno()],
    )
    theirs.close()
    return ours, process


def serve(control: socket.socket) -> None:
    """Fork a limited process for each module that is asked for, until nobody can ask any more."""
    for name in (*MODULES, *LIBRARIES):
        import_module(name)
    while True:
        module, descriptors, _, _ = socket.recv_fds(control, 1000, 3)
        if not module:
            return
        if os.fork() == 0:
            _watch(module.decode(), descriptors)
        for descriptor in descriptors:
            os.close(descriptor)
        while _ended():
            pass


def _ended() -> bool:
    """Take the end of a process that has watched another one; return whether there was one."""
    try:
        return os.waitpid(-1, os.WNOHANG)[0] > 0
    except ChildProcessError:
        return False


def _watch(module: str, descriptors: list[int]) -> None:
    """Say the number of the limited process, and how it ends."""
    process = os.fork()
    if process == 0:
        _become(module, descriptors)
    os.write(descriptors[2], b"%d\n" % process)
    code = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    os.write(descriptors[2], b"%d\n" % code)
    os._exit(0)


def _become(module: str, descriptors: list[int]) -> None:
    """Be the limited process until its end."""
    code = 1
    try:
        for number, descriptor in enumerate((*descriptors[:2], os.open(os.devnull, os.O_WRONLY))):
            os.dup2(descriptor, number)
        sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
        sys.stdout = open(1, "w", encoding="utf-8", closefd=False)  # noqa: SIM115
        runpy.run_module(module, run_name="__main__", alter_sys=True)
    except SystemExit as end:
        sys.stdout.flush()
        code = int(end.code or 0)
    finally:
        os._exit(code)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
