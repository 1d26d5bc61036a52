"""Files that people show in a chat: kept outside the database, or refused in words."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.messaging.messages import Odd, Oddity, Pictured, Uploaded
from bot.operations.housekeeping import Housekeeping
from bot.settings.office import ShownFiles
from storage.erasure.erasing import erase
from storage.responses.shown_files import files_of_person
from tests.bot.stage import SUVA, Person, Stage, copied
from tests.shown_files import PDF, picture, word

FORM = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
survey:
  - {type: select_one yes_no, name: new, label: "Is there a new order?"}
  - {type: file, name: order, label: "Can you show it?", relevant: "${new} = 'yes'"}
  - {type: text, name: more, label: "Anything else?"}
"""
TOO_LARGE = "This file is too large. At most 10 MB are possible."


class Folder:
    """A stage whose office asks for files, and what lies in its folder."""

    def __init__(self, template: Path, place: Path, *, asked: bool = True) -> None:
        self.path = place / "files"
        files = ShownFiles(self.path, asked)
        self.stage = Stage(copied(template, place / "office.sqlite3"), {}, files=files)

    @property
    def contents(self) -> list[bytes]:
        found = sorted(self.path.iterdir()) if self.path.is_dir() else []
        return [one.read_bytes() for one in found]

    async def at_the_file(self) -> Person:
        """Ada, who is asked to show a file."""
        await self.stage.publish(FORM)
        self.stage.at("2018-06-07 12:00")
        ada = await self.stage.joined("Ada Vea")
        await self.stage.until_next_message()
        await ada.taps("Start", "Yes")
        return ada

    def housekeeping(self) -> Housekeeping:
        application = self.stage.application
        return Housekeeping(application.transactions.database, office=application.office)


@pytest.fixture
def folder(template: Path, tmp_path: Path) -> Iterator[Folder]:
    folder = Folder(template, tmp_path)
    yield folder
    folder.stage.close()


def photo(ada: Person, content: bytes, size: int = 0) -> Pictured:
    async def fetch() -> bytes:
        return content

    return Pictured(ada.sender, size, fetch)


async def never() -> bytes:
    raise AssertionError("nobody asked for it")


async def test_a_photo_and_a_document_are_kept_and_the_answer_says_only_that(
    folder: Folder,
) -> None:
    ada = await folder.at_the_file()
    assert "Please send a photo, a PDF or a Word file" in ada.text
    assert "Only the office sees it." in ada.text
    assert "Skip" in ada.labels
    await ada.sends(photo(ada, picture("JPEG", place=True)))
    assert ada.sees("Understood: file received.")
    assert ada.sees("Anything else?")
    assert await folder.stage.answers(ada, "M6") == {"new": "yes", "order": "shown"}
    assert len(folder.contents) == 1
    await ada.taps("‹ Back")
    assert ada.sees("Your answer so far: file received")
    await ada.sends(Uploaded(ada.sender, "Adas order.docx", word(), len(word())))
    kept = await folder.stage.application.transactions.read(files_of_person, ada.participant_id)
    assert [(one.kind, one.item, one.about) for one in kept] == [("docx", "order", "answer")]
    assert folder.contents == [word()]


@pytest.mark.parametrize(
    ("content", "size", "says"),
    [
        (b"GIF89a", 6, "This kind of file is not possible here."),
        (picture("PNG")[:40], 40, "We could not read this file."),
        (b"", 10_000_001, TOO_LARGE),
    ],
)
async def test_what_cannot_be_taken_is_said_and_the_question_stays(
    folder: Folder, content: bytes, size: int, says: str
) -> None:
    ada = await folder.at_the_file()
    sent = Uploaded(ada.sender, "order.pdf", content, size, fetch=None if content else never)
    await ada.sends(sent)
    assert says in ada.text
    assert ada.sees("Can you show it?")
    assert folder.contents == []
    await ada.taps("Skip")
    assert ada.sees("Anything else?")
    assert await folder.stage.answers(ada, "M6") == {"new": "yes", "order": ""}


async def test_words_are_no_file(folder: Folder) -> None:
    ada = await folder.at_the_file()
    await ada.types("here it is")
    assert ada.text.startswith("Please send a photo, a PDF or a Word file")
    assert ada.sees("Can you show it?")


async def test_a_file_that_no_question_asks_for_is_not_fetched(folder: Folder) -> None:
    ada = await folder.at_the_file()
    await ada.taps("Skip")
    await ada.sends(Pictured(ada.sender, 5, never))
    assert "only a button or a text that you type can be an answer" in ada.text
    assert folder.contents == []


async def test_without_the_wish_of_the_office_nobody_is_asked(
    template: Path, tmp_path: Path
) -> None:
    folder = Folder(template, tmp_path, asked=False)
    ada = await folder.at_the_file()
    assert ada.text.startswith("Question 2 of about 2")
    assert ada.sees("Anything else?")
    await ada.sends(Pictured(ada.sender, 5, never))
    assert await folder.stage.answers(ada, "M6") == {"new": "yes"}
    folder.stage.close()


async def test_the_same_photo_twice_is_one_answer_and_one_file(folder: Folder) -> None:
    ada = await folder.at_the_file()
    await ada.together(photo(ada, picture("PNG")), photo(ada, picture("PNG")))
    assert await folder.stage.answers(ada, "M6") == {"new": "yes", "order": "shown"}
    assert len(folder.contents) == 1


async def test_after_an_end_before_the_row_the_message_is_handled_again(folder: Folder) -> None:
    ada = await folder.at_the_file()
    reception, transactions = (
        folder.stage.application.reception,
        folder.stage.application.transactions,
    )

    async def ended(_inbound: object) -> object:
        raise KeyboardInterrupt

    files = reception._files
    with pytest.raises(KeyboardInterrupt):
        await files.around(ended, photo(ada, PDF))  # type: ignore[arg-type]
    assert folder.contents == []
    await ada.sends(photo(ada, PDF))
    assert folder.contents == [PDF]
    assert len(await transactions.read(files_of_person, ada.participant_id)) == 1


async def test_the_file_goes_with_the_answer_and_with_the_person(folder: Folder) -> None:
    ada = await folder.at_the_file()
    await ada.sends(photo(ada, PDF))
    await ada.taps("‹ Back", "‹ Back", "No")
    folder.housekeeping().daily(folder.stage.now)
    assert folder.contents == []
    await ada.taps("‹ Back", "Yes")
    await ada.sends(photo(ada, PDF))
    assert folder.contents == [PDF]
    write = folder.stage.application.transactions.write
    await write(erase, ada.participant_id, folder.stage.now, keep_answers=True)
    folder.housekeeping().daily(folder.stage.now)
    assert folder.contents == []


async def test_a_stranger_who_sends_a_photo_gets_nothing_fetched(folder: Folder) -> None:
    stranger = folder.stage.visitor("Eva", "777")
    told = await stranger.sends(Pictured(stranger.sender, 5, never))
    assert told == await stranger.sends(Odd(stranger.sender, Oddity.OTHER))
    assert SUVA.title not in str(told)


async def test_after_its_time_the_file_goes_and_that_there_was_one_stays(folder: Folder) -> None:
    ada = await folder.at_the_file()
    await ada.sends(photo(ada, PDF))
    await ada.types("Nothing else")
    folder.stage.now += timedelta(days=365 * 3)
    folder.housekeeping().daily(folder.stage.now)
    assert folder.contents == []
    assert (await folder.stage.answers(ada, "M6"))["order"] == "shown"
