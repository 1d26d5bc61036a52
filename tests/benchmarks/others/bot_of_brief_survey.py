"""The questions in brief-survey, as its own description sets them up: URL TOKEN QUESTIONS.

It keeps the answers in the memory of the process until the last one. Runs in an environment of its own.
"""

import asyncio
import json
import sys
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation
from brief_survey import BriefSurvey

KINDS = {"one": "choice", "many": "multi_choice", "text": "text"}


async def forget(_person: int, _result: object) -> None:
    """What is done with the answers at the end: nothing."""


async def run(url: str, token: str, questions: str) -> None:
    """Answers until it is stopped."""
    asked = json.loads(Path(questions).read_text("utf-8"))
    survey = BriefSurvey(save_handler=forget, start_command="start")
    followers = [*(one["name"] for one in asked[1:]), "finish"]
    for one, then in zip(asked, followers, strict=True):
        survey.add_question(
            text=one["text"],
            question_type=KINDS[one["kind"]],
            name=one["name"],
            choices=one["choices"] or None,
            next_question=then,  # a question with several answers fails without it
        )
    # Without this lock a quick second tap of the same person is lost.
    dispatcher = Dispatcher(storage=MemoryStorage(), events_isolation=SimpleEventIsolation())
    survey.register_handlers(dispatcher)
    server = TelegramAPIServer.from_base(url.removesuffix("/bot"))
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=server)))


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
