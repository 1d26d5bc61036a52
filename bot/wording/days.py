"""Days and moments as staff read them."""

from datetime import date, datetime


def day_words(day: date) -> str:
    """Return a day as staff read it: "Fri 8 June 2018"."""
    return f"{day:%a} {day.day} {day:%B %Y}"


def moment_words(moment: datetime) -> str:
    """Return a moment as staff read it: "Fri 8 June 2018, 10:36 UTC"."""
    return f"{day_words(moment)}, {moment:%H:%M} UTC"


def span_words(first: date, last: date) -> str:
    """Return the days from one to another: "Mon 4 June 2018 to Fri 8 June 2018"."""
    return f"{day_words(first)} to {day_words(last)}"
