"""Plays the transcripts in tests/interviews, which a trainer can read aloud, against the application.

`pytest tests/bot --update-transcripts` writes the bot's side of them anew.
"""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import yaml
from babel.dates import format_datetime

from bot.messaging.messages import Card
from surveys.people import Role
from tests.bot.stage import KASHIWA, SUVA, Person, Stage
from tests.places import ROOT

PLACE = ROOT / "tests" / "interviews"
BANGKOK = replace(
    KASHIWA, code="TFA-2017", title="Trade facilitation", city="Bangkok", country="TH"
)
NUKUALOFA = ZoneInfo("Pacific/Tongatapu")
Line = dict[str, str]
PLANS = (
    "Confident", "Not confident yet", "Useful", "Use or improve a risk profile",
    "Train colleagues", "Done", "Try it in my own work", "In 6 months", "My direct supervisor",
    "Likely", "Too few staff", "Yes, you may", "Skip",
)  # fmt: skip
"""What Ada answers on the last day: two plans, which later questionnaires quote."""


async def last_day(stage: Stage) -> None:
    stage.at("2017-12-08 14:00")
    await stage.enrol("Ada Vea")
    await stage.fieldwork_round()


async def planned_two_changes(stage: Stage) -> None:
    stage.at("2017-12-08 14:00")
    await stage.fieldwork_round()
    ada = await stage.joined("Ada Vea")
    await stage.fieldwork_round()
    await ada.types("/continue")
    await ada.taps(*PLANS)
    stage.at("2018-04-06 10:00")
    await stage.fieldwork_round()
    stage.at("2018-06-07 20:00")


