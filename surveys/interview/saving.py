"""The result of a move, and saving an answer: what is stored, what is cleared, what is said of it."""

from dataclasses import dataclass, replace

from surveys.expressions import compile_expression
from surveys.interview.answers import Answer, Interview
from surveys.interview.questions import current
from surveys.interview.route import beyond_bounds, refusal
from surveys.wording import N_, Remark

REMOVED = N_("Earlier answers that do not fit any more were removed: {number}.")
DOUBTFUL = N_("This may not fit your answer to question {number}. Both are stored.")


@dataclass(frozen=True)
class Step:
    """The result of a move: the interview after it, what to save, and a remark for the next card.

    `saved` are new or changed answers, `replaced` names among them that had an answer before, `cleared`
    names of answers to delete; both go to the history. `changeable` names an answered item whose old
    button was used; `completed` is True once. `news` is the part of the remark about other answers,
    which is said after the last question too.
    """

    interview: Interview
    saved: tuple[Answer, ...] = ()
    cleared: tuple[str, ...] = ()
    remark: Remark | None = None
    changeable: str | None = None
    completed: bool = False
    replaced: tuple[str, ...] = ()
    news: Remark | None = None


def is_stored(interview: Interview, answer: Answer) -> bool:
    """Return whether the same answer is stored already."""
    before = interview.answers.get(answer.item)
    return before is not None and (before.value, before.state) == (answer.value, answer.state)


def kept(interview: Interview, remark: Remark | None = None) -> Step:
    """Keep the answer that is stored, and go on."""
    return Step(replace(interview, position=None, draft=None), remark=remark)


def saved(interview: Interview, answer: Answer, remark: Remark | None = None) -> Step:
    """Return the interview with the answer, without answers that no longer fit, completed if it is."""
    answers = {**interview.answers, answer.item: answer}
    after = replace(interview, answers=answers, position=None, draft=None)
    cleared: list[str] = []
    while gone := after.route.gone:
        cleared += gone
        stay = {name: given for name, given in after.answers.items() if name not in gone}
        after = replace(after, answers=stay)
    completed = after.completed_at is None and current(after) is None
    if completed:
        after = replace(after, completed_at=after.now)
    replaced = (answer.item,) if answer.item in interview.answers else ()
    news = _joined([_removed(cleared), _doubt(interview, after, answer.item)])
    return Step(
        after,
        (answer,),
        tuple(cleared),
        _joined([remark, news]),
        completed=completed,
        replaced=replaced,
        news=news,
    )


def _removed(cleared: list[str]) -> Remark | None:
    return Remark(REMOVED, {"number": str(len(cleared))}) if cleared else None


def _doubt(before: Interview, after: Interview, given: str) -> Remark | None:
    """Return a remark about the first stored answer that would be refused only now."""
    for name, value in after.values.items():
        doubted = name != given and _reads_others(after, name)
        if doubted and not _refused(before, name, value) and _refused(after, name, value):
            number = str(after.route.asked.index(name) + 1)
            return Remark(DOUBTFUL, {"number": number})
    return None


def _reads_others(interview: Interview, name: str) -> bool:
    constraint = interview.questionnaire.by_name[name].constraint
    return bool(constraint and compile_expression(constraint).references)


def _refused(interview: Interview, name: str, value: str) -> bool:
    item = interview.questionnaire.by_name[name]
    return refusal(interview, interview.route, item, value) is not None


def _joined(remarks: list[Remark | None]) -> Remark | None:
    """Return several remarks as one; each is said after the one before."""
    whole = None
    for remark in reversed(remarks):
        if remark is not None:
            whole = replace(remark, also=whole)
    return whole


def beyond_of(done: Step) -> tuple[str, ...]:
    """Return the items whose expressions go beyond their bounds, after a step."""
    interview = done.interview
    judged = {answer.item: answer.value for answer in done.saved}
    asked = current(interview)
    if asked is not None:
        judged.setdefault(asked, "")
    found = list(interview.route.beyond)
    for name, value in judged.items():
        item = interview.questionnaire.by_name[name]
        if beyond_bounds(interview, interview.route, item, value):
            found.append(name)
    return tuple(dict.fromkeys(found))
