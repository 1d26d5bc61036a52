"""The names of countries and cities in the languages of the offices and of the region, from CLDR.

They are packaged as a file of plain names, because the library needs 27 MB to hold what it knows of so
many languages. `make places` writes the file anew.
"""

import json
import re
from functools import cache
from pathlib import Path

from bot.importing.tables.headings import plain

FILE = Path(__file__).parent / "place_names.json"
LANGUAGES = (
    *"en fr fa km th vi zh zh_Hant ja ko ru ms id mn ne si ta hi bn ur lo my dz ps pt es ar de".split(),
    *("fil", "to"),
)
"""The languages, of which the first that has a name counts."""
NO_COUNTRIES = frozenset(("ZZ", "EU", "UN", "EZ", "QO", "XA", "XB"))
ZONES = {
    "Asia/Kabul": "AF",
    "Australia/Sydney": "AU",
    "Asia/Dhaka": "BD",
    "Asia/Thimphu": "BT",
    "Asia/Shanghai": "CN",
    "Asia/Jakarta": "ID",
    "Asia/Tehran": "IR",
    "Asia/Tokyo": "JP",
    "Asia/Phnom_Penh": "KH",
    "Asia/Seoul": "KR",
    "Asia/Vientiane": "LA",
    "Asia/Colombo": "LK",
    "Asia/Rangoon": "MM",
    "Asia/Ulaanbaatar": "MN",
    "Asia/Kuala_Lumpur": "MY",
    "Asia/Katmandu": "NP",
    "Pacific/Auckland": "NZ",
    "Pacific/Port_Moresby": "PG",
    "Asia/Manila": "PH",
    "Asia/Karachi": "PK",
    "Asia/Bangkok": "TH",
    "Asia/Dili": "TL",
    "Pacific/Apia": "WS",
    "Europe/Brussels": "BE",
}
"""Time zones that are named after a city, as CLDR calls them."""
COUNTRIES, CITIES = "countries", "cities"
Names = dict[str, str]
"""Codes of countries by names."""


@cache
def packaged_names(kind: str) -> Names:
    """Return the codes of countries by the plain names of `COUNTRIES` or `CITIES`."""
    found = json.loads(FILE.read_text("utf-8"))[kind]
    return {name: code for code, names in found.items() for name in names}


def territories(language: str) -> Names:
    """Return the codes of countries by their plain names in a language."""
    from babel import Locale

    return {
        plain(name): code
        for code, name in Locale.parse(language).territories.items()
        if re.fullmatch(r"[A-Z]{2}", code) and code not in NO_COUNTRIES
    }


def compact(text: str) -> str:
    """Return the name of a city for comparing: "Nuku’alofa" and "Nukualofa" are one."""
    return plain(text).replace(" ", "")


def names_in_cldr() -> dict[str, dict[str, list[str]]]:
    """Return what the file holds: names by the codes of countries, of countries and of cities."""
    countries: Names = {}
    cities: Names = {}
    for language in LANGUAGES:
        countries = territories(language) | countries
        cities = _cities(language) | cities
    return {COUNTRIES: _by_code(countries), CITIES: _by_code(cities)}


def _cities(language: str) -> Names:
    from babel import Locale

    zones = Locale.parse(language).time_zones
    named = {code: dict(zones.get(name, {})).get("city") for name, code in ZONES.items()}
    return {compact(str(city)): code for code, city in named.items() if city}


def _by_code(names: Names) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, code in sorted(names.items()):
        found.setdefault(code, []).append(name)
    return dict(sorted(found.items()))


if __name__ == "__main__":
    lines = (json.dumps(names_in_cldr(), ensure_ascii=False, indent=0), "")
    FILE.write_text("\n".join(lines), "utf-8")
