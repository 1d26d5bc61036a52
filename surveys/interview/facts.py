"""What a questionnaire may say of the person and the workshop: texts for `pulldata`, by language."""

from collections.abc import Mapping

from surveys.days import month_text
from surveys.names import place_in
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
        ("administration", "name"): place_in(administration.code, administration.name, language),
    }
