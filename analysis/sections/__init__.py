"""The sections of the report in their order. To add one: write its function, add its line here."""

from collections.abc import Callable

from analysis.model import Section
from analysis.reading import Reading
from analysis.sections.answers import effects, obstacles, suggestions
from analysis.sections.fieldwork import fieldwork, places
from analysis.sections.practice import anchors, moves, stages

RESULTS: tuple[Callable[[Reading], Section], ...] = (
    stages,
    moves,
    anchors,
    effects,
    suggestions,
    obstacles,
    places,
)
"""Sections with results, left out below five answers."""

ALWAYS: tuple[Callable[[Reading], Section], ...] = (fieldwork,)
"""Sections that say nothing of any answer."""
