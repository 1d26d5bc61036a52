"""The sections of the report in order. To add one: write its function, add its line here.

`CONTENTS` are the chapters of the long formats; the first six are those of the office's series of
follow-up reports, in their order.
"""

from collections.abc import Callable

from analysis.findings.report_facts import ReportFacts
from analysis.model import Section
from analysis.sections.actions import actions, planned, suggestions
from analysis.sections.agreement import sources
from analysis.sections.anchors import anchors
from analysis.sections.annex import questionnaires
from analysis.sections.answers import effects, obstacles, projects
from analysis.sections.deeds import deeds
from analysis.sections.fieldwork import fieldwork, places
from analysis.sections.improvement import improvement
from analysis.sections.item_response import item_response
from analysis.sections.lasting import lasting
from analysis.sections.levels import levels
from analysis.sections.needs import needs
from analysis.sections.nonresponse import nonresponse
from analysis.sections.one_page import sure
from analysis.sections.operations import operations
from analysis.sections.plans import plans
from analysis.sections.practice import moves, stages
from analysis.sections.quotes import words
from analysis.sections.ranges import ranges
from analysis.sections.response_rates import rates
from analysis.sections.stage_table import stage_table
from analysis.sections.themes import readers, themes
from analysis.sections.workshops import workshops
from surveys.wording import N_

Maker = Callable[[ReportFacts], Section]

RESULTS: dict[str, Maker] = {
    "stages": stages,
    "moves": moves,
    "deeds": deeds,
    "anchors": anchors,
    "lasting": lasting,
    "stage_table": stage_table,
    "actions": actions,
    "suggestions": suggestions,
    "commitments": planned,
    "plans": plans,
    "effects": effects,
    "improvement": improvement,
    "projects": projects,
    "obstacles": obstacles,
    "needs": needs,
    "words": words,
    "themes": themes,
    "levels": levels,
    "places": places,
    "nonresponse": nonresponse,
    "item_response": item_response,
    "sources": sources,
    "readers": readers,
    "ranges": ranges,
    "sure": sure,
    "questionnaires": questionnaires,
}
"""Sections with results by their keys, left out below five answers."""

ALWAYS: dict[str, Maker] = {
    "fieldwork": fieldwork,
    "rates": rates,
    "workshops": workshops,
    "operations": operations,
}
"""Sections that contain no answer; an empty one is left out."""

CONTENTS: tuple[tuple[str, tuple[str, ...]], ...] = (
    (N_("Responses"), ("workshops", "fieldwork", "places", "nonresponse")),
    (
        N_("Follow-up actions taken by participants"),
        ("actions", "suggestions", "commitments", "plans"),
    ),
    (
        N_("Application of lessons in the administration"),
        ("stages", "moves", "deeds", "anchors", "lasting"),
    ),
    (N_("Direct effects"), ("effects",)),
    (N_("Perceived improvement in efficiency and effectiveness"), ("improvement",)),
    (N_("Modernisation projects"), ("projects", "titles")),
    (N_("Your administration"), ("own",)),
    (N_("Stage table"), ("stage_table",)),
    (N_("Obstacles and needs"), ("obstacles", "needs")),
    (N_("Operation results"), ("operations",)),
    (N_("By workshop, donor, kind and sub-region"), ("groups",)),
    (N_("Over the fiscal years"), ("trend",)),
    (N_("Stories"), ("stories",)),
    (N_("In their words"), ("words", "themes")),
    (N_("Evaluation levels and criteria"), ("levels",)),
    (N_("Conclusions and recommendations"), ("conclusions", "recommendations", "sure", "next")),
    (N_("Annex: abbreviations of administrations"), ("abbreviations",)),
    (N_("Annex: glossary"), ("glossary",)),
    (N_("Annex: questions"), ("questions",)),
    (
        N_("Annex: response and sources"),
        ("rates", "item_response", "sources", "readers", "ranges"),
    ),
    (N_("Annex: questionnaires and answers"), ("questionnaires",)),
)
