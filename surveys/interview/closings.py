"""What a questionnaire tells the person after the last answer, beyond the thanks.

To add one: write a function of the interview, and add a line to `CLOSINGS`. It changes nothing.
"""

from collections.abc import Callable, Mapping

from surveys.interview import ipr
from surveys.interview.answers import Interview
from surveys.interview.route import label_of
from surveys.wording import N_, Remark, Words

LOW_NUMBERS_FIRST = N_(
    "Our advice: start with the lowest numbers. You can work on several at the same "
    "time. Your order: {order}."
)
THEN_AND_NOW = N_("Since last time, you have made progress in: {numbers}.")
LESS_NOW = N_("Less is in place than last time in: {numbers}.")


def closing(interview: Interview) -> tuple[Remark, ...]:
    """The remarks after the last answer, in order; () for most questionnaires."""
    of = CLOSINGS.get(interview.questionnaire.key)
    return of(interview) if of else ()


def _ipr(interview: Interview) -> tuple[Remark, ...]:
    values = interview.values
    advice = ipr.advise(values, interview.language)
    found = list(advice.warnings)
    if advice.order:
        item = interview.questionnaire.by_name["actions"]
        # Codes stand in the order of the list, which is that of the categories.
        order = label_of(interview, item, " ".join(f"k{number}" for number in advice.order))
        found.insert(0, Remark(LOW_NUMBERS_FIRST, {"order": order}))
    before = interview.earlier.get(ipr.KEY)
    if before is not None:
        listed = Words(interview.language).listed
        better = ipr.improved(before.values, values)
        less = ipr.lessened(before.values, values)
        found += [
            Remark(text, {"numbers": listed(map(str, numbers))})
            for text, numbers in ((THEN_AND_NOW, better), (LESS_NOW, less))
            if numbers
        ]
    return tuple(found)


CLOSINGS: Mapping[str, Callable[[Interview], tuple[Remark, ...]]] = {ipr.KEY: _ipr}
"""The closings by the key of their questionnaire."""
