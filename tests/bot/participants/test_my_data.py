"""People see what is stored about them, take it with them, and have it deleted; new accounts."""

import json

import pytest

from storage.people.participants import set_language
from storage.schema import addresses, answers, participants
from tests.bot.stage import Stage


async def test_a_person_sees_their_answers_in_words_and_takes_a_copy(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    await ada.types("/mydata")
    assert "Addresses: chat: 10…1" in ada.text
    assert "1 answer is stored." in ada.text
    await ada.taps("Show my answers")
    assert "– Are you still in the same job as in December 2017?\n   Same job" in ada.text
    await ada.taps("‹ Back", "Send me a copy as a file")
    file = stage.messenger.files[-1]
    held = json.loads(file.content)
    assert file.name == "my-data.json"
    assert held["name"] == "Ada Vea"
    told = held["workshops"][0]["questionnaires"][0]["answers"]
    assert [one["answer"] for one in told] == ["Same job"]


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("zh", "Combating counterfeiting and piracy for Oceania，Suva（汤加）：尚未同意"),
        (
            "fa",
            "\u2068Combating counterfeiting and piracy for Oceania\u2069، \u2068Suva\u2069 (تونگا): "
            "هنوز موافقت نشده",
        ),
    ],
)
async def test_a_workshop_is_named_with_the_signs_of_the_language(
    stage: Stage, language: str, place: str
) -> None:
    ada = await stage.enrol("Ada Vea")
    await stage.application.transactions.write(set_language, ada.participant_id, language)
    await ada.joins()
    await ada.types("/mydata")
    assert place in ada.text.splitlines()


async def test_sentences_in_chinese_have_no_space_between_them(stage: Stage) -> None:
    ada = await stage.enrol("Ada Vea")
    await stage.application.transactions.write(set_language, ada.participant_id, "zh")
    await ada.joins()
    await ada.taps("我同意")
    assert ada.text.startswith("谢谢。目前我们没有问题要问您。下一份问卷")


async def test_deleting_asks_once_and_then_nothing_is_left_but_a_stranger(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    await ada.types("/mydata")
    await ada.taps("Delete my data")
    assert ada.labels[:2] == [
        "Delete everything and my answers",
        "Keep my answers, without my name",
    ]
    assert await stage.rows(addresses.select()) != []
    await ada.taps("Delete everything and my answers")
    assert ada.text.startswith("Done. Your name, your addresses and your answers are deleted.")
    assert await stage.rows(addresses.select()) == await stage.rows(answers.select()) == []
    assert [row.name for row in await stage.rows(participants.select())] == [""]
    await ada.types("hello")
    assert "We do not know this chat yet." in ada.text
    await ada.joins()
    assert "We do not know this code." in ada.text


async def test_answers_are_kept_without_a_name_when_the_person_says_so(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    await ada.types("/stop")
    await ada.types("/mydata")
    await ada.taps("Delete my data", "Keep my answers, without my name")
    assert "Your other answers are kept without your name." in ada.text
    assert [(row.item, row.value) for row in await stage.rows(answers.select())] == [
        ("job", "same")
    ]
    assert await stage.rows(addresses.select()) == []


async def test_c09_a_new_account_waits_for_the_office_and_then_replaces_the_old_one(
    stage: Stage,
) -> None:
    eva = stage.visitor("Eva", "901")
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start", "Same job")
    new = stage.visitor("Ada's new phone", "555")
    await new.types(f"/start {ada.codes['IPR-OC-2017']}")
    assert "wait until the office agrees" in new.text
    assert "Ada" not in new.text
    await new.types("hello")
    assert "We do not know this chat yet." in new.text
    await stage.fieldwork_round()
    assert any("/relink" in message.card.text for message in eva.screen)
    await eva.types("/relink")
    assert eva.sees("1. Ada Vea, TO (P-102)")
    await eva.taps("Approve 1")
    assert eva.notice == "P-102 answers from this account now."
    await new.types(f"/start {ada.codes['IPR-OC-2017']}")
    await new.types("/continue")
    assert new.sees("Do you use what you learned")
    await new.taps("I do it regularly")
    await ada.types("/continue")
    assert "We do not know this chat yet." in ada.text
    assert (await stage.answers(ada, "M6"))["job"] == "same"
    assert len(await stage.rows(participants.select())) == 1
    invited = [one for one, _, card in stage.messenger.shown if "Hello Ada Vea" in card.text]
    assert set(invited) == {ada.identifier}


async def test_c09_a_wish_that_is_refused_leaves_everything_as_it_was(stage: Stage) -> None:
    eva = stage.visitor("Eva", "901")
    ada = await stage.joined("Ada Vea")
    thief = stage.visitor("Thief", "555")
    await thief.types(f"/start {ada.codes['IPR-OC-2017']}")
    await thief.types(f"/start {ada.codes['IPR-OC-2017']}")
    await eva.types("/relink")
    await eva.taps("Refuse 1")
    assert eva.sees("Nobody is waiting")
    await thief.types("/mydata")
    assert "We do not know this chat yet." in thief.text
    await ada.types("/mydata")
    assert ada.sees("Name: Ada Vea")
