"""Perceived improvement: confidence looking back, use by the same people, what supervisors see."""

from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.facts.responses import Response
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import Fates, people_split
from analysis.measures.scales import MOVES, direction, steps_of
from analysis.measures.uses import FOLLOW_UPS, best_use
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import tally_table
from surveys.wording import N_

SAME_ITEMS = {
    "others_use": (N_("Others use it, {earlier} to {later}"), ("nobody", "few", "most")),
    "contribution": (
        N_("Share of the workshop in the effects, {earlier} to {later}"),
        ("none", "little", "some", "half", "most"),
    ),
}
"""What six and twelve months ask in the same words, with the steps of its scale."""
LATER = ("M6", "M12")
USE_STEPS = (("not_yet", "stopped"), ("preparing",), ("tried",), ("regular",), ("improved",))


def improvement(reading: ReportFacts) -> Section:
    """Return what people say of themselves and their unit, and what their supervisors see of it."""
    say = reading.say
    chiefs = ("SUP6", "SUP12")
    relevance = reading.rows("relevance", "END")
    return Section(
        "improvement",
        say("Perceived improvement in the work"),
        tables=(
            _pairs(reading),
            tally_table("relevance", say("Useful for their own job"), relevance, reading),
            tally_table(
                "others_use",
                say("Others use it too"),
                reading.rows("others_use", "M6", "M12"),
                reading,
            ),
            tally_table(
                "observes",
                say("What supervisors see"),
                reading.rows("observes", *chiefs, role="supervisor"),
                reading,
            ),
            tally_table(
                "effects_chiefs",
                say("Effects that supervisors see"),
                reading.rows("effects", *chiefs, role="supervisor"),
                reading,
            ),
        ),
        notes=(
            say(
                "Confidence before and now was asked at the same time. It is a "
                "perception, not a measured gain."
            ),
        ),
    )


def _pairs(reading: ReportFacts) -> Table:
    """Return change of the same people; each row has its own number of pairs."""
    say = reading.say
    rows = [_row(say("Confidence, before and at the end"), _confidence, "confidence", reading)]
    waves = [wave for wave in FOLLOW_UPS if reading.of(wave)]
    for earlier, later in pairwise(waves):
        label = say(
            "Use, {earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later])
        )
        rows.append(_row(label, partial(_use, earlier, later), f"use {earlier} {later}", reading))
    if all(reading.of(wave) for wave in LATER):
        rows += [_same_item(item, reading) for item in SAME_ITEMS]
    columns = (
        say("The same people"),
        say("Up"),
        say("Same"),
        say("Down"),
        say("Pairs"),
        say("Summary"),
    )
    return Table("paired", say("Change of the same people"), columns, tuple(rows), chart="moves")


def _confidence(reading: ReportFacts) -> Fates:
    """Return who is more or less confident than before, both asked at the end."""
    steps = [[count.code] for count in reading.tally("confidence_now", "END").counts]
    told = {r.participant_id: r for r in reading.of("END")}
    before = {who: r.values.get("confidence_before", "") for who, r in told.items()}
    now = {who: r.values.get("confidence_now", "") for who, r in told.items()}
    return {who: (told[who], step) for who, step in steps_of(before, now, steps).items()}


def _use(earlier: str, later: str, reading: ReportFacts) -> Fates:
    """Return who uses it more or less than at an earlier wave."""
    return _moved(earlier, later, lambda one: best_use(one) or "", USE_STEPS, reading)


def _moved(
    earlier: str,
    later: str,
    value: Callable[[Response], str],
    steps: Sequence[Sequence[str]],
    reading: ReportFacts,
) -> Fates:
    """Return who answered higher or lower at a later wave of the same workshop."""
    then = {r.enrolment_id: r for r in reading.of(earlier)}
    told = {r.participant_id: r for r in reading.of(later) if r.enrolment_id in then}
    before = {who: value(then[r.enrolment_id]) for who, r in told.items()}
    now = {who: value(r) for who, r in told.items()}
    return {who: (told[who], step) for who, step in steps_of(before, now, steps).items()}


def _same_item(item: str, reading: ReportFacts) -> tuple[Cell, ...]:
    """Return how the same people answered the same question at six and at twelve months."""
    say = reading.say
    text, scale = SAME_ITEMS[item]
    earlier, later = (say(WAVES[wave]) for wave in LATER)
    fates = partial(_same, item, [[code] for code in scale])
    return _row(say(text, earlier=earlier, later=later), fates, f"same {item}", reading)


def _same(item: str, steps: Sequence[Sequence[str]], reading: ReportFacts) -> Fates:
    """Return who answers a question of six months higher or lower at twelve."""
    return _moved(*LATER, lambda one: one.values.get(item, ""), steps, reading)


def _row(
    label: str, fates: Callable[[ReportFacts], Fates], name: str, reading: ReportFacts
) -> tuple[Cell, ...]:
    """Return one comparison, with its words only where both directions are shown."""
    say, hidden = reading.say, reading.say(HIDDEN)
    found = people_split(reading, name, MOVES, fates)
    if found.base is not None and found.base < SMALLEST:
        return (label, *(hidden for _ in range(5)))
    down, same, up = (found.count(code) for code in MOVES)
    words = hidden if up is None or down is None else direction(up, down, say)
    counts = (up, same, down, found.base)
    shown = (hidden if count is None else count for count in counts)
    return (label, *shown, words)
