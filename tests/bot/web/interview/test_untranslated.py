"""No page says anything untranslated: the pages of a whole interview in a pseudo-language."""

import pytest
from httpx import Response

from bot.access.links import PATHS, new_link
from bot.web import build_app
from storage.people.links import Purpose
from tests.bot.pseudo_stage import COMMANDS, PseudoStage
from tests.bot.stage import SUVA, Person
from tests.bot.web.browser import PUBLIC, Browser, Screen
from tests.pseudo import LANGUAGE, english, pseudo, said_in, untranslated

TYPED = "SOP 12/2018"


class Reader(Browser):
    """A browser that keeps all that its pages say."""

    def __init__(self, app: object, path: str) -> None:
        super().__init__(app, path)
        self.client.headers["accept-language"] = f"{LANGUAGE}-TH"
        self.said: list[str] = []

    def _seen(self, answer: Response) -> Screen:
        self.said.append(said_in(answer.text))
        return super()._seen(answer)

    async def looks_at(self, *links: str) -> None:
        for link in links:
            await self.follows(pseudo(link))
            await self.opens(self.path.partition("?")[0])

    def plain_letters(self, stage: PseudoStage) -> dict[str, list[str]]:
        # A page has no commands, so none may be named there.
        values = stage.values(SUVA.title, SUVA.city, TYPED, "chat: 10…1")
        allowed = set(values) - set(COMMANDS)
        found = {text: untranslated(text, allowed) for text in self.said}
        return {text: words for text, words in found.items() if words}


async def opened(stage: PseudoStage, person: Person, purpose: Purpose) -> Reader:
    number = person.enrolments[SUVA.code].id
    secret = await stage.application.transactions.write(new_link, number, purpose, stage.now)
    window = Reader(build_app(stage.application.pages, PUBLIC), f"/{PATHS[purpose]}/{secret}")
    await window.opens()
    return window


async def to_the_end(window: Reader) -> None:
    """Send every question empty first, to see what the page says, then answer or skip it."""
    for number in range(30):
        labels = {english(label) for label in window.screen.buttons}
        if not {"Continue", "Skip"} & labels:
            return
        if "Continue" in labels and number < 9:
            await window.presses(pseudo("Continue"))
        choices = window.screen.choices
        press = pseudo("Continue" if choices else "Skip")
        await window.chooses(*choices[:1], press=press)


async def test_the_pages_of_an_interview_are_translated(pseudo_stage: PseudoStage) -> None:
    ada = await pseudo_stage.enrol("Ada Vea")
    pseudo_stage.at("2018-06-08 10:00")
    await pseudo_stage.fieldwork_round()
    window = await opened(pseudo_stage, ada, Purpose.INTERVIEW)
    await window.looks_at("What is stored?", "Language", "How you get our messages")
    await window.presses(pseudo("I agree"))
    await window.presses(pseudo("Start"))
    await window.looks_at("See or change my answers")
    await window.chooses(window.screen.choices[0], press=pseudo("Continue"))
    await to_the_end(window)
    await window.looks_at("See or change my answers", "What is stored?", "Stop these messages")
    await window.follows(pseudo("Stop these messages"))
    await window.presses(pseudo("Stop these messages"))
    await window.presses(pseudo("Send me messages again"))
    await window.follows(pseudo("What we store about you"))
    await window.follows(pseudo("Delete my data"))
    await window.presses(pseudo("Delete everything and my answers"))
    await window.opens()
    assert len(window.said) > 20
    assert window.plain_letters(pseudo_stage) == {}


@pytest.mark.parametrize(("path", "status"), [("/", 200), ("/q/wrong", 404), ("/nothing", 404)])
async def test_pages_of_nobody_speak_the_language_of_the_browser(
    pseudo_stage: PseudoStage, path: str, status: int
) -> None:
    window = Reader(build_app(pseudo_stage.application.pages, PUBLIC), path)
    await window.opens()
    assert window.answer.status_code == status
    assert window.plain_letters(pseudo_stage) == {}
