"""Time zones by name, with one spelling for each place."""

import difflib
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from surveys.problems import BadInput, Problem

# Zones that the time zone data names with one word, as countries. Its other single words are
# abbreviations of hours, such as EST.
_ONE_WORD = frozenset({"Hongkong", "Iran", "Japan", "NZ", "NZ-CHAT", "PRC", "ROK", "Singapore"})


@lru_cache(maxsize=1)
def _zone_names() -> dict[str, str]:
    """Return names of places by their lower-case spelling, without "localtime", "EST" and the like."""
    names = {n.casefold(): n for n in available_timezones() if "/" in n or n == "UTC"}
    if "asia/bangkok" not in names:
        raise BadInput(
            [
                Problem(
                    source="this machine",
                    place="time zones",
                    message="No time zone data was found, so local times cannot be computed.",
                    fix="Install the Python package tzdata, or your system's tzdata package, "
                    "and start again.",
                )
            ]
        )
    return names


@lru_cache(maxsize=1)
def _renamed() -> dict[str, str]:
    """Return the present names of renamed zones by their old spelling in lower case.

    Source: Unicode CLDR, as Babel packages it. Unlike the links of the time zone data it keeps
    places that only share another place's hours (Phnom Penh and Bangkok) under their own names.
    """
    from babel.core import get_global

    aliases = get_global("zone_aliases")
    return {old.casefold(): new for old, new in aliases.items() if "/" in old or old in _ONE_WORD}


def check_zone_data() -> None:
    """Raise BadInput if there is no time zone data. Call it at start."""
    _zone_names()


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """Return the time zone of a name, with one spelling: the `key` of "Asia/Katmandu" is Asia/Kathmandu.

    Raises BadInput for a name that is not a place, and on a machine without time zone data.
    """
    # Python keeps eight zones and reads the file of any other anew; an office has forty.
    names = _zone_names()
    wanted = name.strip().casefold()
    renamed = _renamed()
    known = renamed.get(wanted) or names.get(wanted)
    if known is None:
        near = difflib.get_close_matches(wanted, [*names, *renamed], n=1)
        example = (renamed.get(near[0]) or names[near[0]]) if near else "Asia/Kathmandu"
        fix = f"Write a name such as {example}."
        raise BadInput([Problem("time zone", "", "is not a time zone.", name, fix)])
    return ZoneInfo(known)


def offset_text(moment: datetime) -> str:
    """Return the UTC offset of an aware moment in hours and minutes: "+05:45"."""
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("The moment has no time zone.")
    hours, minutes = divmod(abs(offset) // timedelta(minutes=1), 60)
    return f"{'-' if offset < timedelta(0) else '+'}{hours:02}:{minutes:02}"
