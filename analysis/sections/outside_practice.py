"""Stages, moves and anchors for readers outside the office: only rows that rest on enough people."""

from analysis.disclosure.question import BLANK, Kind, Row, Telling
from analysis.disclosure.small_groups import HIDDEN, NEARLY_ALL, PROTECTED
from analysis.figures import counted
from analysis.findings.outside_headlines import EMBEDDED, kinds_told, published, stages_told
from analysis.findings.place_questions import moves_question, pipeline_question
from analysis.findings.printed_rows import spanned
from analysis.findings.published import Told
from analysis.findings.report_facts import ReportFacts
from analysis.findings.splits import split_of
from analysis.measures.change import ADDING_UP, compared, stages_by_wave
from analysis.measures.scales import MOVES, direction
from analysis.measures.vocabulary import KINDS as KIND_NAMES
from analysis.measures.vocabulary import STAGES, WAVES
from analysis.model import Cell, Section, Table
from surveys.wording import N_, Words


def stages(reading: ReportFacts) -> Section:
    """Return how many are on which stages, neighbouring ones together where few are on one."""
    say, told = reading.say, stages_told(reading)
    rows = tuple((_stages(row, say), *_cells(row, told, say)) for row in told.rows)
    note = _base(told, reading) if rows else say(PROTECTED)
    columns = (say("Stage"), _unit(reading), say("Of those counted"))
    heading = (
        say("How far people are") if reading.by_person else say("How far administrations are")
    )
    nearly = any(row.telling is Telling.NEARLY_ALL for row in told.rows)
    chart = "" if nearly or not rows else "bars"
    table = Table("stages", say("Stages"), columns, rows, note, chart, told.base)
    return Section("stages", heading, tables=(table,))


def _stages(row: Row, say: Words) -> str:
    """Return the name of neighbouring stages; those without a known stage stand below all."""
    names = [_stage(code, say) for code in row.codes if code != BLANK]
    if not names:
        return say("Stage not known")
    text = spanned(names, say)
    return say("{answer}, or stage not known", answer=text) if BLANK in row.codes else text


def _stage(code: str, say: Words) -> str:
    """Return the name of a stage; the highest one is told apart by its evidence."""
    if code == "claimed":
        return say("5 Embedded, claimed only")
    if code == EMBEDDED:
        return say("5 Embedded, described or verified")
    return f"{code[1]} {say(STAGES[int(code[1])])}"


def moves(reading: ReportFacts) -> Section:
    """Return the moves of the same administrations between waves."""
    say = reading.say
    steps = compared(stages_by_wave(reading.sets))
    rows = tuple(_move(reading, earlier, later) for earlier, later in steps)
    columns = (say("Between"), say("Up"), say("Same"), say("Down"), say("In both"), say("Summary"))
    return Section(
        "moves",
        say("Change in the same people")
        if reading.by_person
        else say("Change in the same administrations"),
        tables=(Table("moves", say("Changes"), columns, rows, say(ADDING_UP) if rows else ""),),
    )


def _move(reading: ReportFacts, earlier: str, later: str) -> tuple[Cell, ...]:
    say, hidden = reading.say, reading.say(HIDDEN)
    told = published(reading).of_places(
        lambda readings: moves_question(readings, earlier, later), "moves", earlier, later
    )
    found = split_of(told)
    down, same, up = (found.count(code) for code in MOVES)
    words = hidden if up is None or down is None else direction(up, down, say)
    shown = (hidden if count is None else count for count in (up, same, down, found.base))
    between = say("{earlier} to {later}", earlier=say(WAVES[earlier]), later=say(WAVES[later]))
    return (between, *shown, words)


def anchors(reading: ReportFacts) -> Section:
    """Return the kinds of anchors in force and in preparation."""
    say = reading.say
    coming = published(reading).of_places(pipeline_question, "pipeline")
    tables = (
        _kinds("anchors", say("In force"), kinds_told(reading), reading),
        _kinds("pipeline", say("In preparation"), coming, reading),
    )
    return Section("anchors", say("What is in force"), tables=tables)


def _kinds(key: str, heading: str, told: Told, reading: ReportFacts) -> Table:
    say = reading.say
    rows: list[tuple[Cell, ...]] = []
    for row in told.rows:
        if len(row.codes) == 1:
            rows.append((say(KIND_NAMES[row.codes[0]]), *_cells(row, told, say)))
        else:
            rows += [(say(KIND_NAMES[code]), say(HIDDEN), say(HIDDEN)) for code in row.codes]
            if row.telling is not Telling.NOTHING:
                rows.append((say("At least one of those not shown"), *_cells(row, told, say)))
    note = _base(told, reading) if rows else say(PROTECTED)
    columns = (say("Kind"), _unit(reading), say("Of those counted"))
    nearly = any(row.telling is Telling.NEARLY_ALL for row in told.rows)
    chart = "" if nearly or not rows else "bars"
    return Table(key, heading, columns, tuple(rows), note, chart, told.base)


def _cells(row: Row, told: Told, say: Words) -> tuple[Cell, Cell]:
    if row.telling is Telling.COUNT:
        return row.units, counted(row.units, told.base, say)
    text = say(NEARLY_ALL) if row.telling is Telling.NEARLY_ALL else say(HIDDEN)
    return text, text


def _unit(reading: ReportFacts) -> str:
    return reading.say("People") if reading.by_person else reading.say("Administrations")


def _base(told: Told, reading: ReportFacts) -> str:
    texts = {
        (False, False): N_("Administrations counted: {number}."),
        (False, True): N_("People counted: {number}."),
        (True, False): N_(
            "Administrations counted: {number}. One administration can have several kinds."
        ),
        (True, True): N_("People counted: {number}. One person can report several kinds."),
    }
    text = texts[told.question.kind is Kind.SEVERAL, reading.by_person]
    return reading.say(text, number=str(told.base))
