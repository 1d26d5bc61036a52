"""The questionnaires as they were asked, with the answers to every question that has choices.

So a questionnaire that an author brings is reported too, whatever the names of its questions.
"""

from analysis.disclosure.small_groups import HIDDEN
from analysis.figures import counted
from analysis.findings.printed_rows import PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.measures.outcomes import ORDER
from analysis.measures.scales import middle, recommendation, upper
from analysis.measures.tallies import COUNTED, Tally
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import base_note, printed_row
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire
from surveys.wording import N_, Words

QUOTED = "…"
"""Replaces, in a printed question, what differs by person or workshop."""


def questionnaires(reading: ReportFacts) -> Section:
    """Return one table for each questionnaire: the questions, their choices, and the answers."""
    return Section(
        "questionnaires",
        reading.say("Questionnaires and answers"),
        tables=tuple(_table(one, reading) for one in asked_questionnaires(reading)),
        notes=(
            reading.say(
                "This question is from the latest version. Earlier versions are in the export."
            ),
        ),
        annex=True,
    )


def asked_questionnaires(reading: ReportFacts) -> list[Questionnaire]:
    """Return the latest version of each questionnaire that was asked, in the order of the waves."""
    latest: dict[str, Questionnaire] = {}
    for (key, _), found in sorted(reading.frames.questionnaires.items()):
        latest[key] = found
    keys = sorted(latest, key=lambda key: (ORDER.index(key) if key in ORDER else 99, key))
    return [latest[key] for key in keys]


def _table(questionnaire: Questionnaire, reading: ReportFacts) -> Table:
    say, language = reading.say, reading.say.language
    rows: list[tuple[Cell, ...]] = []
    role, waves = _role(questionnaire.key, reading), _waves(questionnaire.key, reading)
    for item in questionnaire.items:
        level = type_of(item.type).level
        label = printed(questionnaire.text(item.label, language))
        if level in COUNTED and label:
            found = reading.rows(item.name, *waves, role=role)
            rows += _rows(item, label, found, reading)
        elif level in (Level.WORDS, Level.QUANTITY, Level.DAY) and label:
            rows.append((label, say(FREE[level]), "", ""))
    columns = (say("Question"), say("Choice"), say("People"), say("Of those who answered"))
    title = questionnaire.text(questionnaire.title, language)
    return Table(f"questionnaire_{questionnaire.key}", title, columns, tuple(rows), names=2)


FREE = {
    Level.WORDS: N_("(own words)"),
    Level.QUANTITY: N_("(a number)"),
    Level.DAY: N_("(a day)"),
}


def _rows(
    item: Item, label: str, printed: PrintedRows, reading: ReportFacts
) -> list[tuple[Cell, ...]]:
    """Return the choices of one question; the question itself is in its first row only."""
    say, found = reading.say, printed.found
    hidden = say(HIDDEN)
    if not printed.rows:
        return [
            (label if number == 0 else "", count.label, hidden, hidden)
            for number, count in enumerate(found.counts)
        ]
    rows: list[tuple[Cell, ...]] = [
        (label if number == 0 else "", *printed_row(row, printed.base, say))
        for number, row in enumerate(printed.rows)
    ]
    note = base_note(printed, reading, () if reading.outside else _scale(found, say))
    # The note is below the question, beside its second choice.
    return (
        [rows[0], (note, *rows[1][1:]), *rows[2:]]
        if len(rows) > 1
        else [*rows, (note, "", "", "")]
    )


def _scale(found: Tally, say: Words) -> list[str]:
    """Return the middle and the upper end of a scale in words."""
    if not found.ordered:
        return []
    text = N_("Two lowest (here they are the good ones): {share}.")
    text = text if found.reversed else N_("Two highest: {share}.")
    told = (
        say("Median answer: {label}.", label=middle(found)),
        say(text, share=counted(upper(found), found.base, say)),
        recommendation(found, say),
    )
    return [one for one in told if one]


def printed(label: str) -> str:
    """Return a question as printed: `${...}` differs by person, so an ellipsis replaces it."""
    parts = label.split("${")
    return parts[0] + "".join(QUOTED + part.partition("}")[2] for part in parts[1:])


def _waves(key: str, reading: ReportFacts) -> tuple[str, ...]:
    waves = reading.frames.waves
    return tuple(sorted({str(w) for w in waves.loc[waves["questionnaire_key"] == key, "key"]}))


def _role(key: str, reading: ReportFacts) -> str:
    waves = reading.frames.waves
    return str(waves.loc[waves["questionnaire_key"] == key, "role"].iloc[0])
