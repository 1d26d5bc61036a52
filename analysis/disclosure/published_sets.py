"""The sets of workshops on which reports leave the office: all, of each donor and year, each alone.

The report on a year tells of groups too: its workshops of one donor or kind, and its people of one
sub-region or group of countries. Readers can compare all of these, so what one tells depends on all.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pandas as pd

from analysis.facts.frames import Frames
from analysis.facts.responses import records
from surveys.people import is_ldc
from surveys.planning.fiscal_year import FiscalYear

ALL = "all"


def published_sets(everything: Frames) -> dict[str, tuple[str, ...]]:
    """Return the sets of workshops that are published: all, those of donors and years, each alone."""
    workshops = [str(code) for code in everything.workshops["code"]]
    donors: dict[str, list[str]] = {}
    for code, names in zip(workshops, everything.workshops["donors"], strict=True):
        for name in names:
            donors.setdefault(f"donor {name}", []).append(code)
    alone = {f"workshop {code}": (code,) for code in workshops}
    made = {ALL: tuple(workshops), **{key: tuple(of) for key, of in donors.items()}, **alone}
    return made | _years(everything, made)


def _years(everything: Frames, made: Mapping[str, Sequence[str]]) -> dict[str, tuple[str, ...]]:
    """Return the workshops of each fiscal year that are no other published set."""
    known = {frozenset(codes) for codes in made.values()}
    held = {year: workshops_of_year(everything, year) for year in fiscal_years(everything)}
    return {
        f"year {year.begins}": codes
        for year, codes in held.items()
        if codes and frozenset(codes) not in known
    }


def fiscal_years(everything: Frames) -> list[FiscalYear]:
    """Return the fiscal years of workshops, in order."""
    years = {FiscalYear.of(day).begins for day in everything.workshops["ends_on"]}
    return [FiscalYear(year) for year in sorted(years)]


def workshops_of_year(everything: Frames, year: FiscalYear) -> tuple[str, ...]:
    """Return the workshops that the report on a fiscal year is about."""
    return tuple(
        str(one["code"])
        for one in records(everything.workshops)
        if year.reports(
            one["kind"],
            one["ends_on"],
            stands=bool(one["confirmed"]) and pd.isna(one["cancelled_at"]),
        )
    )


def set_of(sets: Mapping[str, Sequence[str]], codes: Sequence[str] | None) -> str | None:
    """Return the set that holds exactly some workshops (all if None); None if there is no such set."""
    wanted = set(sets[ALL] if codes is None else codes)
    return next((key for key, held in sets.items() if set(held) == wanted), None)


class Way(StrEnum):
    """How the report on a year divides its workshops or its people."""

    WORKSHOP = "workshop"
    DONOR = "donor"
    KIND = "kind"
    REGION = "region"
    COUNTRIES = "countries"


SIDS, LDC = "sids", "ldc"
"""Small island developing States, and least developed countries."""


@dataclass(frozen=True)
class Group:
    """Some workshops of a fiscal year; with `places` only the people of these administrations."""

    way: Way
    name: str
    workshops: tuple[str, ...]
    places: frozenset[str] | None = None

    def key(self, year: FiscalYear) -> str:
        """Return the key of the group among the published sets."""
        return f"year {year.begins} {self.way} {self.name}"


GROUP = re.compile(rf"year \d+ ({'|'.join(Way)}) .+")
"""The key of a group; that of the workshops of a year ends with the year."""


def groups_of_year(everything: Frames, year: FiscalYear) -> tuple[Group, ...]:
    """Return the groups of which the report on a fiscal year tells, in the order of its tables."""
    codes = workshops_of_year(everything, year)
    rows = [one for one in records(everything.workshops) if one["code"] in codes]
    made: dict[tuple[Way, str], list[str]] = {}
    for one in rows:
        made[Way.WORKSHOP, str(one["code"])] = [str(one["code"])]
    for one in rows:
        for donor in one["donors"]:
            made.setdefault((Way.DONOR, donor), []).append(str(one["code"]))
    for one in rows:
        made.setdefault((Way.KIND, str(one["kind"])), []).append(str(one["code"]))
    of_workshops = (Group(way, name, tuple(held)) for (way, name), held in made.items())
    # Parts of one workshop alone would be parts of a single list of people.
    return (*of_workshops, *(_of_places(everything, year, codes) if len(codes) > 1 else ()))


def _of_places(everything: Frames, year: FiscalYear, codes: tuple[str, ...]) -> Iterator[Group]:
    """Yield the groups of administrations that took part in some workshops."""
    people = everything.enrolments
    here = people["workshop_code"].isin(list(codes)) & (people["role"] == "participant")
    attended = {str(code) for code in people.loc[here, "administration_code"]}
    rows = [one for one in records(everything.administrations) if one["code"] in attended]
    for region in dict.fromkeys(str(one["subregion"]) for one in rows if one["subregion"]):
        places = frozenset(one["code"] for one in rows if one["subregion"] == region)
        yield Group(Way.REGION, region, codes, places)
    islands = frozenset(one["code"] for one in rows if one["sids"])
    least = frozenset(one["code"] for one in rows if is_ldc(one["ldc"], year.first_day))
    for name, places in ((SIDS, islands), (LDC, least)):
        if places:
            yield Group(Way.COUNTRIES, name, codes, places)


@dataclass(frozen=True)
class Part:
    """What a published figure is about: some workshops, and there all people or those of `places`."""

    workshops: tuple[str, ...]
    places: frozenset[str] | None = None


def parts_beside(
    everything: Frames, sets: Mapping[str, tuple[str, ...]], own: str
) -> tuple[dict[str, Part], dict[str, str]]:
    """Return the sets and the groups of the years of `own`, and the key of each group.

    A group of the same people as a set, or as another group, has its key.
    """
    parts = {key: Part(codes) for key, codes in sets.items()}
    known: dict[frozenset[int], str] = {}
    for key, part in parts.items():
        known.setdefault(_people(everything, part), key)
    keys: dict[str, str] = {}
    for year in fiscal_years(everything):
        codes = {*workshops_of_year(everything, year)}
        for group in groups_of_year(everything, year) if codes & {*sets[own]} else ():
            part, name = Part(group.workshops, group.places), group.key(year)
            if people := _people(everything, part):
                keys[name] = known.setdefault(people, name)
                parts.setdefault(keys[name], part)
    return parts, keys


def _people(everything: Frames, part: Part) -> frozenset[int]:
    """Return the enrolments of participants in a part."""
    people = everything.enrolments
    here = people["workshop_code"].isin(list(part.workshops)) & (people["role"] == "participant")
    if part.places is not None:
        here &= people["administration_code"].isin(list(part.places))
    return frozenset(int(number) for number in people.loc[here, "id"])
