"""What a questionnaire may say of the person and the workshop: texts for `pulldata`, by language."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from babel.dates import format_date, format_skeleton

from surveys.items.day import locale_of, year_text
from surveys.people import Administration, Participant
from surveys.workshop import Workshop


def facts_for(
    participant: Participant,
    workshop: Workshop,
    administration: Administration,
    language: str,
) -> Mapping[tuple[str, str], str]:
    """Return texts by (source, field), such as ("workshop", "ended_month"): "December 2017"."""
    return {
        ("participant", "name"): participant.name,
        ("workshop", "title"): workshop.title,
        ("workshop", "city"): workshop.city,
        ("workshop", "starts_on"): workshop.starts_on.isoformat(),
        ("workshop", "ends_on"): workshop.ends_on.isoformat(),
        ("workshop", "ended_month"): month_text(workshop.ends_on, language),
        ("administration", "name"): administration.name,
    }


@lru_cache
def month_text(day: date, language: str) -> str:
    """Return a month with its year in words: "December 2017"."""
    if year_text(day, language) != str(day.year):
        return f"{format_date(day, 'LLLL', locale_of(language))} {year_text(day, language)}"
    return format_skeleton("yMMMM", day, locale=locale_of(language))


def day_text(day: date, language: str) -> str:
    """Return a day without its year in words: "6 July"."""
    locale = locale_of(language)
    # Babel's English is American; the offices write the day first.
    if locale == "en":
        return format_date(day, "d MMMM", locale)
    return format_skeleton("MMMMd", day, locale=locale)
