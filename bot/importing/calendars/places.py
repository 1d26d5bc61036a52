"""The place of a workshop in a calendar: town and country, or none if it is online."""

import re
from collections.abc import Mapping, Sequence

from bot.importing.rows.cities import country_of_city
from bot.importing.rows.countries import country_code
from bot.importing.tables.days import OPEN
from bot.importing.tables.headings import plain
from surveys.people import Administration

ONLINE = frozenset("online virtual webinar web zoom teams remote hybrid w3 internet".split())
"""Words for online workshops. Some lists write `W3` for the whole world."""


def read_place(text: str, known: Mapping[str, Administration]) -> tuple[str, str]:
    """Return town and country code of "Suva, Fiji" or "Almaty (Kazakhstan) / hybrid"; '' if unknown."""
    parts = [part.strip(" .") for part in re.split(r"[,/();]|\s-\s", OPEN.sub("", text))]
    parts = [part for part in parts if part and plain(part) not in ONLINE]
    countries = [(part, code) for part in parts if (code := country_code(part, known))]
    whole = country_code(text, known)
    code = whole or (countries[-1][1] if countries else "")
    if not code:
        return _by_city(parts)
    named = {part for part, _ in countries[-1:]} if len(parts) > 1 or OPEN.search(text) else set()
    towns = [part for part in parts if part not in named]
    if whole and len(parts) > 1:
        return "", whole
    return (towns[0] if towns else "", code)


def _by_city(parts: Sequence[str]) -> tuple[str, str]:
    """Return the known city among the parts of a place, and its country; else the first part."""
    for part in parts:
        code = country_of_city(part)
        if code:
            return part, code
    return (parts[0] if parts else ""), ""
