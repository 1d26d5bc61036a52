"""Files on the page: a form without JavaScript takes one, says what is wrong, and can be skipped."""

from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest

from tests.bot.participants.test_files_shown import FORM, TOO_LARGE, Folder
from tests.bot.stage import Person, Stage
from tests.bot.web.browser import Browser, Screen
from tests.bot.web.conftest import Opening
from tests.shown_files import PDF, picture

Asked = Callable[[], Awaitable[tuple[Person, Browser]]]


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(template, tmp_path)
    yield folder
    folder.stage.close()


@pytest.fixture
def stage(folder: Folder) -> Stage:
    return folder.stage


@pytest.fixture
def asked(stage: Stage, browser: Opening) -> Asked:
    """Ada, who is asked to show a file on the page."""

    async def at_the_file() -> tuple[Person, Browser]:
        await stage.publish(FORM)
        stage.at("2018-06-07 12:00")
        ada = await stage.joined("Ada Vea")
        await stage.until_next_message()
        window = await browser(ada)
        await window.presses("Start")
        await window.chooses("Yes")
        assert window.screen.heading == "Can you show it?"
        return ada, window

    return at_the_file


async def sends(window: Browser, content: bytes | None, press: str = "Continue") -> Screen:
    """Choose a file, if any, and press a button."""
    fields = {one.name: one.value for one in window.screen.controls if one.kind == "hidden"}
    button = next(one for one in window.screen.controls if one.label == press)
    fields |= {button.name: button.value} if button.name else {}
    name = "" if content is None else "Adas <order>.exe"
    files = {"file": (name, content or b"", "application/octet-stream")}
    answer = await window.client.post(window.path, data=fields, files=files)
    if answer.status_code == 303:
        return await window.opens(answer.headers["location"])
    window.answer, window.screen = answer, Screen(answer.text)
    return window.screen


async def test_a_file_is_chosen_and_sent_and_another_takes_its_place(
    folder: Folder, asked: Asked
) -> None:
    ada, window = await asked()
    assert 'enctype="multipart/form-data"' in window.answer.text
    assert "Only the office sees it." in window.screen.text
    screen = await sends(window, PDF)
    assert screen.heading == "Anything else?"
    assert folder.contents == [PDF]
    assert await folder.stage.answers(ada, "M6") == {"new": "yes", "order": "shown"}
    await window.presses("‹ Back")
    assert "Your answer so far: file received" in window.screen.text
    await sends(window, picture("JPEG", place=True))
    folder.housekeeping().daily(folder.stage.now)
    (kept,) = folder.contents
    assert kept.startswith(b"\xff\xd8\xff")
    assert b"Exif" not in kept


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"MZ a program", "This kind of file is not possible here."),
        (PDF + b" " * 10_000_000, TOO_LARGE),
        (PDF + b" " * 12_000_000, TOO_LARGE),
        (None, "Please send a photo, a PDF or a Word file"),
    ],
)
async def test_what_is_no_file_is_said_and_the_question_stays(
    folder: Folder, asked: Asked, content: bytes | None, says: str
) -> None:
    _, window = await asked()
    screen = await sends(window, content)
    assert window.answer.status_code == 422
    assert says in screen.text
    assert screen.heading == "Can you show it?"
    assert "Adas" not in window.answer.text
    assert folder.contents == []


async def test_the_buttons_of_the_form_skip_and_go_back(folder: Folder, asked: Asked) -> None:
    _, window = await asked()
    screen = await sends(window, None, "‹ Back")
    assert screen.heading == "Is there a new order?"
    await window.chooses("Yes")
    screen = await sends(window, None, "Skip")
    assert screen.heading == "Anything else?"


async def test_a_form_with_a_file_for_another_question_or_link_keeps_nothing(
    folder: Folder, asked: Asked
) -> None:
    ada, window = await asked()
    old = Browser(window.client._transport.app, window.path)  # type: ignore[attr-defined]
    await old.opens()
    await window.presses("Skip")
    screen = await sends(old, PDF)
    assert screen.heading == "Anything else?"
    wrong = await old.client.post("/i/nobody", files={"file": ("a.pdf", PDF)})
    assert wrong.status_code == 404
    assert folder.contents == []
    assert (await folder.stage.answers(ada, "M6"))["order"] == ""


async def test_words_in_place_of_a_file_are_no_answer(folder: Folder, asked: Asked) -> None:
    ada, window = await asked()
    hidden = [(one.name, one.value) for one in window.screen.controls if one.kind == "hidden"]
    screen = await window.sends([*hidden, ("value", "shown")])
    assert screen.heading == "Can you show it?"
    assert await folder.stage.answers(ada, "M6") == {"new": "yes"}
