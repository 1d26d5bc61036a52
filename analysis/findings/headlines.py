"""The headlines of a report by rule: title, three sentences and four numbers."""

from collections.abc import Sequence

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.figures import Figure, Share
from analysis.findings.report_facts import ReportFacts
from analysis.measures.ladder import KINDS, POINTS, Grade
from analysis.measures.outcomes import PlaceState
from analysis.measures.vocabulary import NO_OBSTACLE, PLACES_OF_ANCHORS
from surveys.wording import sentences

EMBEDDED = len(POINTS) - 1


def _count(reading: ReportFacts, stage: int, grade: Grade = Grade.CLAIMED) -> int:
    places = reading.known.values()
    return sum(place.stage >= stage and place.grade >= grade for place in places)


def _share(reading: ReportFacts, part: int) -> Share:
    return Share(part, len(reading.known), len(reading.places), people=reading.by_person)


def hides(reading: ReportFacts, part: int) -> bool:
    """Return whether a count of people with a known stage may not be shown."""
    if not (reading.outside and reading.by_person):
        return False
    # A report on several such workshops could be compared with those on single ones.
    several = len(reading.frames.workshops) > 1
    return several or min(part, len(reading.known) - part) < SMALLEST


def figures(reading: ReportFacts, shares: Sequence[tuple[str, str, Share]]) -> tuple[Figure, ...]:
    """Return figures of which each counts some of the people of another: key, label and share.

    Readers outside get one only if it differs from all others shown by five people or more.
    """
    told: list[int] = []
    made = []
    for key, label, share in shares:
        close = any(abs(share.part - part) < SMALLEST for part in told)
        if hides(reading, share.part) or (close and reading.outside and reading.by_person):
            made.append(hidden_figure(key, label, reading))
        else:
            told.append(share.part)
            made.append(share.figure(key, label, reading.say))
    return tuple(made)


def _told_to_few(reading: ReportFacts) -> bool:
    """Return whether a sentence about stages is about fewer than five people for readers outside."""
    stages = [place.stage for place in reading.known.values()]
    embedded = (_count(reading, EMBEDDED, grade) for grade in Grade)
    parts = (_count(reading, 1), stages.count(1), stages.count(0), *embedded)
    return any(hides(reading, part) for part in parts)


def _answered_only(reading: ReportFacts) -> str:
    return reading.say(
        "{base} of {total} people answered; groups under 5 are not shown",
        base=str(len(reading.known)),
        total=str(len(reading.places)),
    )


def title(reading: ReportFacts) -> str:
    """Return the finding in counts of administrations (of people, if one administration took part)."""
    say = reading.say
    if _told_to_few(reading):
        return _answered_only(reading)
    used, embedded = _count(reading, 1), _count(reading, EMBEDDED)
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
    replied = sum(p.state in (PlaceState.REPLIED, PlaceState.MOVED) for p in reading.places)
    total = len(reading.places)
    reached = Share(replied, total, total, people=reading.by_person)
    replies = say("people replied") if reading.by_person else say("administrations replied")
    embedded = _count(reading, EMBEDDED, Grade.DESCRIBED)
    rest = (
        ("using", say("use it"), _share(reading, _count(reading, 1))),
        ("shared", say("shared it or went further"), _share(reading, _count(reading, 2))),
        ("embedded", say("embedded, with evidence"), _share(reading, embedded)),
    )
    return (reached.figure("reached", replies, say), *figures(reading, rest))


def hidden_figure(key: str, label: str, reading: ReportFacts) -> Figure:
    """Return a figure that these readers may not see: the neutral text, and no count."""
    return Figure(key, label, reading.say(HIDDEN), 0, 0)


def in_short(reading: ReportFacts) -> tuple[str, str, str]:
    """Return three sentences: what is embedded, what is not, who is missing."""
    if _told_to_few(reading):
        return (_answered_only(reading) + ".", _obstacle(reading), _missing(reading))
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
    """Return the obstacle that most people named; '' when it may not be shown."""
    obstacles = reading.tally("obstacles", "M3", "M6")
    told = [count for count in obstacles.counts if count.code not in obstacles.hidden]
    named = [count for count in told if count.code != NO_OBSTACLE and count.people]
    if obstacles.base < SMALLEST or not named:
        return ""
    top = max(named, key=lambda count: count.people)
    return reading.say(
        "The obstacle named most often: “{label}” ({part} of {base} people).",
        label=top.label,
        part=str(top.people),
        base=str(obstacles.base),
    )


def _missing(reading: ReportFacts) -> str:
    say = reading.say
    states = [place.state for place in reading.places]
    silent = states.count(PlaceState.SILENT)
    away = states.count(PlaceState.NOT_REACHABLE)
    if reading.outside and reading.by_person:
        # For a few people the reason is not shown.
        silent, away = silent + away, 0
    if not silent and not away:
        if reading.by_person:
            return say("Everybody replied.")
        return say("All {total} administrations replied.", total=str(len(states)))
    parts = [
        say("{number} did not reply", number=str(silent)) if silent else "",
        say("{number} could not be reached", number=str(away)) if away else "",
    ]
    values = {"total": str(len(states)), "missing": say.listed(part for part in parts if part)}
    if reading.by_person:
        return say("Of {total} people, {missing}. Their situation may be different.", **values)
    return say(
        "Of {total} administrations, {missing}. Their situation may be different.", **values
    )
