"""No text reaches a participant untranslated: whole stories in a pseudo-language, without plain letters.

What staff read is English and not looked at.
"""

import re
from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from bot.desk.people.handover import Successor, hand_over
from bot.messaging.messages import Odd, Oddity
from storage.people.addresses import add_address
from surveys.people import Role
from surveys.widths import WIDEST_BUTTON, cut
from surveys.workshop import SURVEY
from tests.bot.pseudo_stage import PseudoPerson, PseudoStage
from tests.bot.stage import KASHIWA, SUVA
from tests.bot.test_transcripts import BANGKOK, PLACE, SETTINGS, Play, planned_two_changes
from tests.pseudo import english, pseudo, untranslated

OTHER_LANGUAGES = ("language", "persian", "thai")
OF_STAFF = ("change_of_plan", "organiser", "rehearsing")
PATHS = [
    path for path in sorted(PLACE.glob("*.yaml")) if path.stem not in (*OTHER_LANGUAGES, *OF_STAFF)
]
CHANNEL = "chat: 10…1"
"""The messenger of the stage has no name but its code."""
WORKSHOPS = (SUVA, KASHIWA, BANGKOK)
TITLES = [one for workshop in WORKSHOPS for one in (workshop.title, workshop.city)]
TITLES += [cut(f"1. {one.title}", WIDEST_BUTTON)[3:] for one in WORKSHOPS]
# The list of answers cuts questions after a word.
TITLES += [
    one.title[: space.start()] for one in WORKSHOPS for space in re.finditer(" ", one.title)
]


def test_a_plain_letter_is_found_beside_values_and_translations() -> None:
    text = pseudo("Hello {name}. Send /stop.").replace("{name}", "Ada Vea") + " Until 6 July."
    assert untranslated(text, ["Ada Vea", "/stop"]) == ["Until", "July"]
    assert english(pseudo("Thank you.")) == "Thank you."


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
async def test_a_transcript_has_no_untranslated_text(
    path: Path, pseudo_stage: PseudoStage
) -> None:
    whole = yaml.safe_load(path.read_text("utf-8"))
    await SETTINGS[whole["setting"]](pseudo_stage)
    play = Play(pseudo_stage, whole["person"])
    typed = []
    for line in whole["lines"]:
        ((key, value),) = line.items()
        if not key.startswith("bot"):
            await play.line(key, str(value))
        if key == "you":
            typed.append(str(value).strip())
    assert len(play.lines) > len(whole["lines"]) // 2
    assert pseudo_stage.plain_letters(*TITLES, *typed) == {}


async def test_what_stands_beside_the_questions_is_translated(pseudo_stage: PseudoStage) -> None:
    await planned_two_changes(pseudo_stage)
    ada = pseudo_stage.people["Ada"]
    await pseudo_stage.until_next_message()
    for command in ("/help", "/channel", "/language"):
        await ada.types(command)
    await ada.taps("Start", "⋯", "Pause and continue later", "Continue", "Same job")
    await ada.taps("⋯", "See or change my answers", "1", "Same job", "⋯", "Language")
    await ada.types("/mydata")
    await ada.taps("Show my answers", "‹ Back", "Send me a copy as a file", "Delete my data")
    await ada.taps("Keep my answers, without my name")
    await ada.types("Hello")
    assert ada.sees(pseudo("We do not know this chat yet."))
    assert pseudo_stage.plain_letters(*TITLES, CHANNEL) == {}


async def test_what_a_survey_and_a_stranger_are_told_is_translated(
    pseudo_stage: PseudoStage,
) -> None:
    pseudo_stage.at("2017-12-08 14:00")
    assessed = replace(SUVA, code="SELF", title="Risk management", kind=SURVEY)
    nia = await pseudo_stage.enrol("Nia Tau", workshop=assessed, role=Role.CONTACT_POINT)
    await nia.joins(assessed)
    assert nia.sees(pseudo("Please answer for your administration."))
    await nia.taps("What is stored?", "Not now", "I agree")
    eve = pseudo_stage.people["Eve"] = PseudoPerson(pseudo_stage, "Eve", 7)
    for number in range(8):
        await eve.types(f"/start K7MQ{number}-RX2ZD")
    await eve.types("/id")
    await eve.sends(Odd(eve.sender, Oddity.TOO_MANY))
    assert eve.sees(pseudo("You sent many messages at once."))
    assert pseudo_stage.plain_letters(*TITLES, assessed.title) == {}


async def test_what_is_said_in_the_room_is_translated(pseudo_stage: PseudoStage) -> None:
    pseudo_stage.at("2017-12-08 15:00", "Pacific/Fiji")
    ada = await pseudo_stage.enrol("Ada Vea")
    write, given = pseudo_stage.application.transactions.write, ("email", "ada@example.org")
    await write(add_address, ada.participant_id, *given, pseudo_stage.now)
    eva = pseudo_stage.visitor("Eva", "901")
    await eva.types("/room")
    await eva.taps("Combating", "Make a code for Fri 8 December 2017")
    await ada.types(eva.text.partition(": ")[2].partition("\n")[0])
    await ada.types("eda@example.org")
    await ada.types("ada@example.org")
    assert ada.sees(pseudo("You will then get a message here."))
    await eva.types("/relink")
    await eva.taps("Approve 1")
    await pseudo_stage.fieldwork_round()
    assert ada.sees(pseudo("The office has confirmed that it is you."))
    await ada.types("/mydata")
    assert ada.sees(pseudo("E-mail") + ": ad…@example.org")
    assert pseudo_stage.plain_letters(*TITLES, CHANNEL, "ad…@example.org") == {}


async def test_what_stays_after_a_handover_is_translated(pseudo_stage: PseudoStage) -> None:
    nia = await pseudo_stage.joined("Nia Tau", role=Role.CONTACT_POINT)
    leo = pseudo_stage.people["Leo"] = PseudoPerson(pseudo_stage, "Leo", 8)
    await pseudo_stage.opens("NCP12", "2018-12-10 11:29")
    await nia.taps("Start")
    stage, write = pseudo_stage, pseudo_stage.application.transactions.write
    given = await write(
        hand_over, stage.application.office, "P-101", Successor("Leo Tau"), stage.now
    )
    await leo.types(f"/start {given.secret}")
    await leo.taps("I agree")
    await nia.taps("Skip")
    assert nia.sees(pseudo("Your successor now answers these questions."))
    await nia.types("/mydata")
    assert pseudo_stage.plain_letters(*TITLES, CHANNEL) == {}
