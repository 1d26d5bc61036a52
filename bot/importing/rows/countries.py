"""The country or administration that a text names: by code, by name, or within another name.

Knows the table of administrations and the names of all countries; matches no similar names.
"""

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache, lru_cache

from bot.importing.rows.open_questions import LEAVE_OUT, Choice
from bot.importing.rows.place_names import COUNTRIES, packaged_names, territories
from bot.importing.tables.headings import plain
from surveys.people import Administration
from surveys.planning.timezones import zone

OTHER_NAMES = {
    "CN": "pr china, people s republic of china, 中国, china customs, 中华人民共和国",
    "HK": "hong kong, hong kong sar, hong kong china, hongkong, 香港, 中国香港",
    "MO": "macao, macau, macao sar, macao china, 澳门, 中国澳门",
    "KR": "korea, south korea, republic of korea, rok, korea republic, 대한민국, 한국, 韩国, 大韩民国",
    "KP": "democratic people s republic of korea, dprk, dpr korea, north korea",
    "JP": "日本",
    "LA": "laos, lao, lao p d r, lao people s democratic republic, ສປປ ລາວ",
    "VN": "vietnam, viet nam, việt nam, cộng hòa xã hội chủ nghĩa việt nam",
    "TH": "ไทย, ประเทศไทย, ราชอาณาจักรไทย, thaïlande, 泰国",
    "MM": "myanmar, burma",
    "PG": "png, papua new guinea",
    "TL": "timor leste, east timor",
    "BN": "brunei, brunei darussalam",
    "IR": "iran, islamic republic of iran, جمهوری اسلامی ایران",
    "KH": "cambodia, cambodge, kampuchea, កម្ពុជា, ព្រះរាជាណាចក្រកម្ពុជា",
    "FJ": "fidji, fiji islands",
    "NZ": "aotearoa, nouvelle zélande",
    "CD": "democratic republic of congo, democratic republic of the congo, dr congo, drc, congo drc",
    "GB": "uk, england, scotland, great britain",
    "US": "usa",
}
"""More names that lists use, separated by commas."""
OFFICE_WORDS = frozenset(
    "administration agency and authority border bureau control customs department directorate duties "
    "duty excise finance general government inland ministry national office of protection revenue "
    "revenues service services tax taxation taxes the".split()
)
"""Words in the names of customs administrations that belong to no country."""
SHORT = {
    "rep": "republic",
    "is": "islands",
    "isl": "islands",
    "dem": "democratic",
    "fed": "federated",
    "st": "saint",
    "govt": "government",
}
"""Words that lists write short, as in "Solomon Is." and "Rep. of Korea"."""
FORMAL = (
    *("", "the ", "ประเทศ", "ប្រទេស"),
    *("kingdom of ", "kingdom of the ", "republic of ", "republic of the ", "union of "),
    *("democratic republic of ", "democratic socialist republic of ", "islamic republic of "),
    *("people s republic of ", "federal republic of ", "sultanate of "),
    *("federal democratic republic of ", "federated states of ", "independent state of "),
    *("socialist republic of ", "commonwealth of ", "state of ", "islamic emirate of "),
)
"""What stands before a country in its formal name."""
UNCLEAR = frozenset({"republic of china"})
"""Names that are asked about, because two governments have used them."""
UNLIKE = frozenset("new islands island republic democratic of and the south north saint".split())
"""Words that several countries have in their names."""
MOST_CHOICES = 6


@cache
def _names() -> dict[str, str]:
    """Return codes of countries by their plain names, English and of `OTHER_NAMES`."""
    found = territories("en")
    for code, names in OTHER_NAMES.items():
        found |= dict.fromkeys((plain(name) for name in names.split(",")), code)
    return found


@cache
def _of_three_letters() -> dict[str, str]:
    """Return codes of countries by their codes of three letters, as ISO 3166 has them."""
    from babel.core import get_global

    aliases = get_global("territory_aliases")
    return {old: new[0] for old, new in aliases.items() if len(old) == 3 and old.isalpha()}


@cache
def _plain_name(administration: str) -> str:
    """Return the plain name of an administration; each row of a list compares it with all."""
    return plain(administration)


