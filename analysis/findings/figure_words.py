"""The words of the six figures: what each counts, at which moment, and of what."""

from analysis.facts.responses import records
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.units import SO_FAR, WITNESSED
from analysis.measures.vocabulary import FIGURES, WAVES
from surveys.wording import N_

CLAIMED_OR_BETTER = "embedded_claimed"
"""The label of embedded where claims cannot be told apart from better evidence."""
DESCRIBED = N_("described or better")
CLAIMED = N_("claimed or better")
BY = ("shared", "accepted")
"""Deeds, which hold from the wave that told them."""
SHARED_BY = "M6"
"""The last wave that asks whether it was shared."""


def not_asked(reading: ReportFacts, key: str) -> bool:
    """Return whether no wave of the figures asks for one of them."""
    asked = {*reading.moments.values()} & {*WITNESSED}
    return key in ("routine", "embedded") and bool(reading.moments) and not asked


def label_of(reading: ReportFacts, key: str, name: str = "") -> str:
    """Return what a figure counts, with its moment; `name` is another word for it."""
    say = reading.say
    when = moment_words(reading, SHARED_BY if key == "shared" else "")
    text = say("by {waves}", waves=when) if key in BY else say("after {waves}", waves=when)
    return say(FIGURES[name or key]) + say.comma + text


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
    """Return the workshop of a report with place and year, or how many there are, and the moment."""
    say, workshops = reading.say, records(reading.frames.workshops)
    held = workshops_of(reading)
    if len(workshops) == 1:
        held += say.comma + f"{workshops[0]['city']} {workshops[0]['ends_on'].year}"
    when = moment_words(reading)
    return held + say.comma + say("after {waves}", waves=when) if when else held


def workshops_of(reading: ReportFacts) -> str:
    """Return the title of the workshop of a report, or the number of its workshops."""
    workshops = records(reading.frames.workshops)
    if len(workshops) == 1:
        return str(workshops[0]["title"])
    return reading.say("{number} workshops", number=str(len(workshops)))