async def joined_before_m6(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    await stage.joined("Ada Vea")


async def joined_before_m6_in_two_workshops(stage: Stage) -> None:
    await joined_before_m6(stage)
    ada = await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")


async def joined_before_m6_in_three_workshops(stage: Stage) -> None:
    await stage.publish(TWO_QUESTIONS)
    await joined_before_m6_in_two_workshops(stage)
    ada = await stage.enrol("Ada Vea", workshop=BANGKOK)
    await ada.joins(BANGKOK)
    await ada.taps("I agree")


async def two_languages(stage: Stage) -> None:
    await stage.publish(TWO_LANGUAGES)
    await joined_before_m6(stage)


async def supervisor(stage: Stage) -> None:
    await planned_two_changes(stage)
    await stage.enrol("Sina Fifita", role=Role.SUPERVISOR, about=stage.people["Ada"])


async def staff_before_m6(stage: Stage) -> None:
    await joined_before_m6(stage)
    await stage.enrol("Ben Qalo", "FJ")
    stage.visitor("Eva", "901")
    stage.visitor("Fay", "902")
    stage.visitor("Max", "903")


SETTINGS: dict[str, Callable[[Stage], Awaitable[None]]] = {
    "The last day of the workshop. Ada has not joined yet.": last_day,
    "Ada planned two changes at the end of the workshop. Six months have passed.": (
        planned_two_changes
    ),
    "Ada has agreed, and has told us nothing yet. Six months have passed.": joined_before_m6,
    "Ada took part in two workshops. Six months have passed.": joined_before_m6_in_two_workshops,
    "Ada took part in three workshops of one week. The questionnaire of this test is short.": (
        joined_before_m6_in_three_workshops
    ),
    "Ada has agreed. The questionnaire of this test is in English and in French.": two_languages,
    "Sina is Ada's supervisor. Six months have passed.": supervisor,
    "Eva is an organiser, Max a manager. Ada has joined, Ben has not.": staff_before_m6,
}
TWO_QUESTIONS = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  use:
    - {name: not_yet, label: Not yet}
    - {name: tried, label: Tried it}
survey:
  - {type: select_one use, name: use, label: "Do you use what you learned?"}
  - {type: text, name: example, label: "Can you give an example?"}
"""
TWO_LANGUAGES = """
spec: 1
key: M6
title: {en: Six months after the workshop, fr: "Six mois après l'atelier"}
default_language: en
languages: [en, fr]
choices:
  use:
    - {name: not_yet, label: {en: Not yet, fr: Pas encore}}
    - {name: tried, label: {en: Tried it, fr: Essayé}}
survey:
  - type: select_one use
    name: use
    label: {en: "Do you use what you learned?", fr: "Utilisez-vous ce que vous avez appris ?"}
  - type: text
    name: example
    label: {en: "Can you give an example?", fr: "Pouvez-vous donner un exemple ?"}
"""


class Play:
    """One transcript on the stage: does what people do, writes down what they see."""

    def __init__(self, stage: Stage, first: str) -> None:
        self.stage = stage
        self.name = first
        self.heard = len(stage.messenger.shown)
        self.lines: list[Line] = []

    @property
    def person(self) -> Person:
        return self.stage.people[self.name]

    async def line(self, key: str, value: str) -> None:
        if key == "note":
            self.lines.append({key: value})
        elif key == "person":
            self.name = value
            self.lines.append({key: value})
        elif key == "clock":
            self.stage.at(value)
            self.lines.append({key: value})
        elif key == "wait":
            await self.stage.until_next_message()
            self.lines.append({key: self._clock()})
        else:
            self.lines.append({key: value})
            await self._do(value)
        self._listen()

    async def _do(self, said: str) -> None:
        tap = re.fullmatch(r"\[ (.+) \]", said)
        self.person.notice = ""
        if tap:
            await self.person.taps(tap[1])
        elif said == "(a sticker)":
            await self.person.sends_sticker()
        elif said.startswith("/start "):
            workshop = KASHIWA if "Kashiwa" in said else SUVA
            await self.person.joins(workshop)
        else:
            await self.person.types(said)
        if self.person.notice:
            self.lines.append({"bot, in passing": self.person.notice})

    def _listen(self) -> None:
        shown = self.stage.messenger.shown
        for identifier, how, card in shown[self.heard :]:
            if identifier == self.person.identifier:
                key = "bot" if how == "new" else "bot, same message"
                self.lines.append({key: written(card)})
        self.heard = len(shown)

    def _clock(self) -> str:
        local: datetime = self.stage.now.astimezone(NUKUALOFA)
        day = format_datetime(local, "EEEE d MMMM y, HH:mm", locale="en")
        return f"{day} in Nuku'alofa"


def written(card: Card) -> str:
    rows = ["  ".join(f"[ {button.text} ]" for button in row) for row in card.rows]
    return "\n".join([card.text, *rows])


def as_yaml(head: Line, lines: list[Line]) -> str:
    """A transcript as its file: short lines as they are, messages as blocks."""
    text = [f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items()]
    text.append("lines:")
    for line in lines:
        ((key, value),) = line.items()
        if key.startswith("bot"):
            block = "\n".join(f"      {one}" if one else "" for one in value.split("\n"))
            text.append(f"  - {key}: |-\n{block}")
        else:
            text.append(f"  - {key}: {json.dumps(value, ensure_ascii=False)}")
    return "\n".join(text) + "\n"


@pytest.mark.parametrize("path", sorted(PLACE.glob("*.yaml")), ids=lambda path: path.stem)
async def test_the_transcript_is_what_people_see(
    path: Path, stage: Stage, request: pytest.FixtureRequest
) -> None:
    whole = yaml.safe_load(path.read_text("utf-8"))
    head = {key: whole[key] for key in ("title", "setting", "person")}
    await SETTINGS[head["setting"]](stage)
    play = Play(stage, head["person"])
    for line in whole["lines"]:
        ((key, value),) = line.items()
        if not key.startswith("bot"):
            await play.line(key, str(value))
    if request.config.getoption("update_transcripts", default=False):
        path.write_text(as_yaml(head, play.lines), "utf-8")
    else:
        assert play.lines == whole["lines"]
