"""Questionnaires that change while people answer: new versions, corrected texts, a workshop's lists."""

import pytest
from sqlalchemy import select

from bot.desk.questionnaires.files import ChoiceLists, parse_lists
from bot.desk.questionnaires.publishing import correct_texts, publish_version
from bot.desk.questionnaires.workshop_lists import correct_lists, import_lists
from bot.fieldwork.untranslated import waiting_groups
from storage.people.participants import set_language
from storage.schema import cases, waves
from surveys.authoring.reading import read_questionnaire
from surveys.problems import BadInput
from tests.bot.stage import KASHIWA, SUVA, Stage

SIX = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{{name: yes, label: Yes}}, {{name: no, label: "{no}"}}]
survey:
{rows}
"""
ROW = '  - {{type: select_one yes_no, name: {name}, label: "Question {name}?"}}'
TAKEAWAYS = """list_name,name,label::English (en)
takeaways,triage,{triage}
takeaways,custody,Keep a chain of custody
"""


def six(*names: str, no: str = "No") -> str:
    return SIX.format(no=no, rows="\n".join(ROW.format(name=name) for name in names))


async def test_i16_people_who_have_begun_finish_that_version_and_others_get_the_new_one(
    stage: Stage,
) -> None:
    await stage.publish(six("a", "b", "c", "d", "e", "f"))
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start", "Yes", "Yes")
    assert "Question c?" in ada.text
    # Question d goes, and a new one comes in second place.
    await stage.publish(six("a", "new", "b", "c", "e", "f"))
    await ada.taps("Yes", "No", "Yes", "Yes")
    assert "That was the last question" in ada.text
    assert set(await stage.answers(ada, "M6")) == set("abcdef")

    ben = await stage.enrol("Ben Qalo", "FJ", workshop=KASHIWA)
    await ben.joins(KASHIWA)
    await ben.taps("I agree")
    await stage.opens("M6", "2018-06-11 09:00", "Pacific/Fiji")
    await ben.taps("Start", "Yes")
    assert "Question new?" in ben.text
    asked = select(waves.c.questionnaire_version).join(cases, cases.c.wave_id == waves.c.id)
    assert [row[0] for row in await stage.rows(asked.order_by(cases.c.id))] == [2, 3]


async def test_a_corrected_text_is_shown_from_the_next_question_on(stage: Stage) -> None:
    await stage.publish(six("a", "b", no="Nope"))
    stage.at("2018-06-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.until_next_message()
    await ada.taps("Start")
    assert "Nope" in ada.labels
    corrected = read_questionnaire(six("a", "b", no="No"), "M6.yaml")
    done = await stage.application.transactions.write(
        correct_texts, stage.application.office, corrected, stage.now
    )
    assert (done.questionnaire.version, done.questionnaire.revision) == (2, 1)
    await ada.taps("Nope")
    assert "Nope" not in ada.labels
    assert "No" in ada.labels
    assert await stage.answers(ada, "M6") == {"a": "no"}


def takeaways(triage: str) -> ChoiceLists:
    return parse_lists(TAKEAWAYS.format(triage=triage).encode(), "lists.csv")


async def test_a_wave_asks_the_lists_of_its_workshop_as_they_were_when_it_opened(
    stage: Stage,
) -> None:
    transactions = stage.application.transactions
    await stage.workshop(SUVA)
    await transactions.write(
        import_lists, stage.application.office, SUVA.code, takeaways("Use a triage kit"), stage.now
    )
    stage.at("2017-12-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.opens("END", "2017-12-08 09:30")
    await ada.taps("Start", "Confident", "Confident", "Useful")
    shown = ada.labels
    assert shown[:4] == ["Use a triage kit", "Keep a chain of custody", "Other, please say",
                         "No change planned yet"]  # fmt: skip
    await transactions.write(
        import_lists, stage.application.office, SUVA.code, takeaways("Use a tool kit"), stage.now
    )
    await ada.taps("Use a triage kit", "Done")
    assert (await stage.answers(ada, "END"))["changes"] == "triage"
    await stage.opens("M6", "2018-06-08 09:30")
    await ada.taps("Start", "Same job")
    # What was planned is quoted in the words in which it was chosen.
    assert "“Use a triage kit”" in ada.text


TWO_LANGUAGES = """list_name,name,label::English (en),label::Thai (th)
takeaways,triage,Use a triage kit,ใช้ชุดคัดแยก
takeaways,custody,Keep a chain of custody,{custody}
"""


async def test_l07_a_language_that_comes_later_reaches_a_workshops_list_in_an_open_wave(
    stage: Stage,
) -> None:
    transactions, office = stage.application.transactions, stage.application.office
    await stage.workshop(SUVA)
    before = takeaways("Use a triage kit")
    await transactions.write(import_lists, office, SUVA.code, before, stage.now)
    stage.at("2017-12-07 12:00")
    ada = await stage.joined("Ada Vea")
    nok = await stage.joined("Nok Jai")
    await transactions.write(set_language, (await stage.enrolment(nok)).participant_id, "th")
    await stage.opens("END", "2017-12-08 09:30")
    await ada.taps("Start", "Confident", "Confident", "Useful", "Use a triage kit", "Done")
    asked = len(nok.screen)
    (waits,) = [str(one) for one in await transactions.read(waiting_groups, office, stage.now)
                if one.wave == "END"]  # fmt: skip
    assert "1 person waits for a translation of choice triage of takeaways" in waits
    assert "choice custody of takeaways" in waits

    half = parse_lists(TWO_LANGUAGES.format(custody="").encode(), "lists.csv")
    done = await transactions.write(correct_lists, office, SUVA.code, half, stage.now)
    assert done.corrected
    whole = parse_lists(TWO_LANGUAGES.format(custody="รักษาห่วงโซ่หลักฐาน").encode(), "lists.csv")
    await transactions.write(correct_lists, office, SUVA.code, whole, stage.now)
    assert (await stage.answers(ada, "END"))["changes"] == "triage"
    await stage.until_next_message()
    assert len(nok.screen) == asked + 1
    await nok.taps("เริ่ม", "มั่นใจ", "มั่นใจ", "มีประโยชน์")
    assert nok.labels[:2] == ["ใช้ชุดคัดแยก", "รักษาห่วงโซ่หลักฐาน"]
    await nok.taps("รักษาห่วงโซ่หลักฐาน", "เสร็จ")
    assert (await stage.answers(nok, "END"))["changes"] == "custody"

    for other, refused in (
        (TWO_LANGUAGES.replace("triage,", "kit,"), "triage of list takeaways is no longer there"),
        ("list_name,name,label\nneeds,tools,Tools\n", "tools of list needs is new"),
    ):
        with pytest.raises(BadInput, match=refused):
            await transactions.write(
                correct_lists,
                office,
                SUVA.code,
                parse_lists(other.encode(), "lists.csv"),
                stage.now,
            )


async def test_a_correction_reaches_the_version_with_a_workshops_lists(stage: Stage) -> None:
    transactions = stage.application.transactions
    await stage.workshop(SUVA)
    await transactions.write(
        import_lists, stage.application.office, SUVA.code, takeaways("Use a triage kit"), stage.now
    )
    stage.at("2017-12-07 12:00")
    ada = await stage.joined("Ada Vea")
    await stage.opens("END", "2017-12-08 09:30")
    await ada.taps("Start", "Confident", "Confident")

    def corrected(connection):  # type: ignore[no-untyped-def]
        from storage.instruments.questionnaires import newest

        end = newest(connection, "END")
        label = {"en": "Nothing is planned yet"}
        options = tuple(
            one.model_copy(update={"label": label}) if one.name == "none" else one
            for one in end.choices["takeaways"]
        )
        new = end.model_copy(update={"choices": {**end.choices, "takeaways": options}})
        return correct_texts(connection, stage.application.office, new, stage.now)

    await transactions.write(corrected)
    await ada.taps("Useful")
    assert "Nothing is planned yet" in ada.labels
    assert "Use a triage kit" in ada.labels


async def test_publishing_the_same_again_changes_nothing_and_versions_count_on(
    stage: Stage,
) -> None:
    same = read_questionnaire(six("a"), "M6.yaml")
    first = await stage.application.transactions.write(
        publish_version, stage.application.office, same, stage.now
    )
    again = await stage.application.transactions.write(
        publish_version, stage.application.office, same, stage.now
    )
    assert (first.new, again.new) == (True, False)
    assert again.questionnaire.version == first.questionnaire.version == 2
