"""Title, sentences and figures for readers outside the office, from what may be told to them."""

from dataclasses import dataclass

from analysis.disclosure.question import Telling
from analysis.disclosure.small_groups import HIDDEN, NEARLY_ALL
from analysis.figures import Figure, counted
from analysis.findings.delegation_questions import (
    CLAIMED,
    DESCRIBED,
    QUESTIONS,
    REGULAR,
    TRIED,
    YES,
    kinds_question,
    unit_replies_question,
)
from analysis.findings.figure_words import CLAIMED as CLAIMED_WORDS
from analysis.findings.figure_words import CLAIMED_OR_BETTER, label_of, not_asked
from analysis.findings.figure_words import DESCRIBED as BETTER
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
    "embedded": ("embedded", DESCRIBED),
}
"""The question behind each figure, and the step from which it holds."""


def published(reading: ReportFacts) -> Published:
    """Return what is published beside a report for readers outside."""
    if reading.published is None:
        raise ValueError("this is a report for the office")
    return reading.published


def figure_told(reading: ReportFacts, question: str) -> Told:
    """Return a question behind the figures as it may be told."""
    return published(reading).of_places(QUESTIONS[question], question)


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
        return say(NEARLY_ALL), None
    return counted(row.units, told.base, say), row.units


@dataclass(frozen=True)
class Count:
    """What may be told of a figure: its units, or None, and their base.

    `claimed` says that those embedded are counted with mere claims, which cannot be told apart.
    """

    units: int | None
    base: int
    nearly: bool = False
    claimed: bool = False


def count_told(reading: ReportFacts, key: str) -> Count:
    """Return what may be told of a figure; embedded are described or better where that may be told."""
    question, step = STEPS[key]
    told = figure_told(reading, question)
    units = at_least(told, step)
    if units is None and key == "embedded":
        units = at_least(told, CLAIMED)
        return Count(units, told.base, _nearly(told, step), claimed=units is not None)
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
    label = label_of(reading, key, CLAIMED_OR_BETTER if told.claimed else "")
    if told.units is None:
        return Figure(key, label, say(NEARLY_ALL) if told.nearly else say(HIDDEN), 0, 0)
    text = counted(told.units, told.base, say)
    return Figure(key, label, text, told.units, told.base, say("the others: no, or not known"))


def outside_title(reading: ReportFacts) -> str:
    """Return the finding, as far as it may be told."""
    say, used = reading.say, count_told(reading, "in_regular_use")
    if used.units is None:
        return say("main finding not shown, to protect small groups")
    values = {"used": str(used.units), "base": str(used.base)}
    embedded = None if not_asked(reading, "embedded") else count_told(reading, "embedded")
    if embedded is None or embedded.units is None:
        if reading.by_person:
            return say(
                "at least {used} of {base} people who attended use the knowledge regularly",
                **values,
            )
        return say(
            "in at least {used} of {base} delegations the knowledge is in regular use", **values
        )
    values |= _embedded_values(embedded, say)
    if reading.by_person:
        return say(
            "at least {used} of {base} people who attended use the knowledge regularly; at least "
            "{embedded} say that it is new in a rule, course, post, budget or system ({grade})",
            **values,
        )
    return say(
        "in at least {used} of {base} delegations the knowledge is in regular use; in at least "
        "{embedded} it is new in a rule, course, post, budget or system ({grade})",
        **values,
    )


def _embedded_values(told: Count, say: Words) -> dict[str, str]:
    return {"embedded": str(told.units), "grade": say(CLAIMED_WORDS if told.claimed else BETTER)}


def outside_in_short(reading: ReportFacts) -> tuple[str, str]:
    """Return what is embedded and who replied, in one sentence each."""
    text, _ = replied_text(reached(reading), reading.say)
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
        return say("How far it is embedded is not shown, to protect small groups.")
    values = _embedded_values(told, say) | {"base": str(told.base)}
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
