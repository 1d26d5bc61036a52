"""Use and deeds wave by wave, and how the same delegations changed; for the office."""

from collections.abc import Mapping
from itertools import pairwise

from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.headlines import FIGURES, Outcome, outcome
from analysis.measures.delegations.moves import moved
from analysis.measures.delegations.reading import delegations
from analysis.measures.delegations.units import SO_FAR, WITNESSED, counted_units, of_people
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_

NAMES = {
    "tried": N_("tried or used"),
    "in_regular_use": N_("in regular use"),
    "shared": N_("shared with colleagues"),
    "accepted": N_("accepted or approved"),
    "routine": N_("routine of the unit"),
    "embedded": N_("embedded, claimed or better"),
}
ADDING_UP = N_(
    "Only those of which it is known both times. Deeds add up, so more go up than down."
)
LATER = ("routine", "embedded")
"""What is asked from six months on; after three months there is use and deeds, and no stage."""


def deeds(reading: ReportFacts) -> Section:
    """Return the figures at each wave, and what changed between six and twelve months."""
    say = reading.say
    found = {} if reading.outside else _outcomes(reading)
    tables = (_by_wave(found, reading), _moved(found, reading)) if found else ()
    return Section("deeds", say("Use and deeds, wave by wave"), tables=tables)


def _outcomes(reading: ReportFacts) -> dict[str, Outcome]:
    """Return what became of the workshops at each wave that has come and was answered."""
    waves = [wave for wave in SO_FAR if reading.of(wave)]
    everybody = {wave: delegations(reading.frames, reading.responses, wave) for wave in waves}
    return {
        wave: outcome(of_people(told) if reading.by_person else counted_units(told)[0], wave)
        for wave, told in everybody.items()
    }


def _by_wave(found: Mapping[str, Outcome], reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = [
        (say(NAMES[key]), *(_told(key, wave, one, reading) for wave, one in found.items()))
        for key in FIGURES
    ]
    columns = (say("Figure"), *(say(WAVES[wave]) for wave in found))
    return Table("figures_by_wave", say("Use and deeds at each wave"), columns, tuple(rows))


def _told(key: str, wave: str, one: Outcome, reading: ReportFacts) -> str:
    """Return the count of a figure at a wave with its bounds; nothing where no wave asked it yet."""
    if key in LATER and wave not in WITNESSED:
        return "–"
    bounds = one.headlines[key].bounds
    values = {"yes": bounds.yes, "total": bounds.total, "most": bounds.at_most}
    told = {name: str(count) for name, count in values.items()}
    return reading.say("{yes} of {total} (at most {most})", **told)


def _moved(found: Mapping[str, Outcome], reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for earlier, later in pairwise(wave for wave in found if wave in WITNESSED):
        between = say("{earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later]))
        for key in FIGURES:
            one = moved(found[earlier].headlines[key], found[later].headlines[key])
            rows.append((say(NAMES[key]), between, one.up, one.same, one.down, one.pairs))
    heads = (N_("Figure"), N_("Between"), N_("Up"), N_("Same"), N_("Down"), N_("In both"))
    columns = tuple(say(head) for head in heads)
    note = say(ADDING_UP) if rows else ""
    return Table(
        "figures_moved", say("Change of the same delegations"), columns, tuple(rows), note
    )
