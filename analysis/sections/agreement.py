"""Whether sources agree on what is in force: counts, and kappa from enough pairs on; for the office."""

from analysis.findings.report_facts import ReportFacts
from analysis.measures.delegations.agreement import DELEGATIONS, Agreement, agreement
from analysis.measures.delegations.units import WITNESSED
from analysis.measures.kappa import PAIRS
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words

MEANING = N_(
    "Pairs: a kind in one delegation of which an officer and a supervisor or contact point both say in "
    "words that it is in force, or that it is not."
)
KAPPA = N_(
    "Kappa is agreement beyond chance, from 1 (always) to 0 (as by chance) and below; it is told from "
    "{pairs} pairs of {delegations} delegations on."
)


def sources(reading: ReportFacts) -> Section:
    """Return how far witnesses agree with officers at each moment; nothing for readers outside."""
    say = reading.say
    waves = () if reading.outside else [wave for wave in WITNESSED if reading.of(wave)]
    found = {wave: _agreement(reading, wave) for wave in waves}
    heads = (
        N_("Wave"),
        N_("Both: in force"),
        N_("Officer only"),
        N_("Other source only"),
        N_("Both: not in force"),
        N_("Pairs"),
        N_("Delegations"),
        N_("Kappa"),
    )
    rows = tuple(_row(wave, one, say) for wave, one in found.items() if one.pairs)
    table = Table("sources", say("Agreement of sources"), tuple(map(say, heads)), rows)
    enough = {"pairs": str(PAIRS), "delegations": str(DELEGATIONS)}
    notes = (say(MEANING), say(KAPPA, **enough)) if rows else ()
    tables = (table,) if rows else ()
    return Section("sources", say("Agreement of sources"), tables=tables, notes=notes, annex=True)


def _agreement(reading: ReportFacts, wave: str) -> Agreement:
    return agreement(reading.delegations.at(wave), wave)


def _row(wave: str, one: Agreement, say: Words) -> tuple[Cell, ...]:
    kappa = "–" if one.kappa is None else f"{one.kappa:.2f}"
    counts = (one.both, one.only_officer, one.only_witness, one.neither)
    return (say(WAVES[wave]), *counts, one.pairs, one.delegations, kappa)
