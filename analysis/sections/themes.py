"""The themes of what people wrote in their own words, as readers of the office have marked them."""

from analysis.findings.printed_rows import Base, PrintedRows
from analysis.findings.report_facts import ReportFacts
from analysis.findings.theme_questions import (
    Coded,
    coded_questions,
    listed_themes,
    printed_name,
    theme_rows,
)
from analysis.measures.kappa import PAIRS
from analysis.measures.theme_agreement import TOGETHER, ThemeAgreement, agreement
from analysis.measures.themes import Term, code_book, marked
from analysis.model import Cell, Section, Table
from analysis.sections.annex import asked_questionnaires, printed
from analysis.sections.most_often import QUESTION_MARKS, most_often
from analysis.sections.survey_words import in_order
from analysis.sections.tallies import BARS, chart_of, printed_row, too_few, when_asked
from surveys.wording import N_, Words, sentences

MEANING = N_(
    "Readers of the office have marked what each answer is about, by the list of themes of the office. "
    "They count what people wrote, not how much the workshop contributed to it."
)
KAPPA = N_(
    "Two people have read these answers, and neither knew what the other had marked. Kappa is "
    "agreement beyond chance, from 1 (always) to 0 (as by chance) and below; it is told from {pairs} "
    "answers on."
)


def themes(reading: ReportFacts) -> Section:
    """Return the themes of each question of which answers were read, and what the themes mean."""
    say = reading.say
    tables = tuple(_table(one, reading) for one in coded_questions(reading))
    # Where no count is told, there is nothing that needs the meaning of the themes.
    told = any(one.rows for one in tables)
    return Section(
        "themes",
        say("Themes in their words"),
        tables=(*tables, _meanings(reading)) if told else tables,
        notes=(*((say(MEANING),) if told else ()), *(_undecided(reading) if tables else ())),
    )


def _table(asked: Coded, reading: ReportFacts) -> Table:
    say, found = reading.say, theme_rows(reading, asked)
    key, heading = f"themes_{asked.role}_{asked.item}", _heading(asked.item, reading)
    columns = (say("Theme"), say("People"), say("Of those whose answers were read"))
    if not found.rows:
        return Table(key, heading, columns, (), note=too_few(reading), chart=BARS)
    rows = tuple(printed_row(row, found.base, say) for row in found.rows)
    told = most_often(heading, found, say)
    return Table(
        key,
        heading,
        columns,
        rows,
        _note(found, reading),
        chart_of(found, BARS),
        found.base,
        *told,
    )


def _heading(item: str, reading: ReportFacts) -> str:
    """Return the question in the newest questionnaire that asks it."""
    for asked in reversed(asked_questionnaires(reading)):
        if item in asked.by_name:
            label = printed(asked.text(asked.by_name[item].label, reading.say.language))
            return in_order(_asked(label), reading.say) or item
    return item


def _asked(question: str) -> str:
    """Return a question without what is said after it."""
    ends = [question.index(mark) for mark in QUESTION_MARKS if mark in question]
    return question[: min(ends) + 1] if ends else question


def _note(found: PrintedRows, reading: ReportFacts) -> str:
    say, base = reading.say, str(found.base)
    read = say("The answers of {base} people were read.", base=base)
    if found.kind is Base.WITH_SILENT:
        read = say("People counted, including any who gave no answer: {base}.", base=base)
    several = say("An answer may have several themes.")
    return sentences([read, *when_asked(found, reading), several])


def _meanings(reading: ReportFacts) -> Table:
    """Return the definitions of the themes; the office sees their examples too."""
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for theme in listed_themes(reading):
        name, meaning = printed_name(theme, say), in_order(theme.content.definition, say)
        rows.append((name, meaning, *(() if reading.outside else (theme.content.example,))))
    example = () if reading.outside else (say("Example"),)
    columns = (say("Theme"), say("Meaning"), *example)
    return Table("code_book", say("List of themes"), columns, tuple(rows))


def _undecided(reading: ReportFacts) -> list[str]:
    """Return how many answers two have read differently, for the office only."""
    number = sum(one.undecided for one in reading.coded.values())
    if reading.outside or not number:
        return []
    said = reading.say.plural(
        "{number} answer is not counted yet: its readers differ, and nobody has decided.",
        "{number} answers are not counted yet: their readers differ, and nobody has decided.",
        number,
    )
    return [said]


def readers(reading: ReportFacts) -> Section:
    """Return how far two readers agree on the themes; nothing for readers outside."""
    say, frames = reading.say, reading.frames
    book = code_book(frames)
    found = () if reading.outside else agreement(marked(frames).values(), book)
    heads = (
        N_("Theme"),
        N_("Both readers"),
        N_("First reader only"),
        N_("Second reader only"),
        N_("Neither"),
        N_("Answers"),
        N_("Kappa"),
    )
    rows = tuple(_row(one, book, say) for one in found)
    table = Table("readers", say("Agreement of readers"), tuple(map(say, heads)), rows)
    notes = (say(KAPPA, pairs=str(PAIRS)),) if rows else ()
    tables = (table,) if rows else ()
    return Section("readers", say("Agreement of readers"), tables=tables, notes=notes, annex=True)


def _row(one: ThemeAgreement, book: tuple[Term, ...], say: Words) -> tuple[Cell, ...]:
    names = {term.theme.code: printed_name(term.theme, say) for term in book}
    name = say("All themes together") if one.theme == TOGETHER else names[one.theme]
    counts = (one.both, one.only_first, one.only_second, one.neither, one.texts)
    return (name, *counts, "–" if one.kappa is None else f"{one.kappa:.2f}")
