"""Why a report has no results yet."""

from analysis.disclosure.small_groups import SMALLEST
from analysis.findings.report_facts import ReportFacts
from surveys.days import span_text


def notice_of(reading: ReportFacts) -> str:
    """Return why there are no results yet; '' from five answers."""
    say, answered = reading.say, reading.answered
    if answered >= SMALLEST:
        return ""
    values = {"total": str(reading.people), "smallest": str(SMALLEST)}
    if reading.outside:
        return say(
            "No follow-up has {smallest} answers yet. Results appear from {smallest}.", **values
        )
    if not answered:
        none = say(
            "No responses to a follow-up yet (0 of {total}). Results appear from {smallest}.",
            **values,
        )
        return _answered_before(reading) or none
    return say(
        "No follow-up has {smallest} answers yet: the latest one with answers has {number}. "
        "Results appear from {smallest}.",
        number=str(answered),
        **values,
    )


def _answered_before(reading: ReportFacts) -> str:
    """Return how many answered the questions before a workshop that has not begun; else ''."""
    say, answered = reading.say, len({r.participant_id for r in reading.of("PRE")})
    first = min((one["starts_on"] for one in reading.workshop_rows), default=None)
    if not answered or first is None or first <= reading.cut_off.date():
        return ""
    return say(
        "The workshop begins on {day}. {number} of {total} people answered the questions before it. "
        "Results appear from {smallest} answers to those after it.",
        day=span_text(first, first, say.language),
        number=str(answered),
        total=str(reading.people),
        smallest=str(SMALLEST),
    )
