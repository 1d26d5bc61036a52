"""Database transactions for async code: `await transactions.write(function, ...)`.

A transaction is a plain function that runs in a worker thread, so nothing can be awaited inside it.
SQLite has one writer thread, PostgreSQL several. Work of many transactions runs in a thread of its
own and gets a `Door`.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor, ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from sqlalchemy import Connection

from storage.database import Database
from storage.operations.process_leases import ProcessLease

P = ParamSpec("P")
T = TypeVar("T")
READERS = 4
PAUSE = 0.02
"""Seconds between two slices of one work. SQLite has no queue for writers: others come in while nobody
writes."""
POSTGRESQL_WRITERS = 8


def _here(work: Callable[[], T]) -> Callable[[], T]:
    """Return work for another thread, whose logs say what this task is about."""
    return partial(copy_context().run, work)


class Door(Protocol):
    """The way to the database for work that needs several transactions: a `Database`, or turns."""

    def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a writing transaction; return its result after the commit."""

    def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a reading transaction; return its result."""


class Turns:
    """The database for a thread of its own: each transaction takes its turn among all others."""

    def __init__(self, database: Database, writers: Executor, readers: Executor) -> None:
        self._database, self._writers, self._readers = database, writers, readers

    def run(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a writing transaction; return its result after the commit."""
        return self._writers.submit(lambda: self._database.run(function, *args, **kwargs)).result()

    def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a reading transaction; return its result."""
        return self._readers.submit(
            lambda: self._database.read(function, *args, **kwargs)
        ).result()


class Transactions:
    """A database with its worker threads and the lease of this process.

    `patient` is the same database for what takes long and what nobody waits for in a chat: reports
    and housekeeping. Work in slices waits for `pause` seconds between two of them.
    """

    pause = PAUSE

    def __init__(self, database: Database) -> None:
        self.database = database
        self.patient = database.patient()
        self.lease = ProcessLease(database)
        writers = 1 if database.is_sqlite else POSTGRESQL_WRITERS
        self._writers = ThreadPoolExecutor(writers, thread_name_prefix="writer")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="reader")
        self.turns = Turns(database, self._writers, self._readers)

    async def write(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a writing transaction; return its result after the commit."""
        work = _here(partial(self.database.run, function, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._writers, work)

    async def read(
        self,
        function: Callable[Concatenate[Connection, P], T],
        *args: P.args,
        **kwargs: P.kwargs,
    ) -> T:
        """Run a function in a reading transaction; return its result."""
        work = _here(partial(self.database.read, function, *args, **kwargs))
        return await asyncio.get_running_loop().run_in_executor(self._readers, work)

    def close(self) -> None:
        """Finish the transactions in progress, give up the lease and close the database."""
        self._writers.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self.lease.leave()
        self.patient.close()
        self.database.close()
