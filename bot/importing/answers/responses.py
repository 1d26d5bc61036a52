"""The respondents of a table as responses to store: their answers, and how complete they are."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from bot.importing.answers.reading import ReadTable
from bot.importing.answers.targets import OTHER
from bot.importing.answers.told import Told
from storage.responses.earlier_answers import NewResponse
from surveys.interview.answers import Answer, AnswerState
from surveys.planning.dispositions import CaseFacts, final_disposition
from surveys.questionnaire import Questionnaire

NO_LANGUAGE = "und"
"""The language of answers whose language nobody has told."""


def responses_of(
    found: ReadTable,
    owners: Mapping[int, int | None],
    places: Mapping[int, str | None],
    questionnaire: Questionnaire,
) -> tuple[NewResponse, ...]:
    """Return the responses of the rows that are not left out.

    A question with a condition counts as asked where it was answered: what else the table would have
    had to ask, nobody can tell.
    """
    always = {
        name
        for name in found.items
        if not questionnaire.by_name[name].relevant and not name.endswith(f"_{OTHER}")
    }
    return tuple(
        _response(one, owners[one.number], places.get(one.number), always)
        for one in found.told
        if one.number in owners
    )


def _response(one: Told, owner: int | None, place: str | None, always: set[str]) -> NewResponse:
    given = {name for name, value in one.values.items() if value}
    asked = len(always | given)
    whole = len(given) >= asked
    facts = CaseFacts(
        started_at=one.begun_at,
        completed_at=one.at if whole else None,
        answered=len(given),
        asked=asked,
    )
    disposition, _ = final_disposition(facts)
    return NewResponse(
        one.number,
        owner,
        tuple(_answers(one)),
        asked,
        len(given),
        disposition,
        one.begun_at,
        facts.completed_at,
        place,
        tuple((_answer(each.item, each.value, each.at), each.replaced_at) for each in one.earlier),
    )


def _answers(one: Told) -> Iterator[Answer]:
    for item, value in one.values.items():
        yield _answer(item, value, one.moment(item))


def _answer(item: str, value: str, at: datetime) -> Answer:
    state = AnswerState.ANSWERED if value else AnswerState.SKIPPED
    return Answer(item, value, state, NO_LANGUAGE, at)
