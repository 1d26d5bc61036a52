"""The functions of storage that write, found by inspection."""

import dis
import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from types import CodeType, FunctionType
from typing import Any

import sqlalchemy
from sqlalchemy.sql.dml import UpdateBase

import storage

Write = Callable[..., Any]
EXECUTED = {sqlalchemy.insert, sqlalchemy.update, sqlalchemy.delete}


def writing_functions() -> set[Write]:
    """Return the public functions of storage that insert, update or delete, themselves or by others."""
    functions = set(_functions())
    writing: set[Any] = set()
    while True:
        more = {
            one for one in functions - writing if any(_writes(x, writing) for x in _named(one))
        }
        if not more:
            return {one for one in writing if not one.__name__.startswith("_")}
        writing |= more


def _functions() -> Iterator[FunctionType]:
    for module in pkgutil.walk_packages(storage.__path__, "storage."):
        if not module.name.startswith("storage.migrations"):
            for value in vars(importlib.import_module(module.name)).values():
                if inspect.isfunction(value) and value.__module__ == module.name:
                    yield value


def _writes(value: object, writing: set[Any]) -> bool:
    if isinstance(value, UpdateBase):
        return True
    return inspect.isfunction(value) and (value in EXECUTED or value in writing)


def _named(function: FunctionType) -> Iterator[object]:
    """Yield the values of the global names that a function mentions."""
    for name in _names(function.__code__):
        yield function.__globals__.get(name)


def _names(code: CodeType) -> Iterator[str]:
    for step in dis.get_instructions(code):
        if step.opname in ("LOAD_GLOBAL", "LOAD_NAME"):
            yield str(step.argval)
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _names(inner)
