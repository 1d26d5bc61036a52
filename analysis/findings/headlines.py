"""The headlines of a report by rule: title, three sentences and six figures.

`headlines` has the six figures in the order of the method, `headline` one of them by its key.
"""

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import Figure, percent
from analysis.findings.figure_words import DESCRIBED, label_of, moment_words, not_asked, scope_of
from analysis.findings.outside_headlines import (
    outside_headlines,
    outside_in_short,
    outside_title,
)
from analysis.findings.printed_rows import Base, PrintedRow, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.evidence import Evidence
from analysis.measures.delegations.headlines import FIGURES
from analysis.measures.delegations.stages import stages
from analysis.measures.place_outcomes import PlaceState
from analysis.measures.vocabulary import NO_OBSTACLE
from surveys.wording import Words, sentences


def title(reading: ReportFacts) -> str:
    """Return of what the report is, and its finding in counts of those that replied."""
    found = outside_title(reading) if reading.outside else _finding(reading)
    return scope_of(reading) + reading.say.colon + found


def _finding(reading: ReportFacts) -> str:
    say, lines = reading.say, reading.outcome.headlines
    line, embedded = lines["in_regular_use"], lines["embedded"].bounds.at_least_better
    values = {"used": str(line.bounds.yes), "base": str(line.replied)}
    used = (
        say("{used} of {base} people who replied use the knowledge regularly", **values)
        if reading.by_person
        else say(
            "in {used} of {base} delegations that replied the knowledge is in regular use",
            **values,
        )
    )
    if not_asked(reading, "embedded"):
        return used
    return used + say.semicolon + _embedded_clause(reading, embedded)


def _embedded_clause(reading: ReportFacts, number: int) -> str:
    """Return the second half of a title, with the grade of its headline."""
    say = reading.say
    values = {"embedded": str(number), "grade": say(DESCRIBED)}
    if reading.by_person:
        return say(
            "{embedded} say that it is new in a rule, course, post, budget or system ({grade})",
            **values,
        )
    return say(
        "in {embedded} it is new in a rule, course, post, budget or system ({grade})", **values
    )


def headlines(reading: ReportFacts) -> tuple[Figure, ...]:
    """Return the six figures: tried, regular use, shared, accepted, routine, embedded."""
    if reading.outside:
        return outside_headlines(reading)
    return tuple(_headline(reading, key) for key in FIGURES)


def headline(reading: ReportFacts, key: str) -> Figure:
    """Return one of the six figures, by its key in `FIGURES`."""
    return next(one for one in headlines(reading) if one.key == key)


def _headline(reading: ReportFacts, key: str) -> Figure:
    say, line = reading.say, reading.outcome.headlines[key]
    label = label_of(reading, key)
    if not_asked(reading, key):
        return Figure(key, label, say("not asked yet"), 0, 0)
    bounds = line.bounds
    yes = bounds.at_least_better if key == "embedded" else bounds.yes
    values = {"yes": str(yes), "total": str(bounds.total), "most": str(bounds.at_most)}
    text = say("{yes} of {total} (at most {most})", **values)
    if not bounds.total:
        text = say("nobody was asked")
    return Figure(key, label, text, yes, bounds.total, _note(reading, key, yes))


def _note(reading: ReportFacts, key: str, yes: int) -> str:
    """Return the share, the second base, and what the figure leaves out."""
    say, line = reading.say, reading.outcome.headlines[key]
    values = {"yes": str(yes), "replied": str(line.replied)}
    second = (
        say("{yes} of {replied} who replied", **values)
        if reading.by_person
        else say("{yes} of {replied} that replied", **values)
    )
    parts = [percent(yes, line.bounds.total) if line.bounds.total else "", second]
    if line.bounds.claimed:
        parts.append(say("merely claimed: {number}", number=str(line.bounds.claimed)))
    if line.bounds.disputed:
        parts.append(say("disputed: {number}", number=str(line.bounds.disputed)))
    return say.semicolon.join(part for part in parts if part)


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
    say, found = reading.say, reading.outcome
    if not_asked(reading, "embedded"):
        return say("What is in force is asked after 6 months.")
    bounds = found.headlines["embedded"].bounds
    values = {grade.name.lower(): str(found.grades[grade]) for grade in Evidence} | {
        "yes": str(bounds.yes),
        "total": str(bounds.total),
        "most": str(bounds.at_most),
        "disputed": str(bounds.disputed),
    }
    if reading.by_person:
        return say(
            "People who report something in force that is new or changed since the workshop: {yes} of "
            "{total} (at most {most}); document seen {document_seen}, corroborated {corroborated}, "
            "described {described}, claimed {claimed}; besides these, disputed {disputed}.",
            **values,
        )
    return say(
        "Delegations with something in force that is new or changed since the workshop: {yes} of "
        "{total} (at most {most}); document seen {document_seen}, corroborated {corroborated}, "
        "described {described}, claimed {claimed}; besides these, disputed {disputed}.",
        **values,
    )


