"""The table of administrations: where they are, their weekend, and whether the messenger works.

Reads text that people may have edited; knows no folders and no database.
"""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files

from surveys.people import YES, Administration
from surveys.planning.timezones import check_zone_data, zone
from surveys.problems import BadInput, Problem

COLUMNS = ("code", "name", "subregion", "timezone", "weekend", "languages", "telegram", "note")
GROUPS = ("sids", "ldc")
"""The columns on groups of countries. A table without one takes it from the packaged table."""
TELEGRAM = ("usable", "unreliable", "blocked")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


@cache
def packaged_administrations() -> Mapping[str, Administration]:
    """Return the table that comes with the program, by code."""
    path = files("surveys") / "library" / "administrations.csv"
    return read_administrations(path.read_text(encoding="utf-8"), path.name)


def read_administrations(text: str, source: str) -> dict[str, Administration]:
    """Return administrations by code from a comma-separated table with the columns of `COLUMNS`.

    Weekends are written "Sat-Sun", "Fri" or, for separate days, "Fri+Sun". Each time zone is returned
    under one spelling. The columns of `GROUPS` are optional. Other columns and blank rows are ignored.
    Raises BadInput with every problem of the table; `source` names the table there.
    """
    check_zone_data()
    problems: list[Problem] = []
    rows = _rows(text, source, problems)
    found = [_administration(number, row, source, problems) for number, row in rows]
    problems += _repeated(rows, source)
    if not found and not problems:
        problems.append(Problem(source, "", "There are no administrations in this table."))
    if problems:
        raise BadInput(sorted(problems, key=_row_number))
    return {administration.code: administration for administration in found}


def host_zone(known: Mapping[str, Administration], country: str, city: str) -> str | None:
    """Return the time zone of the place of a workshop; None if the country is not known.

    It is the zone of the country that is named like the city (Perth), else that of its administration,
    else the country's only one.
    """
    from babel.core import get_global

    zones = [name for name, where in get_global("zone_territories").items() if where == country]
    named = city.strip().casefold().replace(" ", "_")
    for name in zones:
        if name.rpartition("/")[2].casefold() == named:
            return zone(name).key
    if country in known:
        return known[country].timezone
    return zone(zones[0]).key if len(zones) == 1 else None


def _rows(text: str, source: str, problems: list[Problem]) -> list[tuple[int, dict[str, str]]]:
    """Yield rows with their numbers as a spreadsheet shows them; the heading is row 1."""
    reader = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), strict=True)
    try:
        lines = [[cell.strip() for cell in line] for line in reader]
    except csv.Error as error:
        place = f"row {reader.line_num}"
        fix = "Look for a quotation mark that is not closed."
        problems.append(Problem(source, place, f"The table cannot be read: {error}.", fix=fix))
        return []
    heading = [cell.casefold() for cell in lines[0]] if lines else []
    missing = [column for column in COLUMNS if column not in heading]
    if missing:
        fix = f"Write these columns in the first row, with commas between: {', '.join(COLUMNS)}."
        message = "is not among the columns."
        problems += [Problem(source, "row 1", message, column, fix) for column in missing]
        return []
    return list(_whole_rows(heading, lines, source, problems))


def _whole_rows(
    heading: list[str], lines: list[list[str]], source: str, problems: list[Problem]
) -> Iterator[tuple[int, dict[str, str]]]:
    for number, line in enumerate(lines[1:], start=2):
        if len(line) == len(heading):
            if any(line):
                yield number, dict(zip(heading, line, strict=True))
        elif any(line):
            message = f"There are {len(line)} values for {len(heading)} columns."
            fix = 'Put a value that has a comma in it in quotation marks: "Dari, Pashto".'
            problems.append(Problem(source, f"row {number}", message, fix=fix))


def _administration(
    number: int, row: dict[str, str], source: str, problems: list[Problem]
) -> Administration:
    """Return one row. Problems are added to `problems`, and the row is then not to be used."""

    def wrong(column: str, message: str, fix: str) -> None:
        place = f"row {number}, column {column}"
        value = row[column]
        problems.append(Problem(source, place, message if value else "is empty.", value, fix))

    if not re.fullmatch(r"[A-Z]{2}", row["code"]):
        wrong("code", "is not a country code.", "Write the two capital letters of ISO 3166: NP.")
    if not row["name"]:
        wrong("name", "", "Write the name that readers of reports will see.")
    weekend = _weekend(row["weekend"])
    if weekend is None:
        wrong("weekend", "is not a weekend.", "Write it like Sat-Sun, Fri or Fri+Sun.")
    if row["telegram"] not in TELEGRAM:
        wrong("telegram", "is not known.", "Write usable, unreliable or blocked.")
    try:
        timezone = zone(row["timezone"]).key
    except BadInput as error:
        timezone = ""
        wrong("timezone", error.problems[0].message, error.problems[0].fix)
    sids, ldc = _groups(row)
    if sids not in ("", YES):
        wrong("sids", "is not known.", "Write yes, or nothing.")
    if ldc not in ("", YES) and _day(ldc) is None:
        wrong("ldc", "is not a day.", "Write yes, nothing, or the day of leaving: 2026-11-24.")
    languages = tuple(part.strip() for part in row["languages"].split(",") if part.strip())
    return Administration(
        code=row["code"],
        name=row["name"],
        subregion=row["subregion"],
        timezone=timezone,
        weekend=weekend or frozenset(),
        languages=languages,
        telegram=row["telegram"],
        note=row["note"],
        sids=sids == YES,
        ldc=ldc,
    )


def _groups(row: Mapping[str, str]) -> tuple[str, str]:
    """Return the cells of `GROUPS`, those of the packaged table where a table has no such column."""
    if all(column in row for column in GROUPS):
        return row["sids"].casefold(), row["ldc"].casefold()
    known = packaged_administrations().get(row["code"])
    sids, ldc = (YES if known.sids else "", known.ldc) if known else ("", "")
    return row.get("sids", sids).casefold(), row.get("ldc", ldc).casefold()


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _weekend(text: str) -> frozenset[int] | None:
    """Return weekday numbers of "Sat-Sun" or "Fri+Sun"; None for an unknown day or no working day."""
    days: set[int] = set()
    for part in text.casefold().replace("–", "-").split("+"):
        words = [word.strip() for word in part.split("-")]
        if len(words) > 2 or any(word not in WEEKDAYS for word in words):
            return None
        first, last = WEEKDAYS.index(words[0]), WEEKDAYS.index(words[-1])
        days |= {(first + step) % 7 for step in range((last - first) % 7 + 1)}
    return frozenset(days) if len(days) < 7 else None


def _repeated(rows: list[tuple[int, dict[str, str]]], source: str) -> list[Problem]:
    times = Counter(row["code"] for _, row in rows if row["code"])
    fix = "Keep one row for each administration."
    return [
        Problem(source, f"row {number}, column code", "stands in more than one row.", code, fix)
        for number, row in rows
        if times[code := row["code"]] > 1
    ]


def _row_number(problem: Problem) -> int:
    found = re.match(r"row (\d+)", problem.place)
    return int(found[1]) if found else 0
