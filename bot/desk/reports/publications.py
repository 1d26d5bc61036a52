"""Reports that readers outside the office have already: who was counted in them, and what they told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from bot.desk.reports.scopes import YEAR, workshops_today
from storage.fieldwork.workshop_names import codes_by_former
from storage.fieldwork.workshops import workshop_codes
from storage.office.handed_out import HandedOut, handed_out_until
from storage.office.report_versions import all_cut_offs

if TYPE_CHECKING:
    from analysis.facts.cut_offs import Publication, ToldPart

Moments = dict[tuple[str, str], datetime]
"""Until when waves are counted, by workshop and key."""


def publications(
    connection: Connection, made: tuple[str, int] | None = None, before: int | None = None
) -> tuple[Publication, ...]:
    """Return the versions of all reports that were handed out, in their order.

    One of them may be the version (scope and number) that is `made` for more readers. With the number of
    a stored file only those that readers had `before` it.
    """
    waves: dict[tuple[str, int], Moments] = {}
    for one in all_cut_offs(connection):
        waves.setdefault((one.scope, one.version), {})[one.workshop, one.wave] = one.at
    codes = {code.lower(): code for code in workshop_codes(connection)}
    present = codes_by_former(connection) | codes
    return tuple(
        replace(found, same=(one.scope, one.version) == made)
        for one in handed_out_until(connection, before)
        for found in _publication(
            connection, one, waves.get((one.scope, one.version), {}), present
        )
    )


def _publication(
    connection: Connection, one: HandedOut, waves: Moments, present: Mapping[str, str]
) -> Iterator[Publication]:
    """Yield a version with its cut-offs, unless it answered no question.

    Where its parts are not stored, it tells of the workshops that its scope has today.
    """
    from analysis.facts.cut_offs import WHOLE, CutOffs, Publication

    if not waves:
        return
    limits, by_group = CutOffs(max(waves.values()), waves), bool(YEAR.fullmatch(one.scope))
    told = _joined(one.told, present) if one.complete else None
    if told is None:
        workshops = workshops_today(connection, one.scope)
        yield Publication(workshops, limits, by_group=by_group)
    elif any(part.questions for part in told.values()):
        yield Publication(told[WHOLE].workshops, limits, told, by_group)


def _joined(stored: Iterable[bytes], present: Mapping[str, str]) -> dict[str, ToldPart]:
    """Return what all audiences of a version were told, with the present codes of workshops."""
    from analysis.facts.cut_offs import ToldPart

    joined: dict[str, ToldPart] = {}
    for key, part in (item for one in stored for item in json.loads(one).items()):
        codes = (present.get(code.lower(), code) for code in part["workshops"])
        places = None if part["places"] is None else frozenset(part["places"])
        name = _renamed(key, present)
        known = joined[name].questions if name in joined else {}
        joined[name] = ToldPart(tuple(codes), places, {**part["questions"], **known})
    return joined


def _renamed(key: str, present: Mapping[str, str]) -> str:
    """Return the key of a part with the present code, if it is a workshop."""
    kind, _, name = key.partition(" ")
    return f"{kind} {present.get(name.lower(), name)}" if kind == "workshop" else key
