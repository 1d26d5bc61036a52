"""Perceived improvement: confidence looking back, use by the same people, what supervisors see."""

from itertools import pairwise

from analysis.disclosure.small_groups import HIDDEN, SMALLEST
from analysis.findings.report_facts import ReportFacts
from analysis.measures.institutionalisation import FOLLOW_UPS, best_use
from analysis.measures.scales import Paired, direction, paired
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import cells, crossed, tally_table

USE_STEPS = (("not_yet", "stopped"), ("preparing",), ("tried",), ("regular",), ("improved",))


def improvement(reading: ReportFacts) -> Section:
    """Return what people say of themselves and their unit, and what their supervisors see of it."""
    say = reading.say
    chiefs = ("SUP6", "SUP12")
    relevance = reading.tally("relevance", "END")
    return Section(
        "improvement",
        say("Perceived improvement in the work"),
        tables=(
            crossed(_pairs(reading), reading),
            tally_table("relevance", say("Useful for their own job"), relevance, reading),
            tally_table(
                "others_use",
                say("Others use it too"),
                reading.tally("others_use", "M6", "M12"),
                reading,
            ),
            tally_table(
                "observes",
                say("What supervisors see"),
                reading.tally("observes", *chiefs, role="supervisor"),
                reading,
            ),
            tally_table(
                "effects_chiefs",
                say("Effects that supervisors see"),
                reading.tally("effects", *chiefs, role="supervisor"),
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
    rows = [_row(say("Confidence, before and at the end"), _confidence(reading), reading)]
    waves = [wave for wave in FOLLOW_UPS if reading.of(wave)]
    for earlier, later in pairwise(waves):
        label = say(
            "Use, {earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later])
        )
        rows.append(
            _row(label, paired(_uses(reading, earlier), _uses(reading, later), USE_STEPS), reading)
        )
    columns = (
        say("The same people"),
        say("Up"),
        say("Same"),
        say("Down"),
        say("Pairs"),
        say("Summary"),
    )
    return Table("paired", say("Change of the same people"), columns, tuple(rows), chart="moves")


def _confidence(reading: ReportFacts) -> Paired:
    told = reading.of("END")
    before, now = (
        {r.enrolment_id: r.values[item] for r in told if item in r.values}
        for item in ("confidence_before", "confidence_now")
    )
    scale = reading.tally("confidence_now", "END")
    return paired(before, now, [[count.code] for count in scale.counts])


def _uses(reading: ReportFacts, wave: str) -> dict[int, str]:
    told = {r.enrolment_id: best_use(r) for r in reading.of(wave)}
    return {who: use for who, use in told.items() if use is not None}


def _row(label: str, found: Paired, reading: ReportFacts) -> tuple[Cell, ...]:
    """Return one comparison, with its words only where both directions are shown."""
    say = reading.say
    counts = (found.up, found.same, found.down)
    hidden = say(HIDDEN)
    if found.pairs < SMALLEST:
        return (label, *(hidden for _ in range(5)))
    up, same, down = cells(counts, reading)
    words = hidden if hidden in (up, down) else direction(found.up, found.down, say)
    return (label, up, same, down, found.pairs, words)
