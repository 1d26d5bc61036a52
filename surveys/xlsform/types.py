"""The column `type`: which item is asked, which rows are structure, and what a chat cannot ask.

Knows no other column.
"""

import difflib
import re
from dataclasses import dataclass
from enum import Enum, auto

from surveys.items import BY_NAME

SELECT = re.compile(
    r"(?:add )?(?P<kind>select_one|select one|select1|select_multiple|select multiple|"
    r"select all that apply)(?: prompt)?(?: from| using)?"
    r"(?: (?P<list>\S+))?(?P<other> or_other| or specify other| or other)?"
)
CONTROL = re.compile(r"(begin|end)[ _](group|lgroup|looped group|repeat|loop)\b.*")
SIMILAR = {
    **{"string": "text", "q string": "text", "add text prompt": "text"},
    **{"int": "integer", "q int": "integer", "add integer prompt": "integer"},
    **{"q decimal": "decimal", "add decimal prompt": "decimal", "q note": "note"},
    **{"q date": "date", "add date prompt": "date", "add note prompt": "note"},
    **{"trigger": "acknowledge", "q acknowledge": "acknowledge", "q calculate": "calculate"},
    **{"photo": "image", "q image": "image", "q picture": "image", "add image prompt": "image"},
    **{"add photo prompt": "image", "add file prompt": "file"},
    **{"add acknowledge prompt": "acknowledge", "add calculate prompt": "calculate"},
}
"""Older names of types."""
FILLED = {
    **{"start": "once(now())", "start time": "once(now())", "get start time": "once(now())"},
    **{"end": "now()", "end time": "now()", "get end time": "now()"},
    **{"today": "today()", "get today": "today()"},
}
"""Rows that the bot fills itself, and with what."""
IGNORED = (
    *("deviceid", "device id", "get device id", "imei", "phonenumber", "phone number"),
    *("get phone number", "simserial", "sim id", "get sim id", "subscriberid", "subscriber id"),
    *("get subscriber id", "username", "email", "audit", "uri:deviceid", "start-geopoint"),
    *("background-audio", "background-geopoint", "last-saved"),
)
PLACE_NAME = "Remove the row, or ask for the place name as text."
IN_WORDS = "Remove the row, or ask for a description as text."
NO_FILES = "only pictures and documents can be shown here."
CANNOT_ASK = (
    (
        "geopoint|gps|location|q geopoint|q location|add location prompt",
        "asks for a location; this bot is set up without location questions.",
        PLACE_NAME,
    ),
    (
        "geotrace|geoshape|q geotrace|q geoshape",
        "asks for a line or an area on a map, which a chat cannot ask.",
        PLACE_NAME,
    ),
    ("audio|q audio|add audio prompt", f"asks for a recording; {NO_FILES}", IN_WORDS),
    ("video|q video|add video prompt", f"asks for a video; {NO_FILES}", IN_WORDS),
    (
        "barcode|q barcode|add barcode prompt",
        "asks for a barcode, which a chat cannot read.",
        "Remove the row, or ask for the number as text.",
    ),
    (
        "time",
        "asks for a time of day, which is not asked here yet.",
        "Ask for it as text, or for a date.",
    ),
    (
        "datetime|date time|q date time|add date time prompt",
        "asks for a day and a time, which is not asked here yet.",
        "Ask for the day with type date.",
    ),
    (
        r"rank\b.*",
        "asks to put choices in order, which is not asked here yet.",
        "Ask for the first with select_one, and for the second with another select_one.",
    ),
    (
        r"csv-external|xml-external|osm\b.*|(select_(one|multiple)_(external|from_file)"
        r"|select (one|multiple) from file)\b.*|.*\$\{.*",
        "takes its choices from elsewhere, which is not supported.",
        "Put the choices on the sheet choices, and write select_one and the name of their list.",
    ),
)
"""Types that a chat cannot ask (yet), as patterns, with the reason and what to do."""
TYPES = ("select_one", "select_multiple", *BY_NAME, "hidden", "begin_group", "end_group")


class Role(Enum):
    """The role of a row."""

    ITEM = auto()
    BEGIN = auto()
    END = auto()
    FILLED = auto()
    HIDDEN = auto()
    IGNORED = auto()
    REFUSED = auto()
    UNKNOWN = auto()


@dataclass(frozen=True)
class RowType:
    """A read type: the type as the project writes it, or why it is refused and what to do."""

    role: Role
    type: str
    message: str = ""
    fix: str = ""


def read_type(written: str) -> RowType:
    """Return the meaning of a cell of the column `type`; its words are separated by single spaces."""
    control = CONTROL.fullmatch(written)
    if control:
        section = {"lgroup": "repeat", "looped group": "repeat"}.get(control[2], control[2])
        return RowType(Role.BEGIN if control[1] == "begin" else Role.END, section)
    for pattern, message, fix in CANNOT_ASK:
        if re.fullmatch(pattern, written, re.IGNORECASE):
            return RowType(Role.REFUSED, "text", message, fix)
    if written in FILLED:
        return RowType(Role.FILLED, FILLED[written])
    if written in IGNORED:
        return RowType(Role.IGNORED, written)
    if written == "hidden":
        return RowType(Role.HIDDEN, "calculate")
    return _item(written)


def _item(written: str) -> RowType:
    select = SELECT.fullmatch(written)
    if select:
        one = select["kind"] in ("select_one", "select one", "select1")
        words = ["select_one" if one else "select_multiple", select["list"]]
        words += ["or_other"] if select["other"] else []
        return RowType(Role.ITEM, " ".join(word for word in words if word))
    name = SIMILAR.get(written, written)
    first, *rest = name.split()
    if first in BY_NAME:
        return RowType(Role.ITEM, name)
    near = difflib.get_close_matches(first.casefold(), TYPES, n=1, cutoff=0.7)
    if not near:
        fix = "Types are text, integer, select_one list, select_multiple list, date, note and others."
        return RowType(Role.UNKNOWN, "text", "is not a type of question.", fix)
    meant = near[0] if near[0] in BY_NAME else "text"
    fix = f"Did you mean '{near[0]}'?"
    return RowType(Role.UNKNOWN, " ".join((meant, *rest)), "is not a type of question.", fix)
