"""Time zones by name, with one spelling for each place."""

import difflib
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo, available_timezones

from surveys.problems import BadInput, Problem

# Old spellings, as found in lists of offices. Places that only share another place's hours
# (Phnom Penh and Bangkok) keep their own names, so this is not the zone data's own list of links.
_RENAMED = {
    "asia/calcutta": "Asia/Kolkata",
    "asia/choibalsan": "Asia/Ulaanbaatar",
    "asia/chongqing": "Asia/Shanghai",
    "asia/chungking": "Asia/Shanghai",
    "asia/dacca": "Asia/Dhaka",
    "asia/harbin": "Asia/Shanghai",
    "asia/kashgar": "Asia/Urumqi",
    "asia/katmandu": "Asia/Kathmandu",
    "asia/macao": "Asia/Macau",
    "asia/rangoon": "Asia/Yangon",
    "asia/saigon": "Asia/Ho_Chi_Minh",
    "asia/thimbu": "Asia/Thimphu",
    "asia/ujung_pandang": "Asia/Makassar",
    "asia/ulan_bator": "Asia/Ulaanbaatar",
    "australia/act": "Australia/Sydney",
    "australia/canberra": "Australia/Sydney",
    "australia/currie": "Australia/Hobart",
    "australia/lhi": "Australia/Lord_Howe",
    "australia/north": "Australia/Darwin",
    "australia/nsw": "Australia/Sydney",
    "australia/queensland": "Australia/Brisbane",
    "australia/south": "Australia/Adelaide",
    "australia/tasmania": "Australia/Hobart",
    "australia/victoria": "Australia/Melbourne",
    "australia/west": "Australia/Perth",
    "australia/yancowinna": "Australia/Broken_Hill",
    "hongkong": "Asia/Hong_Kong",
    "iran": "Asia/Tehran",
    "japan": "Asia/Tokyo",
    "nz": "Pacific/Auckland",
    "nz-chat": "Pacific/Chatham",
    "pacific/enderbury": "Pacific/Kanton",
    "pacific/ponape": "Pacific/Pohnpei",
    "pacific/samoa": "Pacific/Pago_Pago",
    "pacific/truk": "Pacific/Chuuk",
    "prc": "Asia/Shanghai",
    "rok": "Asia/Seoul",
    "singapore": "Asia/Singapore",
    "us/samoa": "Pacific/Pago_Pago",
}


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


def check_zone_data() -> None:
    """Raise BadInput if there is no time zone data. Call it at start."""
    _zone_names()


def zone(name: str) -> ZoneInfo:
    """Return the time zone of a name, with one spelling: the `key` of "Asia/Katmandu" is Asia/Kathmandu.

    Raises BadInput for a name that is not a place, and on a machine without time zone data.
    """
    names = _zone_names()
    wanted = name.strip().casefold()
    known = _RENAMED.get(wanted) or names.get(wanted)
    if known is None:
        near = difflib.get_close_matches(wanted, [*names, *_RENAMED], n=1)
        example = (_RENAMED.get(near[0]) or names[near[0]]) if near else "Asia/Kathmandu"
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
