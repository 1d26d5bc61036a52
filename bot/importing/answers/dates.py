"""When the answers of a table were given: each day within sense, or asked about."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, tzinfo

from bot.importing.answers.told import Told
from bot.importing.rows.open_questions import LEAVE_OUT, Answers, Choice, Question
from bot.importing.rows.rows import Reading
from bot.importing.tables.cells import Cell
from bot.importing.tables.days import NoDay, order_of, read_days
from bot.wording.counts import counted
from bot.wording.days import day_words

ANSWERED = "answered on"
EARLY, KEEP = "before the workshop", "keep"
NOON = time(12)


def one_day(
    given: str, days: Sequence[datetime], zone: tzinfo, now: datetime, reading: Reading
) -> tuple[datetime | None, list[Question]]:
    """Return when answers without a date were given, as `given` says; None and a question without it.

    `days` are offered.
    """
    found = _moment(given, zone)
    if found is not None and found > now:
        reading.error("", "is a day to come.", given, "Write when the answers were given.")
    if found is not None:
        return found, []
    text = "Some answers have no date. When were they given? Any day is an answer."
    choices = [Choice(f"On {day_words(at)}", f"{at:%Y-%m-%d}") for at in days]
    return None, [Question(ANSWERED, text, tuple(choices), any_words=True)]


def _moment(given: str, zone: tzinfo) -> datetime | None:
    """Return noon of a day that may be read in one way; None for other texts."""
    cell = Cell(given)
    if not given or order_of([cell]) == "unclear":
        return None
    try:
        span = read_days(cell, order_of([cell]))
    except NoDay:
        return None
    if span.first is None or span.first != span.last:
        return None
    return datetime.combine(span.first, NOON, zone).astimezone(UTC)


def without_early(
    told: Sequence[Told], begins: datetime, answers: Answers
) -> tuple[list[Told], list[Question]]:
    """Return the respondents, and a question about those who answered before the workshop began."""
    early = [one for one in told if one.begun_at < begins]
    answer = answers.get(EARLY)
    if not early or answer == KEEP:
        return list(told), []
    left = [one for one in told if one.begun_at >= begins]
    if answer == LEAVE_OUT:
        return left, []
    first = min(early, key=lambda one: one.begun_at)
    text = (
        f"{counted(len(early), 'response')} would be from before the workshop began, on "
        f"{begins:%d %B %Y}: {first.place} from {first.begun_at:%d %B %Y}. Are these days right?"
    )
    choices = (Choice("Yes, keep them", KEEP), Choice("Leave them out", LEAVE_OUT))
    return list(told), [Question(EARLY, text, choices)]
