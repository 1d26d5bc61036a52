"""What a questionnaire may say of the person and the workshop: texts for `pulldata`, by language."""

from collections.abc import Mapping
from datetime import date

from babel.dates import format_date, format_skeleton

from surveys.people import Administration, Participant
from surveys.workshop import Workshop


def facts_for(
    participant: Participant,
    workshop: Workshop,
    administration: Administration,
    language: str,
) -> Mapping[tuple[str, str], str]:
    """Texts by (source, field), such as ("workshop", "ended_month"): "December 2017"."""
    return {
        ("participant", "name"): participant.name,
        ("workshop", "title"): workshop.title,
        ("workshop", "city"): workshop.city,
        ("workshop", "starts_on"): workshop.starts_on.isoformat(),
        ("workshop", "ends_on"): workshop.ends_on.isoformat(),
        ("workshop", "ended_month"): month_text(workshop.ends_on, language),
        ("administration", "name"): administration.name,
    }


def month_text(day: date, language: str) -> str:
    """A month with its year in words: "December 2017"."""
    return format_skeleton("yMMMM", day, locale=language)


def day_text(day: date, language: str) -> str:
    """A day without its year in words: "6 July"."""
    pattern = "d MMMM" if language == "en" else "long"
    return format_date(day, format=pattern, locale=language)
