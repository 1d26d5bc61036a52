"""Days and moments in words, in the time zone of the office."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.wording.days import day_words

NEAR = {-1: "yesterday", 0: "today", 1: "tomorrow"}


def moment_text(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a moment in words: "10:12" today, else "yesterday, 16:02" or "Fri 8 June 2018, 04:34"."""
    local, today = at.astimezone(zone), now.astimezone(zone).date()
    days = (local.date() - today) // timedelta(days=1)
    day = NEAR.get(days) or day_words(local.date())
    return f"{local:%H:%M}" if days == 0 else f"{day}, {local:%H:%M}"


def when_text(at: datetime, zone: ZoneInfo, now: datetime) -> str:
    """Return a moment in words that name the day always: "today, 10:12"."""
    local = at.astimezone(zone)
    return f"today, {local:%H:%M}" if _same_day(local, now, zone) else moment_text(at, zone, now)


def _same_day(local: datetime, now: datetime, zone: ZoneInfo) -> bool:
    return local.date() == now.astimezone(zone).date()


def heading_of(now: datetime, zone: ZoneInfo) -> str:
    """Return the day of the office as a heading, such as "Thursday, 7 June 2018"."""
    local = now.astimezone(zone)
    return f"{local:%A}, {local.day} {local:%B %Y}"
