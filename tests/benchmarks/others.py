"""Goals beside other survey programs. None of them is measured yet; the table says so."""

from tests.benchmarks.figure import Figure

WHY = "(no adapter is written)"
GOALS = {
    "to aiogram-dialog-survey, taps over HTTP": "at least 1",
    "to brief-survey, taps over HTTP": "at least 1",
    "to django-survey-and-report, 1,000 responses": "at least 1",
}


def measure() -> dict[str, Figure]:
    """Rows without a value."""
    return {what: Figure(None, WHY, target) for what, target in GOALS.items()}
