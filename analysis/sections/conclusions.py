"""Conclusions by rule, what the office recommends, and what became of last year's recommendations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analysis.findings.headlines import most_named
from analysis.findings.report_facts import ReportFacts
from analysis.model import Section, Table
from analysis.sections.criteria import share_of
from surveys.days import span_text
from surveys.wording import N_, Words

OUTCOMES = {"open": N_("Open"), "done": N_("Done"), "dropped": N_("Dropped")}


@dataclass(frozen=True)
class Advice:
    """A released recommendation: its words, who is to do it until when, and what became of it."""

    words: str
    owner: str
    due_on: date | None
    outcome: str = "open"
    outcome_words: str = ""


def conclusions(reading: ReportFacts) -> Section:
    """Return what stood out most in the answers, by rule."""
    return Section("conclusions", reading.say("Conclusions"), notes=_most(reading))


def recommendations(
    reading: ReportFacts, advice: Sequence[Advice], last_year: Sequence[Advice]
) -> Section:
    """Return the recommendations of the year, and what became of those of the year before."""
    say = reading.say
    before = (_became(last_year, say),) if last_year else ()
    return Section(
        "recommendations", say("Recommendations"), tables=(_recommended(advice, say), *before)
    )


def _most(reading: ReportFacts) -> tuple[str, ...]:
    """Return the obstacles and the help named most, as far as these readers may know them."""
    say = reading.say
    asked = (
        (N_("Obstacle named most: {names}."), reading.rows("obstacles", "M3", "M6")),
        (N_("Help asked for most: {names}."), reading.rows("help", "M3", "M6")),
    )
    told = []
    for text, rows in asked:
        names = [
            say("{answer}, {share}", answer=row.label, share=share_of(row.people, rows, reading))
            for row in most_named(rows)
        ]
        told += [say(text, names=say.listed(names))] if names else []
    return tuple(told)


def _recommended(advice: Sequence[Advice], say: Words) -> Table:
    columns = ("", say("Recommendation"), say("By whom"), say("By when"))
    rows = tuple(
        (f"{number}.", say(one.words), say(one.owner), _day(one.due_on, say))
        for number, one in enumerate(advice, start=1)
    )
    note = "" if rows else say("The office has released no recommendation yet.")
    return Table("recommendations", say("Recommendations"), columns, rows, note=note)


def _became(advice: Sequence[Advice], say: Words) -> Table:
    columns = (say("Recommendation"), say("By whom"), say("Status"), say("What became of it"))
    rows = tuple(
        (say(one.words), say(one.owner), say(OUTCOMES[one.outcome]), one.outcome_words or "–")
        for one in advice
    )
    heading = say("What became of last year's recommendations")
    return Table("last_recommendations", heading, columns, rows)


def _day(day: date | None, say: Words) -> str:
    return span_text(day, day, say.language) if day else "–"