def country_code(text: str, known: Mapping[str, Administration]) -> str | None:
    """Return the country code that a text is or names; None if it names none."""
    upper = text.strip().upper()
    if upper in known:
        return upper
    if len(upper) == 2 and upper in _names().values():
        return upper
    if upper == text.strip() and upper in _of_three_letters():
        return _of_three_letters()[upper]
    own = {_plain_name(one.name): code for code, one in known.items()}
    forms = _forms(text)
    if UNCLEAR.intersection(forms):
        return None
    return (
        _first(own, forms) or _first(_names(), forms) or _first(packaged_names(COUNTRIES), forms)
    )


def _first(names: Mapping[str, str], forms: Iterable[str]) -> str | None:
    return next((names[form] for form in forms if form in names), None)


@lru_cache(maxsize=4096)
def _forms(text: str) -> tuple[str, ...]:
    """Return how a name may be meant: written out, in its order, without formal words."""
    found: dict[str, None] = {}
    for one in (text, *_turned(text)):
        words = " ".join(SHORT.get(word, word) for word in plain(one).split())
        forms = (words.removeprefix(start) for start in FORMAL if words.startswith(start))
        found |= dict.fromkeys(forms)
    return tuple(found)


def _turned(text: str) -> tuple[str, ...]:
    """Return "Islamic Republic of Iran" for "Iran (Islamic Republic of)" or with a comma."""
    found = re.fullmatch(r"([^(,]+?)\s*[(,]\s*([^(),]+)\)?", text.strip())
    return (f"{found[2]} {found[1]}",) if found else ()


def country_in(text: str, known: Mapping[str, Administration]) -> str | None:
    """Return the country in the name of an office, such as "Fiji Revenue and Customs Service".

    Apart from words of offices the text must be exactly the name of one country; else None.
    """
    words = plain(text.replace(",", " ").replace("&", " ")).split()
    left = " ".join(word for word in words if word not in OFFICE_WORDS)
    return country_code(left, known) if left and left != " ".join(words) else None


def country_name(code: str) -> str:
    """Return the English name of a country."""
    from babel import Locale

    return str(Locale("en").territories.get(code, code))


def zones_of(code: str) -> list[str]:
    """Return the time zones of a country."""
    from babel.core import get_global

    return sorted(
        {zone(name).key for name, where in get_global("zone_territories").items() if where == code}
    )


def added_administration(value: str) -> Administration | None:
    """Return the administration that an answer such as "RW Africa/Kigali" adds; else None."""
    code, _, name = value.partition(" ")
    if name not in zones_of(code):
        return None
    weekend = frozenset({5, 6})
    note = "added with a list"
    return Administration(code, country_name(code), "Other", name, weekend, note=note)


def choices_for(text: str, known: Mapping[str, Administration]) -> tuple[Choice, ...]:
    """Return the choices for an unknown administration: similar names, or a new one to add."""
    code = country_code(text, known)
    if code is not None and code not in known:
        zones = zones_of(code)
        new = [Choice(f"Add {country_name(code)}, {name}", f"{code} {name}") for name in zones]
        return (*new[:MOST_CHOICES], Choice("Leave out", LEAVE_OUT))
    near = _near(text, known)
    return (
        *(Choice(one.name, one.code) for one in near[:MOST_CHOICES]),
        Choice("Leave out", LEAVE_OUT),
    )


def _near(text: str, known: Mapping[str, Administration]) -> list[Administration]:
    """Return the administrations whose names share a word of their own with a text, or are spelt so."""
    wanted = plain(text)
    words = {*wanted.split()} - UNLIKE - OFFICE_WORDS
    shared = [one for one in known.values() if words & {*_plain_name(one.name).split()}]
    by_name = {_plain_name(one.name): one for one in known.values()}
    spelt = difflib.get_close_matches(wanted, by_name, cutoff=0.8)
    return shared or [by_name[name] for name in spelt]


def suggestion(text: str, known: Mapping[str, Administration]) -> str:
    """Return a likely country for one that is misspelt as a question; else ''."""
    near = _near(text, known)
    return f"Is it {near[0].name}, {near[0].code}?" if near else ""
