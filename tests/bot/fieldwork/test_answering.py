"""Saving a step: organisers are told of an expression that goes beyond its bounds."""

from datetime import timedelta

from sqlalchemy import select

from storage.instruments.questionnaires import publish
from storage.schema import notices
from surveys.authoring.reading import read_questionnaire
from tests.bot.stage import Stage

DOUBLED = """
spec: 1
key: M6
title: Six months after the workshop
survey:
  - {type: text, name: first, label: "What has changed?", parameters: {max: 4000}}
  - {type: calculate, name: twice, calculation: "concat(${first}, ${first})"}
  - {type: text, name: second, label: "You wrote: ${twice}. Anything else?"}
  - {type: text, name: third, label: "And then?"}
"""
FOUR = "concat(${first}, ${first}, ${first}, ${first})"


async def test_a_text_that_is_too_long_is_empty_and_organisers_are_told_once(stage: Stage) -> None:
    checked = read_questionnaire(DOUBLED, "test.yaml")
    # As it was published before the check measured texts.
    items = [
        item.model_copy(update={"calculation": FOUR}) if item.name == "twice" else item
        for item in checked.items
    ]
    older = checked.model_copy(update={"items": tuple(items)})
    await stage.application.transactions.write(publish, older, stage.now)
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    await ada.types("x" * 3_000)
    assert "You wrote: . Anything else?" in ada.text
    await ada.types("No")
    stage.now += timedelta(hours=1)
    await ada.types("Nothing")
    assert "That was the last question" in ada.text
    assert set(await stage.answers(ada, "M6")) == {"first", "second", "third"}
    told = [row for row in await stage.rows(select(notices)) if "twice" in row.text]
    assert sorted(row.identifier for row in told) == ["901", "902", "904"]
    assert {row.text for row in told} == {
        "M6 version 2: an expression of twice makes a text that is too long, or is too much work."
        " It counts as empty, and the questionnaire goes on. Correct it, and publish a new version."
    }