def _not_embedded(reading: ReportFacts) -> str:
    """Return the sentence on use without more and on no use, with the obstacle most people named."""
    say = reading.say
    reached = [*stages(reading.outcome).values()]
    # Who does not use it may have passed it on, and is on a stage then: no use is counted by itself.
    alone, none = str(reached.count(1)), str(reading.outcome.headlines["tried"].bounds.no)
    if reading.by_person:
        parts = (
            say(
                "People who have tried or use the knowledge and report nothing further: {number}.",
                number=alone,
            ),
            say("People, at any stage, who do not use the knowledge now: {number}.", number=none),
        )
    else:
        parts = (
            say(
                "Delegations whose officers have tried or use the knowledge and report nothing further: "
                "{number}.",
                number=alone,
            ),
            say(
                "Delegations, at any stage, where all say that they do not use the knowledge now: "
                "{number}.",
                number=none,
            ),
        )
    return sentences((*parts, _obstacle(reading)))


def _obstacle(reading: ReportFacts) -> str:
    """Return the obstacle that most people named (all that are level); '' if it may not be told."""
    obstacles = reading.rows("obstacles", "M3", "M6")
    named = most_named(obstacles)
    if not named:
        return ""
    say = reading.say
    labels = say.listed(say("“{label}”", label=one.label) for one in named)
    share = part_of(named[0].people or 0, obstacles, say)
    if len(named) > 1:
        return say(
            "The obstacles named most often: {labels} (each {share}).", labels=labels, share=share
        )
    return say("The obstacle named most often: {label} ({share}).", label=labels, share=share)


def part_of(part: int, found: PrintedRows, say: Words) -> str:
    """Return a count and its base in words, which say whether people without an answer are in it."""
    values = {"part": str(part), "base": str(found.base)}
    if found.kind is Base.WITH_SILENT:
        return say("{part} of {base} people, including any who gave no answer", **values)
    return say("{part} of {base} people who answered", **values)


def most_named(found: PrintedRows) -> tuple[PrintedRow, ...]:
    """Return the answers that most people gave; “none” does not count."""
    if any(one.codes == (NO_OBSTACLE,) for one in found.largest):
        return besides_none(found)
    return found.largest


def besides_none(found: PrintedRows) -> tuple[PrintedRow, ...]:
    """Return the answers besides “none” that most people gave; () where a hidden one could be it."""
    told = [one for one in found.rows if one.codes != (NO_OBSTACLE,)]
    if any(one.people is None for one in told):
        return ()
    most = max((one.people or 0 for one in told), default=0)
    return tuple(one for one in told if most and one.people == most)


MISSING = (PlaceState.SILENT, PlaceState.NOT_REACHABLE, PlaceState.NOT_ASKED)


def _missing(reading: ReportFacts) -> str:
    say, states = reading.say, reading.unit_states
    total = sum(states.values())
    silent, away, never = (states[one] for one in MISSING)
    counts = (
        (silent, say("{number} did not reply", number=str(silent))),
        (away, say("{number} could not be reached", number=str(away))),
        (
            never,
            say.plural("{number} was not asked", "{number} were not asked", never),
        ),
    )
    parts = [text for number, text in counts if number]
    values = {"total": str(total), "missing": say.listed(parts), "moment": moment_words(reading)}
    if not parts:
        if reading.by_person:
            return say("Everybody replied.")
        return say("All {total} delegations replied.", **values)
    if reading.by_person:
        return say("Of {total} people, {missing}. Their situation may be different.", **values)
    return say("Of {total} delegations, {missing}. Their situation may be different.", **values)
