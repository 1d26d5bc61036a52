"""The headlines of a report by rule: title, three sentences and four numbers."""

from collections.abc import Sequence
from dataclasses import replace

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import Figure, Share
from analysis.findings.outside_headlines import (
    outside_headlines,
    outside_in_short,
    outside_title,
)
from analysis.findings.printed_rows import Base, PrintedRow, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.ladder import KINDS, POINTS, Grade
from analysis.measures.outcomes import PlaceState
from analysis.measures.vocabulary import NO_OBSTACLE, PLACES_OF_ANCHORS
from surveys.wording import Words, sentences

EMBEDDED = len(POINTS) - 1


def _count(reading: ReportFacts, stage: int, grade: Grade = Grade.CLAIMED) -> int:
    places = reading.known.values()
    return sum(place.stage >= stage and place.grade >= grade for place in places)


def _share(reading: ReportFacts, part: int) -> Share:
    return Share(part, len(reading.known), len(reading.places), people=reading.by_person)


def figures(reading: ReportFacts, shares: Sequence[tuple[str, str, Share]]) -> tuple[Figure, ...]:
    """Return shares of administrations as figures: key, label and share."""
    return tuple(share.figure(key, label, reading.say) for key, label, share in shares)


def title(reading: ReportFacts) -> str:
    """Return the finding in counts of administrations (of people, if one administration took part)."""
    say = reading.say
    if reading.outside:
        return outside_title(reading)
    used, embedded = _count(reading, 1), _count(reading, EMBEDDED, Grade.DESCRIBED)
    values = {
        "used": str(used),
        "base": str(len(reading.known)),
        "embedded": str(embedded),
        "where": _where(reading),
    }
    if reading.by_person:
        if not embedded:
            return say(
                "Used by {used} of {base} people who answered; nobody reports it in a rule yet",
                **values,
            )
        return say(
            "Used by {used} of {base} people who answered; reported in {where} by {embedded}",
            **values,
        )
    if not embedded:
        return say(
            "Used in {used} of {base} administrations that answered; in none is it official yet",
            **values,
        )
    return say(
        "Used in {used} of {base} administrations that answered; in {embedded} it is in {where}",
        **values,
    )


def _where(reading: ReportFacts) -> str:
    """Return the kinds of anchor of embedded administrations: "a rule, a course or a unit"."""
    embedded = {code for code, place in reading.known.items() if place.stage == EMBEDDED}
    there = {
        kind
        for one in reading.current
        if one.administration in embedded
        for kind, _ in one.anchors
    }
    names = [reading.say(PLACES_OF_ANCHORS[kind]) for kind in KINDS if kind in there]
    if len(names) < 2:
        return "".join(names)
    return reading.say("{list} or {last}", list=reading.say.listed(names[:-1]), last=names[-1])


def headlines(reading: ReportFacts) -> tuple[Figure, ...]:
    """Return the four numbers with their bases: reached, using it, shared or further, embedded."""
    say = reading.say
    if reading.outside:
        return outside_headlines(reading)
    replied = sum(p.state in (PlaceState.REPLIED, PlaceState.MOVED) for p in reading.places)
    total = sum(p.state is not PlaceState.NOT_ASKED for p in reading.places)
    replies = say("people replied") if reading.by_person else say("administrations replied")
    share = Share(replied, total, total, people=reading.by_person)
    reached = share.figure("reached", replies, say)
    if not total:
        reached = replace(reached, text=say("nobody was asked"))
    embedded = _count(reading, EMBEDDED, Grade.DESCRIBED)
    rest = (
        ("using", say("use it"), _share(reading, _count(reading, 1))),
        ("shared", say("shared it or went further"), _share(reading, _count(reading, 2))),
        ("embedded", say("embedded, described or verified"), _share(reading, embedded)),
    )
    return (reached, *figures(reading, rest))


def hidden_figure(key: str, label: str, reading: ReportFacts) -> Figure:
    """Return a figure that these readers may not see: the neutral text, and no count."""
    return Figure(key, label, reading.say(HIDDEN), 0, 0)


