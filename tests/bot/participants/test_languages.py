"""Languages of a wave: who is asked in theirs, who waits for a translation, what the office decides."""

import pytest
from sqlalchemy import select

from bot.desk.questionnaires.publishing import correct_texts
from bot.desk.waves import acts
from bot.fieldwork.untranslated import waiting_groups
from bot.messaging.messages import Commanded
from storage.database import NotFound
from storage.fieldwork.cases_of_waves import cases_in
from storage.fieldwork.waves import find_wave
from storage.people.participants import get_participant, set_language
from storage.schema import notices
from surveys.authoring.reading import read_questionnaire
from surveys.names import language_in
from tests.bot.stage import SUVA, Person, Stage

PARTLY = """
spec: 1
key: M6
title: {en: Six months after the workshop, th: หกเดือนหลังการประชุม, km: ប្រាំមួយខែក្រោយ}
languages: [en, th, km]
unreviewed: [th]
choices:
  use:
    - {name: not_yet, label: {en: Not yet, th: ยังไม่ได้ทำ}}
    - {name: tried, label: {en: Tried it, th: ลองใช้แล้ว, km: បានសាកល្បង}}
survey:
  - type: select_one use
    name: use
    label: {en: "Do you use it?", th: ท่านใช้หรือไม่, km: "តើប្រើឬទេ?"}
"""


async def speaks(stage: Stage, name: str, language: str) -> Person:
    person = await stage.joined(name)
    participant = (await stage.enrolment(person)).participant_id
    await stage.application.transactions.write(set_language, participant, language)
    return person


