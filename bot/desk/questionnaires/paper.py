"""A printable form of a questionnaire: numbered options, and the question to go to after an answer."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.desk.reports.reporting import draw
from surveys.bidi import direction
from surveys.days import month_text
from surveys.interview.paper import (
    END,
    LINE,
    Condition,
    PaperChoice,
    PaperQuestion,
    paper_questions,
)
from surveys.items.base import Shape
from surveys.questionnaire import Questionnaire
from surveys.wording import N_, Words
from surveys.workshop import Workshop

ONE = N_("Tick one.")
MANY = N_("Tick all that apply.")
SOME = N_("Tick at most {number}.")
GO_TO = N_("go to question {number}")
GO_TO_END = N_("go to the end")
ONLY = N_("Only if the answer to question {questions} is: {answers}")
NOT = N_("Not if the answer to question {questions} is: {answers}")
ONLY_AFTER = N_("Only if it follows from question {questions}.")
PLACE = N_("Administration: {administration}")
WORKSHOP = N_("Workshop: {workshop}")
DAY = N_("Date: {day}")


def draw_form(
    questionnaire: Questionnaire, language: str, workshop: Workshop | None, now: datetime
) -> bytes:
    """Return the form of a questionnaire in a language as a PDF; for one workshop, with its title."""
    words = Words(language)
    facts = _facts(workshop, language)
    asked = paper_questions(questionnaire, language, facts, now)
    data: dict[str, object] = {
        "language": language,
        "direction": direction(language),
        "title": questionnaire.text(questionnaire.title, language),
        "fields": list(_fields(words, workshop)),
        "notes": list(_notes(words)),
        "agree": words("I agree"),
        "questions": [_question(words, one) for one in asked],
        "thanks": words("Thank you."),
    }
    return draw("form.typ", data, now)


def _facts(workshop: Workshop | None, language: str) -> Mapping[tuple[str, str], str]:
    """Return what the questions may say; a line where it is not known."""
    names = ("title", "city", "starts_on", "ends_on", "ended_month")
    facts = {("workshop", name): LINE for name in names}
    facts |= {("participant", "name"): LINE, ("administration", "name"): LINE}
    if workshop is not None:
        facts["workshop", "title"] = workshop.title
        facts["workshop", "city"] = workshop.city
        facts["workshop", "ended_month"] = month_text(workshop.ends_on, language)
    return facts


def _fields(words: Words, workshop: Workshop | None) -> Iterator[str]:
    """Yield the lines to be filled in at the top."""
    yield words("Name: {name}", name=LINE)
    yield words(PLACE, administration=LINE)
    yield words(WORKSHOP, workshop=workshop.title if workshop else LINE)
    yield words(DAY, day=LINE)


def _notes(words: Words) -> Iterator[str]:
    """Yield what a person should know before agreeing, as in the chat."""
    yield words(
        "Only our staff see your answers. Reports only show groups of five people or more."
    )
    yield words("You can stop at any time. You can also ask us to delete your answers.")
    yield words("Please do not write details about cases or people.")


def _question(words: Words, one: PaperQuestion) -> dict[str, object]:
    return {
        "number": one.number,
        "heading": one.heading,
        "text": one.text,
        "hint": one.hint,
        "how": _how(words, one),
        "conditions": [_condition(words, condition) for condition in one.conditions],
        "numbered": one.numbered,
        "choices": [_choice(words, choice) for choice in one.choices],
        "lines": {Shape.TEXT: 3, Shape.NUMBER: 1}.get(one.shape, 0),
        "many": one.shape is Shape.PICK_MANY,
    }


def _choice(words: Words, choice: PaperChoice) -> dict[str, str]:
    leads = ""
    if choice.leads_to is not None:
        end = choice.leads_to == END
        leads = words(GO_TO_END) if end else words(GO_TO, number=str(choice.leads_to))
    return {"label": choice.label, "leads": leads}


def _how(words: Words, one: PaperQuestion) -> str:
    """Return how many choices may be ticked."""
    if one.shape is Shape.PICK_ONE:
        return words(ONE)
    if one.shape is not Shape.PICK_MANY:
        return ""
    return words(SOME, number=str(one.most)) if one.most else words(MANY)


def _condition(words: Words, condition: Condition) -> str:
    questions = words.listed(map(str, condition.questions))
    if not condition.answers:
        return words(ONLY_AFTER, questions=questions)
    answers = ", ".join(condition.answers)
    return words(ONLY if condition.only else NOT, questions=questions, answers=answers)
