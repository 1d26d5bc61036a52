"""One table for each questionnaire, one row for each of its cases, the same columns always."""

from decimal import Decimal

from analysis.exports.answers import told_disposition, typed
from analysis.exports.facts import CaseRecord, Facts
from analysis.exports.tables import Cell, Row, Table
from analysis.exports.variables import Missing, Variable, column_of
from surveys.interview.answers import AnswerState
from surveys.items.base import Level
from surveys.planning.dispositions import NEVER_ASKED, Disposition

# fmt: off
LEADING = (
    "case:code", "case:participant", "case:workshop", "case:administration", "case:role",
    "case:wave", "case:version", "case:disposition", "case:detail", "case:started_at_utc",
    "case:completed_at_utc",
)
"""The columns before the items; no item has `:` in its name, so headings are unique."""
# fmt: on


def wide_table(facts: Facts, key: str, found: tuple[Variable, ...]) -> Table:
    """Return the cases of one questionnaire; `found` are its variables."""
    newest = facts.questionnaires[key][max(facts.questionnaires[key])]
    rows = tuple(
        (*_leading(case), *(cell(case, variable) for variable in found))
        for case in facts.cases
        if case.questionnaire and case.questionnaire[0] == key
    )
    title = newest.text(newest.title, newest.default_language)
    return Table(f"wide_{key}", title, (*LEADING, *(v.column for v in found)), rows)


def cell(case: CaseRecord, variable: Variable) -> Cell:
    """Return the value in a column: typed, 1 or 0 for one option of several, or why it is missing."""
    if case.questionnaire is None or case.questionnaire[1] not in variable.versions:
        return Missing.NOT_IN_VERSION
    if {variable.item, column_of(variable.item, variable.option)} & case.left_out:
        return Missing.LEFT_OUT
    given = case.answers.get(variable.item)
    if given is None:
        unasked = case.disposition in (Disposition.COMPLETE, *NEVER_ASKED)
        return Missing.NOT_ASKED if unasked else Missing.NOT_REACHED
    if given.state is AnswerState.SKIPPED:
        return Missing.SKIPPED
    if variable.level is Level.SET:
        return int(variable.option in given.value.split())
    value = typed(variable.level, given.value)
    return variable.turned - value if variable.turned and isinstance(value, Decimal) else value


def _leading(case: CaseRecord) -> Row:
    version = case.questionnaire[1] if case.questionnaire else None
    who = (case.code, case.participant, case.workshop, case.administration, case.role, case.wave)
    what = (version, told_disposition(case), case.detail)
    return (*who, *what, case.times["started_at"], case.times["completed_at"])
