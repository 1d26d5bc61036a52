"""Build the report: facts in, a `Report` out. The one entrance for the command line and the chat.

Results appear from five answers; below that the report says so and shows the fieldwork only.
"""

from collections.abc import Sequence
from datetime import date, datetime

from babel.dates import format_date, format_datetime
from sqlalchemy import Connection

from analysis.disclosure import SMALLEST
from analysis.findings import headlines, in_short, title
from analysis.frames import load
from analysis.model import Report
from analysis.reading import Reading, read
from analysis.responses import records
from analysis.sections import ALWAYS, RESULTS
from analysis.vocabulary import WAVES

__all__ = ["Report", "build"]


def build(
    connection: Connection,
    workshop_codes: Sequence[str] | None,
    cut_off: datetime,
    language: str = "en",
) -> Report:
    """The report on some workshops (all when None) with the facts up to `cut_off` (aware UTC).

    Workshops that do not exist are left out; ValueError for a cut-off without a time zone.
    """
    if cut_off.tzinfo is None:
        raise ValueError("the cut-off needs a time zone")
    return compose(read(load(connection, workshop_codes), cut_off, language))


def compose(reading: Reading) -> Report:
    """Arrange a reading as a report."""
    say = reading.say
    notice = _notice(reading)
    results = () if notice else RESULTS
    when = format_datetime(reading.cut_off, "d MMMM y, HH:mm", locale=say.language)
    return Report(
        title=_workshop_title(reading) if notice else title(reading),
        subtitle=_subtitle(reading),
        written=say("Answers until {when} UTC", when=when),
        cut_off=reading.cut_off,
        language=say.language,
        notice=notice,
        in_short=() if notice else in_short(reading),
        headlines=() if notice else headlines(reading),
        sections=tuple(section(reading) for section in (*results, *ALWAYS)),
        method=_method(reading),
        footer=say("Confidential. For the staff of the regional office."),
        workshops=tuple(str(code) for code in reading.frames.workshops["code"]),
    )


def _notice(reading: Reading) -> str:
    """Why there are no results yet; empty from five answers."""
    say, answered = reading.say, reading.answered
    if answered >= SMALLEST:
        return ""
    values = {"total": str(reading.people), "smallest": str(SMALLEST)}
    if not answered:
        return say("No responses (0 of {total}). Results appear from {smallest}.", **values)
    return say.plural(
        "Only {number} person has answered so far. Results appear from {smallest}.",
        "Only {number} people have answered so far. Results appear from {smallest}.",
        answered,
        **values,
    )


def _workshop_title(reading: Reading) -> str:
    workshops = records(reading.frames.workshops)
    if len(workshops) == 1:
        return str(workshops[0]["title"])
    return reading.say("{number} workshops", number=str(len(workshops)))


def _subtitle(reading: Reading) -> str:
    """Workshop, place, days, donors, people, and the wave that the results are about."""
    say, workshops = reading.say, records(reading.frames.workshops)
    parts = [_workshop_title(reading)]
    if len(workshops) == 1:
        parts.append(str(workshops[0]["city"]))
    if workshops:
        first = min(workshop["starts_on"] for workshop in workshops)
        last = max(workshop["ends_on"] for workshop in workshops)
        parts.append(_days(first, last, say.language))
    donors = dict.fromkeys(donor for workshop in workshops for donor in workshop["donors"])
    parts += [", ".join(donors)] if donors else []
    parts.append(say.plural("{number} participant", "{number} participants", reading.people))
    waves = [wave for wave in WAVES if wave in set(reading.waves.values())]
    parts += (
        [say("after {waves}", waves=", ".join(say(WAVES[wave]) for wave in waves))]
        if waves
        else []
    )
    return " · ".join(parts)


def _days(first: date, last: date, language: str) -> str:
    pattern = "d" if (first.year, first.month) == (last.year, last.month) else "d MMMM y"
    begin, end = (
        format_date(first, pattern, locale=language),
        format_date(last, "d MMMM y", locale=language),
    )
    return f"{begin} – {end}" if first != last else end


def _method(reading: Reading) -> tuple[str, ...]:
    """How to read the report and what limits it."""
    say = reading.say
    unit = (
        say("Fewer than 5 administrations took part, so people are counted.")
        if reading.by_person
        else say(
            "An administration stands at its best verified change; if its people disagree and "
            "nothing is verified, at the lower one."
        )
    )
    return (
        say(
            "People report this about themselves; nothing was measured and there is no comparison."
        ),
        say("The workshop contributed to what is reported; other things did too."),
        unit,
        say(
            "Claimed: somebody said so. Described: with a title, year or unit. Verified: a "
            "supervisor or contact point says the same independently."
        ),
        say("The points are a convention, not a validated scale."),
        say("A percent is shown from a base of 10, rounded; a list may not add up to 100."),
        say(
            "“Likely” is a 95 % Wilson interval with finite correction, an approximation; the "
            "bounds if all silent were no or yes are the main uncertainty."
        ),
        say(
            "Complete and partial responses (half of the questions or more) are used, one per person."
        ),
        say("Groups under 5 people are not shown."),
    )
