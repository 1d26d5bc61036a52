"""The words of the six figures: what each counts, at which moment, and of what."""

from collections.abc import Collection, Sequence
from typing import Any

from analysis.figures import Figure
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.units import SO_FAR, WITNESSED
from analysis.measures.vocabulary import FIGURES, WAVES
from surveys.bidi import isolated, right_to_left
from surveys.wording import N_, Words

DESCRIBED = N_("described or better")
CLAIMED = N_("claimed or better")
"""The grades that embedded is told with: claims are told where they cannot be told apart."""
BY = ("shared", "accepted")
"""Deeds, which hold from the wave that told them."""
SHARED_BY = "M6"
"""The last wave that asks whether it was shared."""


def not_asked(reading: ReportFacts, key: str) -> bool:
    """Return whether no wave of the figures asks for one of them."""
    asked = {*reading.moments.values()} & {*WITNESSED}
    return key in ("routine", "embedded") and bool(reading.moments) and not asked


def label_of(reading: ReportFacts, key: str, grade: str = DESCRIBED) -> str:
    """Return what a figure counts, with its moment; embedded also with its grade."""
    say = reading.say
    when = moment_words(reading, SHARED_BY if key == "shared" else "")
    text = say("by {waves}", waves=when) if key in BY else say("after {waves}", waves=when)
    words = (say(FIGURES[key]), say(grade) if key == "embedded" else "", text)
    return say.comma.join(word for word in words if word)


def grade_of(figure: Figure, say: Words) -> str:
    """Return the grade that a figure is told with; '' for one without a count or without a grade."""
    grades = (say(grade) for grade in (CLAIMED, DESCRIBED) if figure.base)
    return next((grade for grade in grades if grade in figure.label), "")


def name_of(key: str, grade: str, say: Words) -> str:
    """Return what a figure counts, with a grade if it has one."""
    return say.comma.join(filter(None, (say(FIGURES[key]), grade)))


def moment_words(reading: ReportFacts, latest: str = "") -> str:
    """Return the waves of the figures in words, such as "12 months"; no later one than `latest`."""
    say = reading.say
    found = {_no_later(wave, latest) for wave in reading.moments.values()}
    names = [say(WAVES[wave]) for wave in SO_FAR if wave in found]
    if len(names) < 2:
        return "".join(names)
    return say("{list} or {last}", list=say.listed(names[:-1]), last=names[-1])


def _no_later(wave: str, latest: str) -> str:
    order = [*SO_FAR]
    return min(wave, latest or wave, key=order.index)


def scope_of(reading: ReportFacts) -> str:
    """Return the workshop of the figures with place and year, or how many there are, and the moment."""
    say, counted = reading.say, {one.workshop for one in reading.units}
    workshops = _listed(reading, counted or reading.held)
    parts = [_named(workshops, say)]
    if len(workshops) == 1:
        parts.append(f"{workshops[0]['city']} {workshops[0]['ends_on'].year}")
    when = moment_words(reading)
    parts += [say("after {waves}", waves=when)] if when else []
    return say.comma.join(isolated(part, right_to_left(say.language)) for part in parts)


def workshops_of(reading: ReportFacts) -> str:
    """Return the title of the workshop of a report, or the number of its workshops."""
    return _named(_listed(reading, reading.held), reading.say)


def workshops_counted(reading: ReportFacts) -> str:
    """Return the title of the workshop, or how many there are and of how many figures are told."""
    say, held = reading.say, len(reading.held)
    counted = len({one.workshop for one in reading.units} & {*reading.held})
    if not 0 < counted < held:
        return workshops_of(reading)
    return say("Figures of {number} of {total} workshops", number=str(counted), total=str(held))


def workshops_in(reading: ReportFacts, wave: str) -> int:
    """Return in how many workshops of the report a wave has opened."""
    begun = reading.frames.waves
    there = begun["opened_at"].notna() & (begun["key"] == wave)
    return len({*begun.loc[there, "workshop_code"]} & {*reading.held})


def participants(reading: ReportFacts) -> str:
    """Return how many people took part; of how many workshops, where the figures are of fewer.

    A workshop of which the office has answers and no list of participants is not among these.
    """
    say, held = reading.say, len(reading.held)
    people = say.plural("{number} participant", "{number} participants", reading.people)
    if not 0 < len({one.workshop for one in reading.units} & {*reading.held}) < held:
        return people
    if (listed := _with_a_list(reading)) < held:
        told = {"number": str(listed), "total": str(held)}
        return say("{people} in {number} of {total} workshops", people=people, **told)
    return say("{people} in all {total} workshops", people=people, total=str(held))


def _with_a_list(reading: ReportFacts) -> int:
    """Return how many workshops that have begun have a list of participants."""
    people = reading.frames.enrolments
    return len({*people.loc[people["role"] == "participant", "workshop_code"]} & {*reading.held})


def without_figures(reading: ReportFacts) -> tuple[str, ...]:
    """Return how many workshops have no figures beside those of the others, and why."""
    say, counted = reading.say, {one.workshop for one in reading.units}
    begun = {one.workshop for one in reading.attended}
    if not counted:
        return ()
    alone, early = len(begun - counted), len({*reading.held} - begun - counted)
    told = (
        say.plural(
            "{number} workshop of one administration is not in the figures: beside others, "
            "delegations are counted.",
            "{number} workshops of one administration each are not in the figures: beside others, "
            "delegations are counted.",
            alone,
        ),
        say.plural(
            "{number} workshop is not in the figures: its follow-up has not come as far.",
            "{number} workshops are not in the figures: their follow-up has not come as far.",
            early,
        ),
    )
    return tuple(text for number, text in zip((alone, early), told, strict=True) if number)


def _listed(reading: ReportFacts, codes: Collection[str]) -> list[dict[str, Any]]:
    return [one for one in reading.workshop_rows if one["code"] in codes]


def _named(workshops: Sequence[dict[str, Any]], say: Words) -> str:
    if len(workshops) == 1:
        return str(workshops[0]["title"])
    return say("{number} workshops", number=str(len(workshops)))
