"""Five lines for a newsletter, of what anybody may know: what may not be told is left out.

Each line is true and whole without the others, as an editor may print some of them.
"""

from collections.abc import Iterator
from typing import Any

from analysis.findings.figure_words import not_asked
from analysis.findings.headlines import most_named, part_of, title
from analysis.findings.outside_headlines import count_told, outside_title
from analysis.findings.report_facts import ReportFacts
from analysis.measures.vocabulary import WAVES
from surveys.days import span_text
from surveys.wording import N_, sentences

Workshop = dict[str, Any]
LINES = 5
AGAIN = ("M3", "M6", "M12")
DEEDS = {
    "shared": (
        N_(
            "In at least {number} of {base} delegations, officers passed on what they "
            "learned to their colleagues."
        ),
        N_("At least {number} of {base} people passed on what they learned to their colleagues."),
    ),
    "accepted": (
        N_(
            "In at least {number} of {base} delegations, a proposal based on what was "
            "learned was accepted or approved."
        ),
        N_(
            "At least {number} of {base} people had a proposal based on what they "
            "learned accepted or approved."
        ),
    ),
}
"""What is told of each figure besides those of the headline: of delegations, and of people."""
NAMED = {
    ("effects", "M6", "M12"): (
        N_("The effect named most often: {label} ({share})."),
        N_("The effects named most often: {labels} (each {share})."),
    ),
    ("obstacles", "M3", "M6"): (
        N_("The obstacle named most often: {label} ({share})."),
        N_("The obstacles named most often: {labels} (each {share})."),
    ),
}
"""What is told of a question and its waves: of one answer, and of several that are level."""


def news(reading: ReportFacts, office: str) -> tuple[str, ...]:
    """Return five lines: the finding, who took part, what came of it, and whose words these are."""
    say, results = reading.say, [*_deeds(reading), *_named(reading)]
    facts = [_took_part(reading), *_asked_again(reading)]
    caveat = say(
        "People report this about themselves. Nothing was measured, and there is no comparison group."
    )
    day = reading.cut_off.date()
    source = say(
        "Source: {office}, answers until {day}.",
        office=office,
        day=span_text(day, day, say.language),
    )
    ends = [caveat, *([source] if office else [])]
    return _shared([[_headline(reading)], facts, results, ends])


def _shared(groups: list[list[str]]) -> tuple[str, ...]:
    """Return at most five lines: where there are more, the ends, facts and results share lines."""
    for n in (3, 1, 2):
        over = sum(map(len, groups)) - LINES
        if over > 0:
            groups[n] = _joined(groups[n], over)
    return tuple(line for group in groups for line in group)


def _joined(lines: list[str], over: int) -> list[str]:
    """Return lines of which the last ones share one, so that there are `over` fewer."""
    kept = max(0, len(lines) - over - 1)
    return [*lines[:kept], sentences(lines[kept:])]


def _headline(reading: ReportFacts) -> str:
    found = outside_title(reading)
    if found == reading.say("main finding not shown, to protect small groups"):
        return reading.say(
            "What became of {workshop}", workshop=_named_as(_over(reading), reading)
        )
    return title(reading)


def _over(reading: ReportFacts) -> list[Workshop]:
    """Return the workshops that have ended; all where none has. Surveys are no workshops."""
    every, today = reading.workshop_rows, reading.cut_off.date()
    workshops = [one for one in every if one["code"] in reading.held]
    return [one for one in workshops if one["ends_on"] <= today] or workshops


def _named_as(workshops: list[Workshop], reading: ReportFacts) -> str:
    say = reading.say
    if len(workshops) == 1:
        return say("“{label}”", label=str(workshops[0]["title"]))
    return say("{number} workshops", number=str(len(workshops)))


def _took_part(reading: ReportFacts) -> str:
    say, workshops = reading.say, _over(reading)
    everybody = reading.frames.enrolments
    here = everybody["workshop_code"].isin([one["code"] for one in workshops])
    people = everybody[here & (everybody["role"] == "participant")]["participant_id"].nunique()
    first = min(one["starts_on"] for one in workshops)
    last = max(one["ends_on"] for one in workshops)
    city = [str(workshops[0]["city"])] if len(workshops) == 1 else []
    donors = dict.fromkeys(donor for one in workshops for donor in one["donors"])
    return say.plural(
        "{number} person took part in {workshop} ({details}).",
        "{number} people took part in {workshop} ({details}).",
        int(people),
        workshop=_named_as(workshops, reading),
        details=say.comma.join([*city, span_text(first, last, say.language), *donors]),
    )


def _asked_again(reading: ReportFacts) -> Iterator[str]:
    say = reading.say
    waves = [say(WAVES[wave]) for wave in AGAIN if wave in reading.asked_items]
    if waves:
        yield say("The participants were asked again after {waves}.", waves=say.listed(waves))


def _deeds(reading: ReportFacts) -> Iterator[str]:
    for key, words in DEEDS.items():
        told = count_told(reading, key)
        if told.units is not None and not not_asked(reading, key):
            values = {"number": str(told.units), "base": str(told.base)}
            yield reading.say(words[reading.by_person], **values)


def _named(reading: ReportFacts) -> Iterator[str]:
    say = reading.say
    for (item, *waves), (one, several) in NAMED.items():
        rows = reading.rows(item, *waves)
        named = most_named(rows)
        if named:
            labels = [say("“{label}”", label=row.label) for row in named]
            share = part_of(named[0].people or 0, rows, say)
            values = {"label": labels[0], "labels": say.listed(labels), "share": share}
            yield say(one if len(named) == 1 else several, **values)
