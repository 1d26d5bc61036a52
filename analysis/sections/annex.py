"""The questionnaires as they were asked, with the answers to every question that has choices.

So a questionnaire that an author brings is reported too, whatever the names of its questions.
"""

from analysis.disclosure.small_groups import SMALLEST
from analysis.figures import counted
from analysis.findings.report_facts import ReportFacts
from analysis.measures.outcomes import ORDER
from analysis.measures.scales import middle, recommendation, upper
from analysis.measures.tallies import COUNTED, Tally
from analysis.model import Cell, Section, Table
from analysis.sections.tallies import base_note, people_cells, people_shown
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item, Questionnaire
from surveys.wording import N_

QUOTED = "…"
"""Replaces, in a printed question, what differs by person or workshop."""


def questionnaires(reading: ReportFacts) -> Section:
    """Return one table for each questionnaire: the questions, their choices, and the answers."""
    latest: dict[str, Questionnaire] = {}
    for (key, _), found in sorted(reading.frames.questionnaires.items()):
        latest[key] = found
    keys = sorted(latest, key=lambda key: (ORDER.index(key) if key in ORDER else 99, key))
    return Section(
        "questionnaires",
        reading.say("Questionnaires and answers"),
        tables=tuple(_table(latest[key], reading) for key in keys),
        notes=(
            reading.say(
                "This question is from the latest version. Earlier versions are in the export."
            ),
        ),
        annex=True,
    )


def _table(questionnaire: Questionnaire, reading: ReportFacts) -> Table:
    say, language = reading.say, reading.say.language
    rows: list[tuple[Cell, ...]] = []
    role, waves = _role(questionnaire.key, reading), _waves(questionnaire.key, reading)
    for item in questionnaire.items:
        level = type_of(item.type).level
        label = printed(questionnaire.text(item.label, language))
        if level in COUNTED and label:
            found = reading.tally(item.name, *waves, role=role)
            rows += _rows(item, label, found, reading)
        elif level in (Level.WORDS, Level.QUANTITY, Level.DAY) and label:
            rows.append((label, say(_FREE[level]), "", ""))
    columns = (say("Question"), say("Choice"), say("People"), say("Of those who answered"))
    title = questionnaire.text(questionnaire.title, language)
    return Table(f"questionnaire_{questionnaire.key}", title, columns, tuple(rows))


_FREE = {
    Level.WORDS: N_("(own words)"),
    Level.QUANTITY: N_("(a number)"),
    Level.DAY: N_("(a day)"),
}


def _rows(item: Item, label: str, found: Tally, reading: ReportFacts) -> list[tuple[Cell, ...]]:
    """Return the choices of one question; the question itself is in its first row only."""
    say = reading.say
    few = found.base < SMALLEST
    people = [None] * len(found.counts) if few else people_shown(found)
    rows: list[tuple[Cell, ...]] = [
        (label if number == 0 else "", count.label, *people_cells(shown, found.base, say))
        for number, (count, shown) in enumerate(zip(found.counts, people, strict=True))
    ]
    if few or not rows:
        return rows
    more = []
    if found.ordered and not reading.outside:
        more.append(say("Median answer: {label}.", label=middle(found)))
        text = N_("Two lowest (here they are the good ones): {share}.")
        text = text if found.reversed else N_("Two highest: {share}.")
        more.append(say(text, share=counted(upper(found), found.base, say)))
        more.append(recommendation(found, say))
    note = base_note(found, reading, [text for text in more if text])
    # The note is below the question, beside its second choice.
    return (
        [rows[0], (note, *rows[1][1:]), *rows[2:]]
        if len(rows) > 1
        else [*rows, (note, "", "", "")]
    )


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
