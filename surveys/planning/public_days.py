"""Public holidays of a country, and days of rest that are working days instead."""

import warnings
from dataclasses import dataclass
from datetime import date
from functools import lru_cache


@dataclass(frozen=True)
class PublicDays:
    """One year of one country: holidays, and days of rest that are worked in exchange."""

    known: bool
    off: frozenset[date] = frozenset()
    worked: frozenset[date] = frozenset()


def country_known(country: str) -> bool:
    """Return whether any public holidays of a country are known; imports the rules of none."""
    from holidays.registry import EntityLoader  # slow to import: 60 ms

    return country in EntityLoader.get_country_codes()


def know_rules() -> None:
    """Import the rules of all countries, so that the first to ask for a day does not wait for them."""
    import holidays  # noqa: F401 - slow to import: 60 ms more


@lru_cache(maxsize=1024)
def public_days(country: str, year: int) -> PublicDays:
    """Return public holidays only (no bank or school days), with the days given in their place."""
    if not country_known(country):
        return PublicDays(known=False)
    import holidays

    with warnings.catch_warnings():
        # The library warns if movable holidays are not announced for the year; it still lists the
        # fixed ones.
        warnings.simplefilter("ignore")
        listed = holidays.country_holidays(country, years=year, expand=False)
    return PublicDays(
        known=listed.start_year <= year <= listed.end_year,
        off=frozenset(day for day in listed if day.year == year),
        worked=frozenset(day for day in listed.weekend_workdays if day.year == year),
    )
