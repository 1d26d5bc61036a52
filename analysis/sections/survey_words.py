"""The questions of one survey, and what one response says, in the words of the questionnaire."""

from datetime import date
from decimal import Decimal

from analysis.facts.responses import Response
from analysis.findings.survey import Survey
from analysis.measures.numbers import number_text, read_number
from analysis.measures.own_words import one_line
from analysis.sections.annex import printed
from surveys.bidi import POP, isolated, right_to_left
from surveys.days import span_text
from surveys.items import type_of
from surveys.items.base import Level
from surveys.questionnaire import Item
from surveys.wording import Words

TITLE = "${workshop_title}"
LEFT_TO_RIGHT = "\u2066"
OTHER = "other"


def label_of(survey: Survey, item: Item) -> str:
    """Return a question as it is printed, with the title of the workshop.

    What people wrote as another answer is named by the question to which it is one.
    """
    say, asked = survey.reading.say, survey.questionnaire
    question = asked.by_name.get(item.name.removesuffix(f"_{OTHER}"), item)
    other = next((one for one in asked.options(question) if one.name == OTHER), None)
    if other and question is not item and type_of(item.type).level is Level.WORDS:
        return say.beside([label_of(survey, question), asked.text(other.label, say.language)])
    title = str(survey.reading.frames.workshops["title"].iloc[0])
    return in_order(printed(asked.text(item.label, say.language).replace(TITLE, title)), say)


def in_order(text: str, say: Words) -> str:
    """Return a text of a questionnaire, which keeps its order where it is not translated."""
    return isolated(text, right_to_left(say.language))


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
        return value if number is None else number_in(number, say)
    if level is Level.DAY:
        return _day(value, say.language)
    return one_line(value) if level is Level.WORDS else _chosen(survey, item, value)


def number_in(number: Decimal, say: Words) -> str:
    """Return a number as it is printed; its sign stays before it in lines from right to left."""
    told = number_text(number)
    return f"{LEFT_TO_RIGHT}{told}{POP}" if number < 0 and right_to_left(say.language) else told


def _day(value: str, language: str) -> str:
    day = date.fromisoformat(value)
    return span_text(day, day, language)


def _chosen(survey: Survey, item: Item, value: str) -> str:
    say, asked, chosen = survey.reading.say, survey.questionnaire, value.split()
    labels = {o.name: asked.text(o.label, say.language) for o in asked.options(item)}
    order = [*(code for code in labels if code in chosen), *sorted(set(chosen) - set(labels))]
    return say.semicolon.join(labels.get(code, code) for code in order)
