"""What readers look up: abbreviations of Members, terms, and the questions as they were asked."""

from analysis.facts.responses import records
from analysis.findings.report_facts import ReportFacts
from analysis.model import Cell, Section, Table
from analysis.sections.annex import FREE, asked_questionnaires, printed
from surveys.items import type_of
from surveys.people import is_ldc
from surveys.planning.fiscal_year import FiscalYear
from surveys.questionnaire import Questionnaire
from surveys.wording import N_

TERMS = (
    (N_("Administration"), N_("The customs administration of a country or territory.")),
    (N_("Delegation"), N_("The people of one administration at one workshop.")),
    (N_("Attended"), N_("On the list of participants of a workshop.")),
    (N_("Replied"), N_("Answered half of the questions of a wave or more.")),
    (N_("Wave"), N_("One round of questions, such as six months after a workshop.")),
    (N_("Embedded"), N_("In a rule, a course, a unit, a budget or a system that is in force.")),
    (N_("Claimed"), N_("Somebody says so, and nothing else is known.")),
    (N_("Described"), N_("Somebody gives a title that can be looked up.")),
    (N_("Corroborated"), N_("Somebody else, in another role, says the same.")),
    (N_("Document seen"), N_("The office has seen the document itself.")),
    (N_("not shown"), N_("A number that would tell of fewer than five people.")),
    (
        N_("Fiscal year"),
        N_("1 July to 30 June. A workshop belongs to the year of its last day."),
    ),
)


def abbreviations(reading: ReportFacts, year: FiscalYear) -> Section:
    """Return the codes and names of all administrations, with their groups as the year began."""
    say = reading.say
    columns = (say("Abbreviation"), say("Administration"), say("Sub-region"), "SIDS", "LDC")
    rows: list[tuple[Cell, ...]] = [
        (
            str(one["code"]),
            reading.name_of(str(one["code"])),
            say(str(one["subregion"])) if one["subregion"] else "",
            say("yes") if one["sids"] else "",
            say("yes") if is_ldc(one["ldc"], year.first_day) else "",
        )
        for one in records(reading.frames.administrations)
    ]
    heading = say("Abbreviations of administrations")
    table = Table("abbreviations", heading, columns, tuple(rows))
    return Section("abbreviations", heading, tables=(table,), annex=True)


def glossary(reading: ReportFacts) -> Section:
    """Return the terms of the report with what they mean."""
    say = reading.say
    rows = tuple((say(term), say(meaning)) for term, meaning in TERMS)
    table = Table("glossary", say("Terms"), (say("Term"), say("Meaning")), rows)
    return Section("glossary", say("Glossary"), tables=(table,), annex=True)


def questions(reading: ReportFacts) -> Section:
    """Return the questions in full with their choices, without an answer."""
    tables = tuple(_questions(one, reading) for one in asked_questionnaires(reading))
    return Section(
        "questions", reading.say("Questions as they were asked"), tables=tables, annex=True
    )


def _questions(questionnaire: Questionnaire, reading: ReportFacts) -> Table:
    say, language = reading.say, reading.say.language
    rows = []
    for item in questionnaire.items:
        if label := printed(questionnaire.text(item.label, language)):
            choices = [
                questionnaire.text(one.label, language) for one in questionnaire.options(item)
            ]
            free = FREE.get(type_of(item.type).level)
            rows.append((label, say(free) if free else say.semicolon.join(choices)))
    title = questionnaire.text(questionnaire.title, language)
    columns = (say("Question"), say("Choices"))
    return Table(f"questions_{questionnaire.key}", title, columns, tuple(rows))
