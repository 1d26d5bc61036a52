"""Playing a questionnaire in the browser with an invented person, in any of its languages.

Nothing is stored: the answers so far travel in the form, so any process and any window can go on.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from bot.desk.waves.invented_cases import INVENTED, invented_case
from bot.staff_chat.rehearsed_interview import sample_facts
from bot.web.desk.pages.draft import draft_of
from bot.web.desk.pages.questionnaire import newest_of
from bot.web.desk.pages.questionnaires import draft_address, questionnaire_address
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Form, Screen, Visit
from bot.wording.answers_card import answers_given
from bot.wording.cards import Asking
from storage.office.staff import StaffRole
from surveys.bidi import direction
from surveys.interview.facts import facts_for
from surveys.interview.interview import (
    BACK_LABEL,
    SKIP_LABEL,
    Answer,
    AnswerState,
    Back,
    Change,
    Fill,
    Interview,
    Move,
    Skip,
    Step,
    current,
    question,
    step,
)
from surveys.items.file_shown import SEND
from surveys.names import language_name
from surveys.questionnaire import Questionnaire
from surveys.wording import Words

ORGANISER = StaffRole.ORGANISER
Facts = Mapping[tuple[str, str], str]
MOST_ANSWERS = 500
MOVES: Mapping[str, Callable[[str, tuple[str, ...]], Move]] = {
    "fill": Fill,
    "back": lambda item, values: Back(item),
    "skip": lambda item, values: Skip(item),
    "change": lambda item, values: Change(item),
}
"""What the buttons of the page mean."""


@dataclass(frozen=True)
class Played:
    """A questionnaire that is played, the page that it belongs to, and what its texts quote."""

    questionnaire: Questionnaire
    back: str
    facts: Callable[[str], Facts] = sample_facts


Source = Callable[[Visit], Awaitable[Played]]


async def _published(visit: Visit) -> Played:
    found = await newest_of(visit)
    return Played(found, questionnaire_address(found.key))


async def _draft(visit: Visit) -> Played:
    draft = await draft_of(visit)
    return Played(draft.questionnaire, draft_address(draft.id))


async def _wave(visit: Visit) -> Played:
    """Return what a wave asks, with its invented person."""
    code, key = visit.place["code"], visit.place["key"]
    found = (visit.office, code, key, visit.now)
    questionnaire, file = await visit.read(invented_case, *found)

    def facts(language: str) -> Facts:
        return facts_for(file.participant, file.workshop, file.administration, language)

    return Played(questionnaire, wave_address(code, key), facts)


def _show(source: Source) -> Callable[[Visit], Awaitable[Screen]]:
    async def show(visit: Visit) -> Screen:
        """Show the first question, in the language of the query if it is translated."""
        played = await source(visit)
        return _screen(played, Step(_begun(visit, played, visit.query.get("language", ""))))

    return show


def _go_on(source: Source) -> Callable[[Visit, Form], Awaitable[Screen]]:
    async def go_on(visit: Visit, form: Form) -> Screen:
        """Make the move of a button, and show what comes next."""
        played = await source(visit)
        interview = _restored(_begun(visit, played, form.text("language")), form)
        move = _move(interview, form)
        done = step(interview, move) if move else Step(interview)
        refused = done.remark is not None and current(done.interview) == current(interview)
        typed = form.all("value") if refused and isinstance(move, Fill) else None
        return _screen(played, done, typed)

    return go_on


def _begun(visit: Visit, played: Played, language: str) -> Interview:
    questionnaire = played.questionnaire
    if language not in questionnaire.languages:
        language = questionnaire.default_language
    now = visit.now.astimezone(visit.zone)
    facts = played.facts(language)
    return Interview(questionnaire, now, language, facts=facts, asks_files=True)


def _restored(interview: Interview, form: Form) -> Interview:
    """Return the interview with the answers that the form carries; what does not fit is left out."""
    try:
        carried = json.loads(form.text("played") or "{}")
        told = [(str(name), str(value), AnswerState(state)) for name, value, state in carried]
    except (ValueError, TypeError):
        return interview
    answers = {
        name: Answer(name, value, state, interview.language, interview.now)
        for name, value, state in told[:MOST_ANSWERS]
        if name in interview.questionnaire.by_name
    }
    return replace(interview, answers=answers, position=form.text("position") or None)


def _move(interview: Interview, form: Form) -> Move | None:
    """Return the move of the button that was pressed; None for one that only switches language."""
    make, item = MOVES.get(form.text("move")), form.text("item")
    if make is None or item not in interview.questionnaire.by_name:
        return None
    return make(item, form.all("value"))


def _carried(interview: Interview) -> str:
    return json.dumps([(one.item, one.value, one.state) for one in interview.answers.values()])


def _screen(played: Played, done: Step, typed: tuple[str, ...] | None = None) -> Screen:
    """Return the page: the question with the answer given before, or the answers at the end."""
    interview = done.interview
    asked, words = question(interview), Words(interview.language)
    before = (asked.value.split() if asked.choices else (asked.value,)) if asked else ()
    languages = interview.questionnaire.languages
    data = {
        "asked": asked,
        "values": before if typed is None else typed,
        "remark": words.remark(done.remark) if done.remark else "",
        "news": words.remark(done.news) if done.news else "",
        "given": [] if asked else _given(interview),
        "played": _carried(interview),
        "position": interview.position or "",
        "language": interview.language,
        "direction": direction(interview.language),
        "languages": [(code, language_name(code)) for code in languages],
        "labels": _labels(words),
        "back": played.back,
    }
    questionnaire = interview.questionnaire
    title = questionnaire.text(questionnaire.title, "en")
    return Screen("playing.html", f"Playing: {title}", data)


def _given(interview: Interview) -> list[tuple[str, int, str, str]]:
    """Return item, number, question and answer of each answer."""
    shown = {one.number: one for one in answers_given(Asking(INVENTED, interview))}
    return [
        (name, number, shown[number].asked, shown[number].told)
        for number, name in enumerate(interview.route.asked, 1)
        if number in shown
    ]


def _labels(words: Words) -> dict[str, str]:
    return {
        "next": words("Continue"),
        "kinds": words.remark(SEND),
        "back": words(BACK_LABEL),
        "skip": words(SKIP_LABEL),
        "change": words("Change it"),
        "thanks": words("Thank you. That was the last question. Nothing was saved."),
    }


PAGES = tuple(
    DeskPage(path, ORGANISER, _show(source), {"go": DeskAct(ORGANISER, _go_on(source))})
    for path, source in (
        ("/questionnaires/{key}/play", _published),
        ("/questionnaires/drafts/{number}/play", _draft),
        ("/workshops/{code}/waves/{key}/play", _wave),
    )
)
