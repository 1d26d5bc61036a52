"""Title, sentences and figures for readers outside the office, from what may be told to them."""

from dataclasses import dataclass

from analysis.disclosure.question import Telling
from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import Figure, at_least_of, counted, nearly_all
from analysis.findings.delegation_questions import CLAIMED as CLAIMED_STEP
from analysis.findings.delegation_questions import DESCRIBED as DESCRIBED_STEP
from analysis.findings.delegation_questions import (
    QUESTIONS,
    REGULAR,
    TRIED,
    YES,
    kinds_question,
    unit_replies_question,
)
from analysis.findings.figure_words import CLAIMED, DESCRIBED, label_of, not_asked
from analysis.findings.published import Published, Told
from analysis.findings.questions import REPLIED, replies_question
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import at_least
from analysis.measures.delegations.headlines import FIGURES
from surveys.wording import Words

STEPS = {
    "tried": ("use", TRIED),
    "in_regular_use": ("use", REGULAR),
    "shared": ("shared", YES),
    "accepted": ("accepted", YES),
    "routine": ("routine", YES),
    "embedded": ("embedded", DESCRIBED_STEP),
}
"""The question behind each figure, and the step from which it holds."""


def published(reading: ReportFacts) -> Published:
    """Return what is published beside a report for readers outside."""
    if reading.published is None:
        raise ValueError("this is a report for the office")
    return reading.published


def figure_told(reading: ReportFacts, question: str, *, everywhere: bool = False) -> Told:
    """Return a question behind the figures as it may be told."""
    return published(reading).of_places(QUESTIONS[question], question, everywhere=everywhere)


def kinds_told(reading: ReportFacts) -> Told:
    """Return the kinds of anchors in force as they may be told."""
    return published(reading).of_places(kinds_question, "kinds")


def reached(reading: ReportFacts) -> Told:
    """Return how many delegations (people) replied, as it may be told.

    In a national workshop these are the people of its latest wave, as the table of waves has them.
    """
    waves = list(reading.waves.values())
    if reading.by_person and len(reading.frames.workshops) == 1 and waves:
        return replied_in(reading, waves[0])
    return published(reading).of_places(unit_replies_question, "replies of units")


def replied_in(reading: ReportFacts, wave: str, key: str = "") -> Told:
    """Return how many people replied in a wave, in this set or another one, as it may be told."""
    return published(reading).of_people(
        lambda readings: replies_question(readings, wave), "replies", wave, key=key
    )


def replied_text(told: Told, say: Words) -> tuple[str, int | None]:
    """Return the replies in words such as "14 of 20 (70 %)", and their count if it may be told."""
    row = next((one for one in told.rows if one.codes == (REPLIED,)), None)
    if row is None or row.telling is Telling.NOTHING:
        return say(HIDDEN), None
    if row.telling is Telling.NEARLY_ALL:
        return nearly_all(told.base, say), None
    return counted(row.units, told.base, say), row.units


@dataclass(frozen=True)
class Count:
    """What may be told of a figure: its units, or None, and their base.

    `grade` is that of embedded: claims are counted too where they cannot be told apart.
    """

    units: int | None
    base: int
    nearly: bool = False
    grade: str = DESCRIBED


def count_told(reading: ReportFacts, key: str) -> Count:
    """Return what may be told of a figure; embedded are described or better where that may be told."""
    question, step = STEPS[key]
    told = figure_told(reading, question)
    units = at_least(told, step)
    if units is None and key == "embedded":
        units = at_least(told, CLAIMED_STEP)
        return Count(units, told.base, grade=CLAIMED if units is not None else DESCRIBED)
    return Count(units, told.base, _nearly(told, step))


def _nearly(told: Told, step: str) -> bool:
    return any(one.telling is Telling.NEARLY_ALL and step in one.codes for one in told.rows)


def outside_headlines(reading: ReportFacts) -> tuple[Figure, ...]:
    """Return the six figures, each hidden where it may not be told."""
    return tuple(_figure(reading, key) for key in FIGURES)


def _figure(reading: ReportFacts, key: str) -> Figure:
    say = reading.say
    if not_asked(reading, key):
        return Figure(key, label_of(reading, key), say("not asked yet"), 0, 0)
    told = count_told(reading, key)
    label = label_of(reading, key, told.grade)
    if told.units is None:
        return Figure(key, label, nearly_all(told.base, say) if told.nearly else say(HIDDEN), 0, 0)
    text = at_least_of(told.units, told.base, say)
    return Figure(key, label, text, told.units, told.base, say("the others: no, or not known"))


def outside_title(reading: ReportFacts) -> str:
    """Return the finding, as far as it may be told."""
    say, told = reading.say, count_told(reading, "in_regular_use")
    if told.units is None:
        return _title_of_embedded(reading)
    values = {"used": str(told.units), "base": str(told.base)}
    used = (
        say("at least {used} of {base} people who attended use the knowledge regularly", **values)
        if reading.by_person
        else say(
            "in at least {used} of {base} delegations the knowledge is in regular use", **values
        )
    )
    embedded = count_told(reading, "embedded")
    if not_asked(reading, "embedded") or embedded.units is None:
        return used
    return used + say.semicolon + _embedded_clause(reading, embedded)


def _title_of_embedded(reading: ReportFacts) -> str:
    """Return the second half of a title as the whole of it, where regular use may not be told."""
    say, told = reading.say, count_told(reading, "embedded")
    if not_asked(reading, "embedded") or told.units is None:
        return say("main finding not shown, to protect small groups")
    values = {"embedded": str(told.units), "base": str(told.base), "grade": say(told.grade)}
    if reading.by_person:
        return say(
            "at least {embedded} of {base} people who attended say that the knowledge is new in a "
            "rule, course, post, budget or system ({grade})",
            **values,
        )
    return say(
        "in at least {embedded} of {base} delegations the knowledge is new in a rule, course, post, "
        "budget or system ({grade})",
        **values,
    )


def _embedded_clause(reading: ReportFacts, told: Count) -> str:
    """Return the second half of a title, with the grade of its headline."""
    say = reading.say
    values = {"embedded": str(told.units), "grade": say(told.grade)}
    if reading.by_person:
        return say(
            "at least {embedded} say that it is new in a rule, course, post, budget or system ({grade})",
            **values,
        )
    return say(
        "in at least {embedded} it is new in a rule, course, post, budget or system ({grade})",
        **values,
    )


def outside_in_short(reading: ReportFacts) -> tuple[str, str]:
    """Return what is embedded, and who replied or '' if that may not be told, in one sentence each."""
    text, _ = replied_text(reached(reading), reading.say)
    if text == reading.say(HIDDEN):
        return _embedded(reading), ""
    last = (
        reading.say("People who replied: {share}.", share=text)
        if reading.by_person
        else reading.say("Delegations that replied: {share}.", share=text)
    )
    return _embedded(reading), last


def _embedded(reading: ReportFacts) -> str:
    say = reading.say
    if not_asked(reading, "embedded"):
        return say("What is in force is asked after 6 months.")
    told = count_told(reading, "embedded")
    if told.units is None:
        return say("How far the knowledge is embedded is not shown, to protect small groups.")
    values = {"embedded": str(told.units), "base": str(told.base), "grade": say(told.grade)}
    if reading.by_person:
        return say(
            "At least {embedded} of {base} people who attended report something in force that is new "
            "or changed since the workshop ({grade}).",
            **values,
        )
    return say(
        "In at least {embedded} of {base} delegations something is in force that is new or changed "
        "since the workshop ({grade}).",
        **values,
    )
