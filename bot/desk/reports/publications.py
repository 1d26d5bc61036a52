"""Reports that readers outside the office have already: who was counted in them, and what they told."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection

from bot.desk.reports.scopes import YEAR, workshops_of
from storage.database import NotFound
from storage.fieldwork.workshop_names import codes_by_former
from storage.office.report_versions import HandedOut, all_cut_offs, handed_out_until

if TYPE_CHECKING:
    from analysis.facts.cut_offs import Publication

Told = dict[str, dict[str, Any]]
"""What a version told, by part and question."""


def publications(
    connection: Connection, made: tuple[str, int] | None = None, before: int | None = None
) -> tuple[Publication, ...]:
    """Return the versions of all reports that were handed out, in their order.

    One of them may be the version (scope and number) that is `made` for more readers. With the number of
    a stored file only those that readers had `before` it.
    """
    waves: dict[tuple[str, int], dict[tuple[str, str], datetime]] = {}
    for one in all_cut_offs(connection):
        waves.setdefault((one.scope, one.version), {})[one.workshop, one.wave] = one.at
    former = codes_by_former(connection)
    return tuple(
        replace(found, same=(one.scope, one.version) == made)
        for one in handed_out_until(connection, before)
        for found in _publication(connection, one, waves.get((one.scope, one.version)), former)
    )


def _publication(
    connection: Connection,
    one: HandedOut,
    waves: Mapping[tuple[str, str], datetime] | None,
    former: Mapping[str, str],
) -> Iterator[Publication]:
    """Yield a version with its cut-offs, unless it answered no question or its scope is gone."""
    from analysis.facts.cut_offs import CutOffs, Publication

    told = _joined(one.told, former) if one.complete else None
    if not waves or (told is not None and not any(told.values())):
        return
    try:
        workshops = tuple(workshops_of(connection, one.scope))
    except NotFound:
        return
    limits = CutOffs(max(waves.values()), waves)
    yield Publication(workshops, limits, told, bool(YEAR.fullmatch(one.scope)))


def _joined(stored: Iterable[bytes], former: Mapping[str, str]) -> Told:
    """Return what all audiences of a version were told, with the present codes of workshops."""
    joined: Told = {}
    for content in stored:
        for part, questions in json.loads(content).items():
            known = joined.setdefault(_renamed(part, former), {})
            joined[_renamed(part, former)] = questions | known
    return joined


def _renamed(part: str, former: Mapping[str, str]) -> str:
    """Return the key of a part with the present code, if it is a workshop."""
    kind, _, name = part.partition(" ")
    renamed = kind == "workshop" and former.get(name.lower())
    return f"{kind} {renamed}" if renamed else part
