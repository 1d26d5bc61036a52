"""The questions of one survey, and what one response says, in the words of the questionnaire."""

from datetime import date

from analysis.facts.responses import Response
from analysis.findings.survey import Survey
from analysis.measures.numbers import number_text, read_number
from analysis.measures.own_words import one_line
from analysis.sections.annex import printed
from surveys.days import span_text
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item

TITLE = "${workshop_title}"
OTHER = "other"


def label_of(survey: Survey, item: Item) -> str:
    """Return a question as it is printed, with the title of the workshop.

    What people wrote as another answer is named by the question to which it is one.
    """
    say, asked = survey.reading.say, survey.questionnaire
    chosen_from = asked.by_name.get(item.name.removesuffix(f"_{OTHER}"))
    other = [o for o in asked.options(chosen_from) if o.name == OTHER] if chosen_from else []
    if other and chosen_from is not item and chosen_from is not None:
        return say.beside(
            [label_of(survey, chosen_from), asked.text(other[0].label, say.language)]
        )
    title = str(survey.reading.frames.workshops["title"].iloc[0])
    return printed(asked.text(item.label, say.language).replace(TITLE, title))


def was_asked(survey: Survey, item: Item) -> bool:
    """Return whether the question was on the way of anybody who has answered."""
    return any(_is_known(item, one) for one in survey.found)


def _is_known(item: Item, one: Response) -> bool:
    return item.name in one.values or item.name in one.skipped or item.name in one.deleted


def in_words(survey: Survey, item: Item, one: Response) -> str:
    """Return what one response says to a question; options in the order of their list."""
    say, value = survey.reading.say, one.values.get(item.name, "")
    if not value:
        return say("Skipped") if item.name in one.skipped else "–"
    level = type_of(item.type).level
    if level is Level.QUANTITY:
        number = read_number(value)
        return value if number is None else number_text(number)
    if level is Level.DAY:
        return _day(value, say.language)
    return one_line(value) if level is Level.WORDS else _chosen(survey, item, value)


def _day(value: str, language: str) -> str:
    day = date.fromisoformat(value)
    return span_text(day, day, language)


def _chosen(survey: Survey, item: Item, value: str) -> str:
    say, asked, chosen = survey.reading.say, survey.questionnaire, value.split()
    labels = {o.name: asked.text(o.label, say.language) for o in asked.options(item)}
    order = [*(code for code in labels if code in chosen), *sorted(set(chosen) - set(labels))]
    return say.semicolon.join(labels.get(code, code) for code in order)