async def three_people(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    await stage.publish(PARTLY)
    await speaks(stage, "Ada Vea", "en")
    await speaks(stage, "Nok Jai", "th")
    await speaks(stage, "Kim Sok", "km")
    await speaks(stage, "Lao Noy", "lo")


async def desk_says(stage: Stage, function, *more):  # type: ignore[no-untyped-def]
    return await stage.application.transactions.write(
        function, stage.application.office, SUVA.code, "M6", stage.now, *more
    )


async def people_asked(stage: Stage) -> int:
    def count(connection):  # type: ignore[no-untyped-def]
        wave = find_wave(connection, SUVA.code, "M6")
        return len(cases_in(connection, wave.id))

    return await stage.application.transactions.read(count)


async def test_a_wave_opens_for_those_whose_language_is_translated_and_says_who_waits(
    stage: Stage,
) -> None:
    await three_people(stage)
    told = {
        one.language: str(one) for one in (await desk_says(stage, acts.preview_wave)).languages
    }
    assert told == {
        "en": "English (en): 1 person",
        "th": "Thai (th): 1 person, translation not yet reviewed",
        "km": "Khmer (km): 1 person waits for a translation of choice not_yet of use",
        "lo": "Lao (lo): 1 person waits for a translation of the whole questionnaire",
    }
    opened = await desk_says(stage, acts.open_wave)
    assert opened.cases == 2
    await stage.fieldwork_round()
    assert await people_asked(stage) == 2


async def test_those_who_wait_are_asked_once_the_office_accepts_english(stage: Stage) -> None:
    await three_people(stage)
    await desk_says(stage, acts.open_wave)
    accepted = await desk_says(stage, acts.accept_english)
    assert accepted.languages == ("km", "lo")
    assert accepted.cases == 2
    again = await desk_says(stage, acts.accept_english)
    assert (again.languages, again.cases) == ((), 0)
    assert "Nothing was changed" in again.said
    await stage.until_next_message()
    kim = stage.people["Kim"]
    await kim.types("/continue")
    assert "តើប្រើឬទេ?" in kim.text
    assert language_in("en", "km") in kim.text, "it says that a part is in another language"
    shown = stage.messenger.latest[kim.identifier].buttons
    assert [button.text for button in shown][:2] == ["1. Not yet", "2. បានសាកល្បង"]


async def test_english_accepted_before_a_wave_opens_holds_when_the_plan_opens_it(
    stage: Stage,
) -> None:
    await three_people(stage)
    accepted = await desk_says(stage, acts.accept_english)
    assert (accepted.languages, accepted.cases) == (("km", "lo"), 0)
    await stage.until_next_message()
    assert await people_asked(stage) == 4


async def test_a_wave_that_is_not_in_the_plan_accepts_nothing(stage: Stage) -> None:
    await three_people(stage)
    with pytest.raises(NotFound, match="no wave"):
        await stage.application.transactions.write(
            acts.accept_english, stage.application.office, SUVA.code, "M99", stage.now
        )


async def test_the_language_is_chosen_on_the_consent_and_the_questionnaire_follows(
    stage: Stage,
) -> None:
    stage.at("2018-06-08 10:00")
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    await ada.taps("Language")
    assert ada.sees("✓ English")
    await ada.taps("ไทย")
    assert "Ada Vea" in ada.text and "Hello" not in ada.text
    assert (await stage.enrolment(ada)).consented_at is None
    await ada.taps("ข้าพเจ้ายินยอม")
    await stage.until_next_message()
    assert ada.sees("เริ่ม") and "หกเดือน" in ada.text
    stored = await stage.application.transactions.read(
        get_participant, (await stage.enrolment(ada)).participant_id
    )
    assert stored.language == "th"


async def test_the_language_can_be_changed_between_two_questionnaires(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await ada.types("/language")
    assert ada.text == "Which language would you like?"
    await ada.taps("français")
    assert "pas de question pour vous" in ada.text
    await stage.opens("M6", "2018-06-08 10:00")
    assert ada.sees("Commencer")
    stage.at("2018-08-20 10:00")
    await ada.types("/language")
    assert ada.sees("✓ français"), "the questionnaire that was begun is closed"
    await ada.taps("English")
    assert "We have no questions for you at the moment." in ada.text


async def test_somebody_who_has_stopped_is_shown_the_way_back_and_no_languages(
    stage: Stage,
) -> None:
    ada = await stage.joined("Ada Vea")
    await ada.types("/language")
    tap = ada.tap_on("français")
    await ada.types("/stop")
    for message in (Commanded(ada.sender, "language"), tap):
        await ada.sends(message)
        assert ada.sees("Send me messages again")


LAO = PARTLY.replace("km: ប្រាំមួយខែក្រោយ}", "km: ប្រាំមួយខែក្រោយ, lo: ຫົກເດືອນ}").replace(
    "languages: [en, th, km]", "languages: [en, lo, th, km]"
)
LAO = LAO.replace("km: បានសាកល្បង}", "km: បានសាកល្បង, lo: ໄດ້ລອງແລ້ວ}").replace(
    "th: ยังไม่ได้ทำ}", "th: ยังไม่ได้ทำ, km: មិនទាន់, lo: ຍັງບໍ່ທັນ}"
)
LAO = LAO.replace('km: "តើប្រើឬទេ?"}', 'km: "តើប្រើឬទេ?", lo: "ທ່ານໃຊ້ບໍ?"}')


async def test_the_notice_of_a_wave_opened_by_plan_names_who_waits_and_what_to_do(
    stage: Stage,
) -> None:
    await three_people(stage)
    stage.at("2018-06-08 10:00")
    await stage.fieldwork_round()
    told = [row.text for row in await stage.rows(select(notices.c.text))]
    opening = next(text for text in told if "M6 is open until" in text).split("\n")
    assert opening[0].endswith("2 people.")
    assert opening[1:3] == [
        "Khmer (km): 1 person waits for a translation of choice not_yet of use",
        "Lao (lo): 1 person waits for a translation of the whole questionnaire",
    ]
    assert "--text-only" in opening[3] and "--accept-english" in opening[3]


async def test_those_who_wait_are_asked_once_a_correction_brings_their_language(
    stage: Stage,
) -> None:
    await three_people(stage)
    await desk_says(stage, acts.open_wave)
    waiting = await stage.application.transactions.read(
        waiting_groups, stage.application.office, stage.now
    )
    assert [(one.wave, one.speakers.language) for one in waiting if one.wave == "M6"] == [
        ("M6", "km"),
        ("M6", "lo"),
    ]
    nok = stage.people["Nok"]
    stage.at("2018-06-08 10:00")
    await stage.until_next_message()
    await nok.taps("เริ่ม", "⋯", "ภาษา")
    thai = nok.tap_on("ไทย")
    done = await stage.application.transactions.write(
        correct_texts, stage.application.office, read_questionnaire(LAO, "m6.yaml"), stage.now
    )
    assert done.questionnaire.languages == ("en", "th", "km", "lo"), "old buttons stay true"
    await stage.fieldwork_round()
    assert await people_asked(stage) == 4
    waiting = await stage.application.transactions.read(
        waiting_groups, stage.application.office, stage.now
    )
    assert "M6" not in {one.wave for one in waiting}
    await nok.sends(thai)
    assert "ท่านใช้หรือไม่" in nok.text
    lao = stage.people["Lao"]
    await stage.until_next_message()
    await lao.types("/continue")
    assert "ທ່ານໃຊ້ບໍ?" in lao.text


async def test_an_organiser_asks_those_who_wait_in_english_with_a_button(stage: Stage) -> None:
    await three_people(stage)
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    await eva.taps("Combating", "M6")
    assert "Lao (lo): 1 person waits for a translation of the whole questionnaire" in eva.text
    await eva.taps("Open now", "Yes")
    assert await people_asked(stage) == 2
    await eva.taps("Ask in English: 2")
    assert eva.notices[-1] == "M6: English is accepted for Khmer (km), Lao (lo)."
    assert await people_asked(stage) == 4
    assert not [label for label in eva.labels if label.startswith("Ask in English")]


async def test_it_is_told_who_waits_in_an_open_wave_when_only_a_later_version_is_translated(
    stage: Stage,
) -> None:
    stage.at("2018-06-07 12:00")
    await stage.publish(PARTLY)
    await speaks(stage, "Kim Sok", "km")
    await desk_says(stage, acts.open_wave)
    await stage.publish(LAO.replace("name: tried", "name: done"))
    waiting = await stage.application.transactions.read(
        waiting_groups, stage.application.office, stage.now
    )
    assert [(one.wave, one.speakers.language) for one in waiting] == [("M6", "km")]
