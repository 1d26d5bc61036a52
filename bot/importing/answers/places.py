"""The administrations of rows without a person, as far as a column tells them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.importing.answers.told import Told
from bot.importing.rows.countries import choices_for, country_code, country_in
from bot.importing.rows.open_questions import Answers, Choice, Question
from surveys.people import Administration

NOT_TOLD = "not told"


@dataclass
class Places:
    """The administration of each row by its number, None if it is not told; and what is asked."""

    codes: dict[int, str | None] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)


def places_of(
    told: Sequence[Told],
    owners: Mapping[int, int | None],
    known: Mapping[str, Administration],
    answers: Answers,
) -> Places:
    """Return the administrations of the rows without a person; unknown words are asked about once."""
    found = Places()
    asked: set[str] = set()
    for one in told:
        if owners.get(one.number, 0) is not None:
            continue
        text = one.administration
        answer = answers.get(f"administration {text}", "")
        code = country_code(text, known) or country_in(text, known)
        code = answer if answer in known else code
        found.codes[one.number] = code if code in known else None
        if text and code not in known and answer != NOT_TOLD and text not in asked:
            asked.add(text)
            found.questions.append(_question(text, known))
    return found


def _question(text: str, known: Mapping[str, Administration]) -> Question:
    choices = [one for one in choices_for(text, known) if one.value in known]
    nothing = Choice("Not told", NOT_TOLD)
    words = f'Which administration is "{text}"?'
    return Question(f"administration {text}", words, (*choices, nothing), any_administration=True)
