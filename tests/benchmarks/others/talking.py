"""People who go through the same questions with a bot, whichever it is, over the stand-in.

Knows of a bot only how it is started and what it shows: each bot is a process, and the people and
the stand-in are in this one.
"""

import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.crowd import FIRST_CHAT
from tests.benchmarks.others.questions import Question
from tests.process.starting import surroundings
from tests.standin.calls import Json
from tests.standin.control import StandIn
from tests.standin.people import Person

DONE = ("Done", "Подтвердить выбор")
PATIENCE = 30.0
"""Seconds for a bot to start, and again for all to get through."""


class NoAnswerError(Exception):
    """A bot ended, or somebody waited too long for it."""


@dataclass(frozen=True)
class Bot:
    """`command` gets the address and the token of the stand-in behind it, then `last`.

    `acknowledges`: so many times it tells the messenger that a tap has come, when all is done.
    """

    command: Sequence[str]
    last: str
    acknowledges: int = 1


@dataclass(frozen=True)
class Move:
    """What somebody does while a question is shown: tap a button, or send a text."""

    question: Question
    kind: str


def moves(questions: Sequence[Question]) -> list[Move]:
    """All that is done, but for the last question: when it is shown the talk is over."""
    made = []
    for one in questions[:-1]:
        made.append(Move(one, "text" if one.kind == "text" else "tap"))
        if one.kind == "many":
            made.append(Move(one, "done"))
    return made


def moves_a_second(bot: Bot, questions: Sequence[Question], people: int, folder: Path) -> float:
    """Everybody goes on as soon as the next question is there. Raises NoAnswerError."""
    with StandIn() as tg, _running(bot, tg, folder) as process:
        todo = moves(questions)
        persons = [tg.person(FIRST_CHAT + n, started=True) for n in range(1, people + 1)]
        talks = [_Talk(one, todo, questions[-1], bot.acknowledges) for one in persons]
        for one in persons:
            one.sends("/start")
        _wait(process, [*talks], lambda talk: talk.asked(questions[0]))
        begun = time.monotonic()
        _wait(process, [*talks], _Talk.goes_on)
        return people * len(todo) / (time.monotonic() - begun)


class _Talk:
    """Where somebody is."""

    def __init__(self, person: Person, todo: list[Move], last: Question, each: int) -> None:
        self._person, self._todo, self._last, self._each = person, todo, last, each
        self._place = self._told = 0

    def goes_on(self) -> bool:
        """Does what can be done now; whether all is done."""
        if self._place == len(self._todo):
            return self.asked(self._last)
        move = self._todo[self._place]
        if self.asked(move.question) and self._does(move):
            self._place += 1
        return False

    def asked(self, question: Question) -> bool:
        """Whether a question is shown, and every tap so far was acknowledged."""
        shown = len(self._person.shown) >= self._told
        return shown and question.text in self._newest().get("text", "")

    def _does(self, move: Move) -> bool:
        if move.kind == "text":
            self._person.sends(move.question.given)
            return True
        newest = self._newest()
        for row in newest.get("reply_markup", {}).get("inline_keyboard", []):
            for cell in row:
                if _means(cell["text"], move):
                    self._told = len(self._person.shown) + self._each
                    self._person.taps_data(newest["message_id"], cell["callback_data"])
                    return True
        return False

    def _newest(self) -> Json:
        with self._person.world.lock:
            records = reversed(self._person.records.values())
            return next((one.body for one in records if one.sender == "bot"), {})


def _means(label: str, move: Move) -> bool:
    return label.startswith(DONE) if move.kind == "done" else label.endswith(move.question.given)


def _wait(
    process: "subprocess.Popen[bytes]", talks: list[_Talk], ready: Callable[[_Talk], bool]
) -> None:
    end = time.monotonic() + PATIENCE
    while talks:
        talks = [talk for talk in talks if not ready(talk)]
        if process.poll() is not None or time.monotonic() > end:
            raise NoAnswerError
        time.sleep(0.003)


@contextmanager
def _running(bot: Bot, tg: StandIn, folder: Path) -> "Iterator[subprocess.Popen[bytes]]":
    command = [*bot.command, tg.base_url, tg.token, bot.last]
    with (folder / "bot.log").open("ab") as log:
        process = subprocess.Popen(command, env=surroundings(), stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait(30)
