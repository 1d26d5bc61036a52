"""The questions in aiogram-dialog-survey, as its own description sets them up: URL TOKEN QUESTIONS.

It keeps the answers in the memory of the process. Runs in an environment of its own.
"""

import asyncio
import json
import sys
from pathlib import Path
from typing import Any

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.storage.memory import MemoryStorage, SimpleEventIsolation
from aiogram.types import Message
from aiogram_dialog import DialogManager, StartMode, setup_dialogs
from aiogram_dialog_survey import Survey
from aiogram_dialog_survey.entities.button import Button
from aiogram_dialog_survey.entities.question import Question, WidgetType

KINDS = {"one": WidgetType.SELECT, "many": WidgetType.MULTISELECT, "text": WidgetType.TEXT_INPUT}


def made(asked: dict[str, Any]) -> Question:
    """One question; a button's callback is the number of its answer."""
    buttons = [Button(text=label, callback=str(n)) for n, label in enumerate(asked["choices"])]
    kind = KINDS[asked["kind"]]
    return Question(
        name=asked["name"],
        widget_type=kind,
        text=asked["text"],
        buttons=buttons or None,
        is_required=False,  # else it shows a button without a text, which the messenger refuses
    )


async def run(url: str, token: str, questions: str) -> None:
    """Answers until it is stopped."""
    asked = [made(one) for one in json.loads(Path(questions).read_text("utf-8"))]
    survey = Survey(name="M6", questions=asked)

    async def start(_message: Message, dialog_manager: DialogManager) -> None:
        first = survey.state_manager.get_first_state()
        await dialog_manager.start(first, mode=StartMode.RESET_STACK)

    server = TelegramAPIServer.from_base(url.removesuffix("/bot"))
    # Without this lock a quick second tap of the same person is lost.
    dispatcher = Dispatcher(storage=MemoryStorage(), events_isolation=SimpleEventIsolation())
    dispatcher.include_router(survey.to_dialog())
    dispatcher.message.register(start, CommandStart())
    setup_dialogs(dispatcher)
    await dispatcher.start_polling(Bot(token, session=AiohttpSession(api=server)))


if __name__ == "__main__":
    asyncio.run(run(*sys.argv[1:]))
