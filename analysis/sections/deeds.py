"""Use and deeds wave by wave, and how the same delegations changed; for the office."""

from collections import Counter
from collections.abc import Mapping
from itertools import pairwise

from analysis.findings.figure_words import CLAIMED
from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.headlines import FIGURES, Outcome
from analysis.measures.delegations.moves import moved
from analysis.measures.delegations.stages import stages
from analysis.measures.delegations.units import SO_FAR, WITNESSED
from analysis.measures.vocabulary import FIGURES as NAMES
from analysis.measures.vocabulary import STAGES, WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words

ADDING_UP = N_(
    "Only those of which it is known both times. Deeds add up, so more go up than down."
)
LATER = ("routine", "embedded")
"""What is asked from six months on; after three months there is use and deeds, and no stage."""


def deeds(reading: ReportFacts) -> Section:
    """Return the figures at each wave, and what changed between six and twelve months."""
    say = reading.say
    found = {} if reading.outside else _outcomes(reading)
    makers = (_by_wave, _stages, _moved) if found else ()
    tables = tuple(make(found, reading) for make in makers)
    return Section("deeds", say("Use and deeds, wave by wave"), tables=tables)


def _outcomes(reading: ReportFacts) -> dict[str, Outcome]:
    """Return what became of the workshops at each wave that has come and was answered."""
    return {wave: reading.outcome_at(wave) for wave in SO_FAR if reading.of(wave)}


def _name(key: str, say: Words) -> str:
    """Return what a figure counts; of what is in force also what is merely claimed."""
    name = say(NAMES[key])
    return name + say.comma + say(CLAIMED) if key == "embedded" else name


def _by_wave(found: Mapping[str, Outcome], reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = [
        (_name(key, say), *(_told(key, wave, one, reading) for wave, one in found.items()))
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


def _stages(found: Mapping[str, Outcome], reading: ReportFacts) -> Table:
    """Return the stage worked out at each wave that asks for one, each by itself."""
    say = reading.say
    reached = {wave: Counter(stages(found[wave]).values()) for wave in found if wave in WITNESSED}
    rows: list[tuple[Cell, ...]] = [
        (f"{number} {say(name)}", *(one[number] for one in reached.values()))
        for number, name in enumerate(STAGES)
    ]
    columns = (say("Stage"), *(say(WAVES[wave]) for wave in reached))
    note = say("After 3 months nobody is asked what is in force, so there is no stage.")
    return Table(
        "stages_by_wave", say("Stages by wave"), columns, tuple(rows if reached else ()), note
    )


def _moved(found: Mapping[str, Outcome], reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for earlier, later in pairwise(wave for wave in found if wave in WITNESSED):
        between = say("{earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later]))
        for key in FIGURES:
            one = moved(found[earlier].headlines[key], found[later].headlines[key])
            rows.append((_name(key, say), between, one.up, one.same, one.down, one.pairs))
    heads = (N_("Figure"), N_("Between"), N_("Up"), N_("Same"), N_("Down"), N_("In both"))
    columns = tuple(say(head) for head in heads)
    note = say(ADDING_UP) if rows else ""
    return Table(
        "figures_moved", say("Change of the same delegations"), columns, tuple(rows), note
    )
