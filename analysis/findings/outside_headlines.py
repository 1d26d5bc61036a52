"""Title, sentences and numbers for readers outside the office, from what may be told to them."""

from analysis.disclosure.question import Telling
from analysis.disclosure.small_groups import HIDDEN, NEARLY_ALL
from analysis.figures import Figure, counted
from analysis.findings.place_questions import (
    kinds_question,
    place_replies_question,
    stage_question,
)
from analysis.findings.published import Published, Told
from analysis.findings.questions import REPLIED, replies_question
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import at_least
from analysis.measures.ladder import KINDS
from analysis.measures.vocabulary import PLACES_OF_ANCHORS
from surveys.wording import Words

USING, SHARED, EMBEDDED = "s1", "s2", "s5"
"""The steps from which it is in use, shared or further, and embedded, described or verified."""


def published(reading: ReportFacts) -> Published:
    """Return what is published beside a report for readers outside."""
    if reading.published is None:
        raise ValueError("this is a report for the office")
    return reading.published


def stages_told(reading: ReportFacts) -> Told:
    """Return the stages of administrations as they may be told."""
    return published(reading).of_places(stage_question, "stages")


def kinds_told(reading: ReportFacts) -> Told:
    """Return the kinds of anchors in force as they may be told."""
    return published(reading).of_places(kinds_question, "kinds")


def reached(reading: ReportFacts) -> Told:
    """Return how many administrations (people) replied, as it may be told.

    In a national workshop these are the people of its latest wave, as the table of waves has them.
    """
    waves = list(reading.waves.values())
    if reading.by_person and len(reading.frames.workshops) == 1 and waves:
        return replied_in(reading, waves[0])
    return published(reading).of_places(place_replies_question, "replies of places")


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


def outside_title(reading: ReportFacts) -> str:
    """Return the finding, as far as it may be told."""
    say, told = reading.say, stages_told(reading)
    used, embedded = at_least(told, USING), at_least(told, EMBEDDED)
    if used is None:
        return say("Main finding not shown, to protect small groups")
    values = {"used": str(used), "base": str(told.base), "where": _where(reading)}
    if embedded is None:
        if reading.by_person:
            return say("Used by at least {used} of {base} people who attended", **values)
        return say("Used in at least {used} of {base} administrations that took part", **values)
    values["embedded"] = str(embedded)
    if reading.by_person:
        return say(
            "Used by at least {used} of {base} people who attended; at least {embedded} report it in "
            "{where}, described or verified",
            **values,
        )
    return say(
        "Used in at least {used} of {base} administrations that took part; in at least {embedded} it is "
        "in {where}, described or verified",
        **values,
    )


def outside_headlines(reading: ReportFacts) -> tuple[Figure, ...]:
    """Return the four numbers, each hidden where it may not be told."""
    say, told = reading.say, stages_told(reading)
    replies = reached(reading)
    label = say("people replied") if reading.by_person else say("administrations replied")
    text, count = replied_text(replies, say)
    made = [Figure("reached", label, text, count or 0, replies.base if count else 0)]
    rest = (
        ("using", say("use it"), USING),
        ("shared", say("shared it or went further"), SHARED),
        ("embedded", say("embedded, described or verified"), EMBEDDED),
    )
    for key, name, step in rest:
        number = at_least(told, step)
        words = say(HIDDEN) if number is None else floor_of(number, told.base, say)
        made.append(Figure(key, name, words, number or 0, told.base if number else 0))
    return tuple(made)


def floor_of(part: int, base: int, say: Words) -> str:
    """Return a count of all who attended: nobody knows of the others whether they belong to it."""
    return say("at least {share}", share=counted(part, base, say))


def outside_in_short(reading: ReportFacts) -> tuple[str, str]:
    """Return what is embedded and who replied, in one sentence each."""
    say, told = reading.say, stages_told(reading)
    embedded = at_least(told, EMBEDDED)
    values = {"base": str(told.base), "where": _where(reading), "embedded": str(embedded)}
    first = say("How far it is embedded is not shown, to protect small groups.")
    if embedded is not None and reading.by_person:
        first = say(
            "At least {embedded} of {base} people who attended report it in {where}, described or "
            "verified.",
            **values,
        )
    elif embedded is not None:
        first = say(
            "It is embedded, described or verified, in at least {embedded} of {base} administrations "
            "that took part: in {where}.",
            **values,
        )
    text, _ = replied_text(reached(reading), say)
    last = (
        say("People who replied: {share}.", share=text)
        if reading.by_person
        else say("Administrations that replied: {share}.", share=text)
    )
    return first, last


def _where(reading: ReportFacts) -> str:
    """Return the kinds of anchors whose count is told: "a rule, a course or a unit"."""
    say = reading.say
    rows = kinds_told(reading).rows
    told = {r.codes[0] for r in rows if len(r.codes) == 1 and r.telling is not Telling.NOTHING}
    names = [say(PLACES_OF_ANCHORS[kind]) for kind in KINDS if kind in told]
    if not names:
        return say("something official")
    if len(names) == 1:
        return names[0]
    return say("{list} or {last}", list=say.listed(names[:-1]), last=names[-1])