def in_short(reading: ReportFacts) -> tuple[str, str, str]:
    """Return three sentences: what is embedded, what is not, who is missing."""
    if reading.outside:
        embedded, replied = outside_in_short(reading)
        return (embedded, _obstacle(reading), replied)
    return (_embedded(reading), _not_embedded(reading), _missing(reading))


def _embedded(reading: ReportFacts) -> str:
    say = reading.say
    claimed = _count(reading, EMBEDDED)
    if not claimed:
        return say("Nobody has reported yet that it is part of something official.")
    values = {
        "claimed": str(claimed),
        "base": str(len(reading.known)),
        "described": str(_count(reading, EMBEDDED, Grade.DESCRIBED)),
        "verified": str(_count(reading, EMBEDDED, Grade.VERIFIED)),
        "where": _where(reading),
    }
    if reading.by_person:
        return say(
            "Reported in {where} by {claimed} of {base} people: {described} with a description or "
            "verified, {verified} verified.",
            **values,
        )
    return say(
        "It is embedded in {claimed} of {base} administrations, in {where}: {described} described "
        "or verified, {verified} verified.",
        **values,
    )


def _not_embedded(reading: ReportFacts) -> str:
    """Return the sentence on individual use and no use, with the obstacle most people named."""
    say = reading.say
    stages = [place.stage for place in reading.known.values()]
    alone, none = stages.count(1), stages.count(0)
    if reading.by_person:
        parts = (
            say("Used only by individuals: {number}.", number=str(alone)) if alone else "",
            say("People who do not use it yet: {number}.", number=str(none)) if none else "",
        )
    else:
        parts = (
            say("Administrations where only individuals use it: {number}.", number=str(alone))
            if alone
            else "",
            say("Administrations where it is not used yet: {number}.", number=str(none))
            if none
            else "",
        )
    return sentences((*parts, _obstacle(reading)))


def _obstacle(reading: ReportFacts) -> str:
    """Return the obstacle that most people named (all that are level); '' if it may not be told."""
    obstacles = reading.rows("obstacles", "M3", "M6")
    named = _most_named(obstacles)
    if not named:
        return ""
    say = reading.say
    labels = say.listed(say("“{label}”", label=one.label) for one in named)
    share = part_of(named[0].people or 0, obstacles, say)
    if len(named) > 1:
        return say(
            "The obstacles named most often: {labels} ({share} each).", labels=labels, share=share
        )
    return say("The obstacle named most often: {label} ({share}).", label=labels, share=share)


def part_of(part: int, found: PrintedRows, say: Words) -> str:
    """Return a count and its base in words, which say whether people without an answer are in it."""
    values = {"part": str(part), "base": str(found.base)}
    if found.kind is Base.WITH_SILENT:
        return say("{part} of {base} people, including any who gave no answer", **values)
    return say("{part} of {base} people who answered", **values)


def _most_named(found: PrintedRows) -> tuple[PrintedRow, ...]:
    """Return the obstacles that most people named; those of people without one do not count."""
    if any(one.codes == (NO_OBSTACLE,) for one in found.largest):
        told = [one for one in found.rows if one.codes != (NO_OBSTACLE,)]
        most = max((one.people or 0 for one in told), default=0)
        # Beside "no obstacle" another one is named only where nothing is hidden.
        if any(one.people is None for one in told):
            return ()
        return tuple(one for one in told if most and one.people == most)
    return found.largest


def _missing(reading: ReportFacts) -> str:
    say = reading.say
    states = [place.state for place in reading.places]
    silent = states.count(PlaceState.SILENT)
    away = states.count(PlaceState.NOT_REACHABLE)
    not_asked = states.count(PlaceState.NOT_ASKED)
    if not silent and not away and not not_asked:
        if reading.by_person:
            return say("Everybody replied.")
        return say("All {total} administrations replied.", total=str(len(states)))
    parts = [
        say("{number} did not reply", number=str(silent)) if silent else "",
        say("{number} could not be reached", number=str(away)) if away else "",
        say("{number} were not asked", number=str(not_asked)) if not_asked else "",
    ]
    values = {"total": str(len(states)), "missing": say.listed(part for part in parts if part)}
    if reading.by_person:
        return say("Of {total} people, {missing}. Their situation may be different.", **values)
    return say(
        "Of {total} administrations, {missing}. Their situation may be different.", **values
    )
