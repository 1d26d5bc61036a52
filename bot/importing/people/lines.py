"""Lines of a list that hold no person: countries, sections, offices, totals, signatures. Pure."""

import re
from collections.abc import Iterable, Mapping

from bot.importing.rows.countries import OFFICE_WORDS, country_code, country_in
from bot.importing.rows.role_words import role_of
from bot.importing.tables.headings import plain
from surveys.people import Administration, Role

NUMBER = re.compile(r"\(?(?:\d{1,4}|[ivxlc]{1,5}|[a-z])[.)]?\)?|no\.?", re.IGNORECASE)
"""The number of a row, also a Roman one or a letter."""
NUMBERED = re.compile(r"^\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-z])[.)]\s+", re.IGNORECASE)
COUNTED = re.compile(
    r"\s*[-–—:,]?\s*\(?\d{1,3}\s*(?:participants?|people|persons?|officers?|delegates?|pax)?\)?$",
    re.IGNORECASE,
)
CALLED = re.compile(
    r"^(?:country|administration|member|delegation|economy|organi[sz]ation)s?(?:\s+of)?\s*:?\s+",
    re.IGNORECASE,
)
TOTAL = re.compile(
    r"(?:grand |sub[- ]?)?totals?"
    r"(?:\s*[:=(\d]|\s+(?:of|number|participants?|people|persons?|officers?)\b|$)"
    r"|(?:number|no\.?) of (?:participants|people|persons|officers|delegates)\b"
    r"|(?:sum|average|mean)$|合计|总计|共计|合計|รวม|សរុប|tổng|tong cong|jumlah",
    re.IGNORECASE,
)
SIGNED = re.compile(
    r"(?:prepared|compiled|approved|certified|checked|verified|noted|submitted|signed|endorsed|reviewed"
    r"|confirmed)(?: and \w+)? by\b|signatures?\b|for and on behalf of\b|place and date\b",
    re.IGNORECASE,
)
LISTS = frozenset(("list of participants", "liste des participants", "participants list"))
RESOURCE = "resource person"
OTHERS = re.compile(
    r"(?:resource persons?|resource people|facilitators?|trainers?|experts?|speakers?|lecturers?"
    r"|instructors?|observers?|secretariat|organi[sz]ers?|moderators?|interpreters?|donors?|guests?"
    r"|support staff|staff|wco secretariat|hosts?|formateurs?|experten?|intervenants?"
    r"|วิทยากร|ผู้สังเกตการณ์|讲师|专家|观察员)(?: and .*)?"
)
"""Sections of people who come to a workshop for another reason than to learn."""


def lone_text(texts: Iterable[str]) -> str:
    """Return the one text of a line, apart from its number; '' for a line with several."""
    written = [one for one in dict.fromkeys(texts) if one]
    words = [one for one in written if not NUMBER.fullmatch(one)]
    return words[0] if len(words) == 1 and len(written) <= 2 else ""


def bare(text: str) -> str:
    """Return a line without its number, what it counts, and "Country:" or "Delegation of"."""
    return CALLED.sub("", COUNTED.sub("", NUMBERED.sub("", text.strip())))


def place_of(text: str, known: Mapping[str, Administration]) -> str:
    """Return the code of the country that a line names; '' for other lines."""
    name = bare(text)
    if len(name) == 2 and not name.isupper():
        return ""
    return country_code(name, known) or country_in(name, known) or ""


def section_of(text: str) -> str:
    """Return the role that a line gives to the people below it, as a cell would name it; else ''."""
    name = plain(bare(text))
    if name in LISTS:
        return Role.PARTICIPANT
    for word in (name, name.removesuffix("s")):
        if word and role_of(word):
            return word
    return RESOURCE if OTHERS.fullmatch(name) else ""


def is_office(text: str) -> bool:
    """Return whether a line is the name of an office."""
    return bool(OFFICE_WORDS & set(plain(text).split()))
