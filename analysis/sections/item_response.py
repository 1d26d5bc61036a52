"""Item non-response: for each question who was shown it, who answered, and who passed it over."""

from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.item_response import ItemResponse, item_responses
from analysis.measures.outcomes import ORDER
from analysis.measures.vocabulary import WAVES
from analysis.model import Cell, Section, Table
from analysis.sections.annex import printed
from surveys.wording import Words


def item_response(reading: ReportFacts) -> Section:
    """Return one table for each wave; nothing for readers outside: who passes over is few."""
    say = reading.say
    waves = () if reading.outside else _waves(reading)
    tables = tuple(table for wave in waves if (table := _table(wave, reading)).rows)
    note = say("Shown to: responses, whole or in part, in which the question came up.")
    notes = (note,) if tables else ()
    return Section(
        "item_response", say("Item non-response"), tables=tables, notes=notes, annex=True
    )


def _waves(reading: ReportFacts) -> list[str]:
    """Return the waves with a response, in the order of the plan; those of other plans are last."""
    there = {one.wave for one in reading.responses}
    return [*(w for w in ORDER if w in there), *sorted(there - {*ORDER})]


def _table(wave: str, reading: ReportFacts) -> Table:
    say = reading.say
    columns = (
        say("Question"),
        say("Shown to"),
        say("Answered"),
        say("Do not know, not applicable"),
        say("Skipped"),
        say("Without an answer"),
    )
    told = reading.of(wave, role=reading.role_of(wave))
    found = item_responses(told, reading.frames.questionnaires)
    heading = say(WAVES.get(wave, wave))
    return Table(f"item_response_{wave}", heading, columns, tuple(_row(i, say) for i in found))


def _row(one: ItemResponse, say: Words) -> tuple[Cell, ...]:
    asked = one.questionnaire
    label = printed(asked.text(one.item.label, say.language)) or one.item.name
    share = counted(one.without, one.shown, say)
    return (label, one.shown, one.answered, one.open, one.skipped, share)
