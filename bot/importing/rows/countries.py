"""The country or administration that a text names: by code, by name, or within another name.

Knows the table of administrations and the names of all countries; matches no similar names.
"""

import re
from collections.abc import Mapping
from functools import cache

from bot.importing.rows.open_questions import LEAVE_OUT, Choice
from bot.importing.tables.headings import plain
from surveys.people import Administration
from surveys.planning.timezones import zone

OTHER_NAMES = {
    "CN": "pr china, people s republic of china, 中国, china customs",
    "HK": "hong kong, hong kong sar, hong kong china, hongkong, 香港, 中国香港",
    "MO": "macao, macau, macao sar, macao china, 澳门, 中国澳门",
    "KR": "korea, south korea, republic of korea, rok, korea rep, 대한민국, 한국, 韩国",
    "JP": "日本",
    "LA": "laos, lao, lao p d r, lao people s democratic republic",
    "VN": "vietnam, viet nam, việt nam",
    "TH": "ไทย, ประเทศไทย, thaïlande, 泰国",
    "MM": "myanmar, burma",
    "PG": "png, papua new guinea",
    "TL": "timor leste, east timor",
    "BN": "brunei, brunei darussalam",
    "IR": "iran, islamic republic of iran",
    "KH": "cambodia, cambodge, kampuchea, កម្ពុជា",
    "FJ": "fidji, fiji islands",
    "NZ": "aotearoa, nouvelle zélande",
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
MOST_CHOICES = 6


@cache
def _names() -> dict[str, str]:
    """Return codes of countries by their plain names, English and of `OTHER_NAMES`."""
    from babel import Locale

    found = {
        plain(name): code
        for code, name in Locale("en").territories.items()
        if re.fullmatch(r"[A-Z]{2}", code)
        and code not in ("ZZ", "EU", "UN", "EZ", "QO", "XA", "XB")
    }
    for code, names in OTHER_NAMES.items():
        found.update(dict.fromkeys((plain(name) for name in names.split(",")), code))
    return found


@cache
def _plain_name(administration: str) -> str:
    """Return the plain name of an administration; each row of a list compares it with all."""
    return plain(administration)


def country_code(text: str, known: Mapping[str, Administration]) -> str | None:
    """Return the country code that a text is or names; None if it names none."""
    upper = text.strip().upper()
    if upper in known:
        return upper
    names = _names() | {_plain_name(one.name): code for code, one in known.items()}
    if len(upper) == 2 and upper in names.values():
        return upper
    wanted = plain(text)
    for prefix in ("", "kingdom of ", "republic of ", "the "):
        if wanted.startswith(prefix) and wanted[len(prefix) :] in names:
            return names[wanted[len(prefix) :]]
    return None


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
    words = set(plain(text).split())
    near = [one for one in known.values() if words & set(plain(one.name).split())]
    return (
        *(Choice(one.name, one.code) for one in near[:MOST_CHOICES]),
        Choice("Leave out", LEAVE_OUT),
    )
