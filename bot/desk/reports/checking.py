"""Checking what readers outside the office got against the answers as they are now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from bot.desk.reports.choices import Wishes, file_name
from bot.desk.reports.handing_out import computed
from bot.desk.reports.scopes import known_scope, workshops_of
from bot.settings.office import Office
from storage.office.report_status import report_status_of
from storage.office.report_versions import (
    FIGURES,
    StoredFile,
    cut_offs_of,
    erased_cases,
    files_on,
)

Difference = tuple[str, str, str]


@dataclass(frozen=True)
class Checked:
    """A file that was handed out: are its bytes those stored, and which figures differ today.

    `differences` are place, stored and present text; `erased` counts the people of its waves who
    were erased since it was made.
    """

    name: str
    form: str
    intact: bool
    differences: tuple[Difference, ...] = ()
    erased: int = 0

    @property
    def ok(self) -> bool:
        """Whether nothing needs to be looked at: figures without the erased are others."""
        return self.intact and (not self.differences or self.erased > 0)


def check_versions(connection: Connection, scope: str, office: Office) -> list[Checked]:
    """Return what was found about each file of the report on a scope. Raise NotFound for no scope."""
    scope = known_scope(connection, scope)
    workshops = workshops_of(connection, scope)
    return [_checked(connection, one, workshops, office) for one in files_on(connection, scope)]


def _checked(
    connection: Connection, stored: StoredFile, workshops: list[str], office: Office
) -> Checked:
    edition = stored.edition
    wishes = _wishes(connection, stored, office)
    name = f"version {edition.version} {edition.status} " + file_name(
        edition.scope, stored.form, wishes
    )
    found = Checked(name, stored.form, stored.intact)
    if stored.form != FIGURES or not stored.intact:
        return found
    waves = cut_offs_of(connection, edition.scope, edition.version)
    erased = {
        one.participant
        for one in erased_cases(connection, workshops, stored.made_at)
        if (one.workshop, one.wave) in waves
    }
    return replace(found, differences=_differences(connection, stored, wishes), erased=len(erased))


def _wishes(connection: Connection, stored: StoredFile, office: Office) -> Wishes:
    """Return the options with which a file was made."""
    edition = stored.edition
    version = report_status_of(connection, edition.scope, edition.version)
    return Wishes(
        edition.audience,
        edition.whom,
        edition.language,
        replace(version, status=edition.status, level=edition.level),
        office.contact,
        office=office.name,
    )


def _differences(
    connection: Connection, stored: StoredFile, wishes: Wishes
) -> tuple[Difference, ...]:
    """Return the texts and figures that are others today."""
    from analysis.formats import render

    today = render(computed(connection, stored.edition, wishes, stored.number), FIGURES)
    was, now = (dict(_texts("", json.loads(one))) for one in (stored.content, today))
    places = [*was, *(place for place in now if place not in was)]
    pairs = ((place, was.get(place, ""), now.get(place, "")) for place in places)
    return tuple(one for one in pairs if one[1] != one[2])


def _texts(place: str, data: object) -> Iterator[tuple[str, str]]:
    """Yield every text and number of a report with its place in it; of quotes only their number."""
    if isinstance(data, dict):
        for key, value in data.items():
            told = len(value) if key == "quotes" else value
            yield from _texts(f"{place}/{key}".lstrip("/"), told)
    elif isinstance(data, list):
        for number, value in enumerate(data):
            yield from _texts(f"{place}/{_named(value) or number}", value)
    else:
        yield place, str(data)


def _named(data: object) -> str:
    """Return the key of a section, a table or a figure; the first cell of a row."""
    if isinstance(data, dict):
        return str(data.get("key", ""))
    first = data[0] if isinstance(data, list) and data else ""
    return first if isinstance(first, str) else ""
