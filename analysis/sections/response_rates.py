"""The response rates of each wave by their names, with what they are made of: for the method annex."""

from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.outcomes import WaveOutcome
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words

NAMES = (N_("RR1"), N_("RR2"), N_("COOP1"), N_("REF1"), N_("CON1"))
FORMULAS = N_(
    "I: complete, P: partial, R: refused or broke off, NC: no contact, U: silent. "
    "RR1 = I/(I+P+R+NC+U). RR2 = (I+P)/(I+P+R+NC+U). COOP1 = I/(I+P+R). REF1 = R/(I+P+R+NC+U). "
    "CON1 = (I+P+R)/(I+P+R+NC+U). Names and formulas are those of the AAPOR Standard Definitions."
)
WITHOUT_CASE = N_(
    "Who refused or stopped before a wave counts as refused in it. Who was handed over, cancelled or "
    "not asked is in no rate."
)
BASE_OF_RESULTS = N_(
    "Results count complete and partial responses, so RR2 is the rate beside them."
)


def rates(reading: ReportFacts) -> Section:
    """Return one row for each wave that was asked; nothing for readers outside: refusals are few."""
    say = reading.say
    waves = [one for one in reading.fieldwork if one.asked] if not reading.outside else []
    if not waves:
        return Section("rates", say("Response rates"))
    columns = (say("Wave"), say("Asked"), *(say(name) for name in NAMES))
    notes = tuple(say(text) for text in (FORMULAS, WITHOUT_CASE, BASE_OF_RESULTS))
    table = Table("rates", say("Response rates"), columns, tuple(_row(one, say) for one in waves))
    return Section("rates", say("Response rates"), tables=(table,), notes=notes, annex=True)


def _row(one: WaveOutcome, say: Words) -> tuple[Cell, ...]:
    """Return the rates of a wave; so far, while some of its cases can still change."""
    name, found = say(WAVES.get(one.wave, one.wave)), one.rates
    label = say("{wave}, so far", wave=name) if found.so_far else name
    return (label, one.asked, *(counted(rate.part, rate.base, say) for rate in found.all))
