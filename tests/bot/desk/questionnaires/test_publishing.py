"""What a correction of texts refuses, in words."""

import pytest

from bot.desk.questionnaires.publishing import correct_texts
from surveys.authoring.packaged import packaged_questionnaire
from surveys.problems import BadInput
from tests.bot.stage import Stage


async def test_a_list_that_no_question_asks_is_more_than_texts(stage: Stage) -> None:
    known = packaged_questionnaire("M6")
    lists = {**known.choices, "spare": next(iter(known.choices.values()))}
    told = known.model_copy(update={"choices": lists, "title": {**known.title, "en": "Another"}})
    write, office = stage.application.transactions.write, stage.application.office
    with pytest.raises(BadInput, match="other lists of choices"):
        await write(correct_texts, office, told, stage.now)
