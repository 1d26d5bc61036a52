"""Operations of the programmes that the workshops belong to: the chain, and what was seized.

These are statistics of operations, never an effect of a workshop, and units are never added up.
"""

from dataclasses import replace

from analysis.facts.responses import records
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Section, Table
from surveys.wording import N_

UNITS = {
    "cases": N_("cases"),
    "items": N_("items"),
    "pieces": N_("pieces"),
    "kg": N_("kg"),
    "litres": N_("litres"),
}


def operations(reading: ReportFacts) -> Section:
    """Return the chain of each programme and the results of its operation, if there are programmes."""
    say = reading.say
    heading = say("Operation results")
    if reading.frames.programmes.empty:
        return Section("operations", heading)
    chain, results = _chain(reading), _results(reading)
    told = say("Statistics of the operations themselves: they are not an effect of a workshop.")
    opened = replace(results if results.rows else chain, finding=told)
    tables = (chain, opened) if results.rows else (opened, results)
    notes = (say("Units are not added up, and two operations are not compared by one number."),)
    return Section("operations", heading, tables=tables, notes=notes)


def _chain(reading: ReportFacts) -> Table:
    say = reading.say
    columns = (
        say("Programme"),
        say("Train-the-trainer workshop"),
        say("Operation"),
        say("Days"),
        say("Began in"),
        say("Follow-up workshop"),
    )
    rows = tuple(
        (
            str(one["code"]),
            one["trainers_workshop"] or one["trainers_month"] or "–",
            str(one["operation"]),
            "–" if one["days"] is None else str(one["days"]),
            one["month"] or "–",
            one["follow_up_workshop"] or one["follow_up_month"] or "–",
        )
        for one in records(reading.frames.programmes)
    )
    return Table("programmes", say("Programmes"), columns, rows)


def _amount(whole: int, thousandths: int) -> Cell:
    """Return an amount: a count, or with its decimals as text."""
    if not thousandths:
        return int(whole)
    return f"{int(whole)}.{int(thousandths):03}".rstrip("0")


def _results(reading: ReportFacts) -> Table:
    """Return one row for each amount, by kind of goods and unit; without a total on purpose."""
    say = reading.say
    columns = (say("Operation"), say("Kind of goods"), say("Unit"), say("Amount"))
    by_programme: dict[str, list[tuple[str, str, Cell]]] = {}
    for one in records(reading.frames.operation_results):
        amount = (one["kind"], one["unit"], _amount(one["amount"], one["thousandths"]))
        by_programme.setdefault(one["programme_code"], []).append(amount)
    rows = tuple(
        (str(programme["operation"]), kind or say("all"), say(UNITS[unit]), amount)
        for programme in records(reading.frames.programmes)
        for kind, unit, amount in by_programme.get(programme["code"], ())
    )
    note = "" if rows else say("No results have been given yet.")
    heading = say("Results by kind and unit")
    return Table("operation_results", heading, columns, rows, note=note, names=3)
