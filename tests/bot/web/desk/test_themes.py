"""Themes at the desk: the code book, what two readers mark, and who decides where they differ."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import select

from storage.office.staff import StaffRole
from storage.schema import theme_marks
from tests.analysis.builder import Story
from tests.analysis.quoting import SAID
from tests.analysis.theming import mark, write_book
from tests.bot.web.desk.offices import Desk
from tests.bot.web.desk.window import Window
from tests.bot.web.desk.words import desk_with

THEMES, DIFFER = "/desk/reports/words/themes", "/desk/reports/words/differ"
BOOK = "/desk/reports/themes"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The desk of an office with three themes, whose participants wrote six texts.

    Two readers differ in the last one.
    """

    def also(story: Story, cases: list[int]) -> None:
        write_book(story)
        mark(story, cases[5], "example", "seizures", "S-FAY")
        mark(story, cases[5], "example", "", "S-GUS")
        mark(story, cases[4], "example", "teaching", "S-FAY")

    with desk_with(tmp_path, SAID, also) as desk:
        yield desk


@pytest.fixture
async def ana(desk: Desk) -> Window:
    return await desk.signs_in("Ana", StaffRole.ORGANISER)


def text_of(window: Window) -> str:
    return str(window.tree.xpath("//blockquote")[0].text_content())


async def stored(desk: Desk) -> list[str]:
    rows = await desk.transactions.read(
        lambda c: c.execute(select(theme_marks).order_by(theme_marks.c.id)).all()
    )
    return ["taken back" if one.taken_back else one.themes for one in rows][3:]


async def test_themes_are_ticked_and_saved_one_text_after_the_other_and_taken_back(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(THEMES)
    assert "5 texts wait for your themes" in ana.text
    assert not ana.tree.xpath("//input[@checked]"), "nothing is ticked beforehand"
    first = text_of(ana)
    await ana.presses("Save, next one", themes=["targeting", "seizures"])
    assert ana.note.startswith("Marked with seizures, targeting")
    assert text_of(ana) != first
    await ana.presses("Save, next one", themes="none")
    assert await stored(desk) == ["seizures targeting", ""]
    await ana.presses("Undo")
    assert ana.note.startswith("Taken back")
    await ana.presses("Save, next one")
    assert "are missing" in ana.errors
    assert await stored(desk) == ["seizures targeting", "", "taken back"]


async def test_what_another_one_has_marked_is_nowhere_on_the_page_of_the_second(
    ana: Window,
) -> None:
    await ana.opens(THEMES)
    for _ in range(4):
        await ana.presses("Save, next one", themes="targeting")
    assert text_of(ana) == SAID[4]
    assert "S-FAY" not in ana.answer.text
    assert not ana.tree.xpath("//input[@checked]")
    await ana.presses("Save, next one", themes="teaching")
    assert "No text waits for your themes." in ana.text


async def test_where_two_differ_somebody_decides_and_it_is_undone(desk: Desk, ana: Window) -> None:
    await ana.opens(DIFFER)
    assert "First reader Seizures Second reader none of them" in ana.text
    assert not ana.tree.xpath("//input[@checked]")
    await ana.presses("Decide, next one", themes="seizures")
    assert "No two readers differ." in ana.text
    assert await stored(desk) == ["seizures"]
    await ana.presses("Undo")
    assert text_of(ana) == SAID[5]


async def test_agreement_stands_beside_what_differs(ana: Window) -> None:
    await ana.opens(DIFFER)
    cells = [
        [one.text_content() for one in row.xpath("./th|./td")]
        for row in ana.tree.xpath("//tbody/tr")
    ]
    assert cells == [
        ["Targeting", "0", "0", "0", "1", "1", "–"],
        ["Training of others", "0", "0", "0", "1", "1", "–"],
        ["Seizures", "0", "1", "0", "0", "1", "–"],
        ["All themes together", "0", "1", "0", "2", "1", "–"],
    ]


async def test_the_code_book_is_written_and_each_act_is_undone(ana: Window) -> None:
    await ana.opens(BOOK)
    await ana.follows("Add a theme …")
    await ana.presses("Add it", code="law", name="New law", definition="A law was made.")
    assert ana.note == "law is in the code book: “New law”."
    await ana.follows("Change … theme New law")
    await ana.presses("Save it", name="Law")
    assert "law is “Law” now" in ana.note
    await ana.presses("Undo")
    assert "New law" in ana.text
    await ana.presses("Retire theme New law")
    await ana.presses("Use it again theme New law")
    assert ana.note == "law is in use again."


async def test_what_was_done_lately_is_taken_back_from_today_and_tells_no_theme(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(f"{BOOK}?do=add")
    await ana.presses("Add it", code="law", name="New law")
    await ana.opens(THEMES)
    await ana.presses("Save, next one", themes="targeting")
    await ana.opens("/desk")
    assert "targeting" not in ana.text.lower()
    marked = next(label for label in ana.buttons if "themes marked" in label)
    await ana.presses(marked)
    assert await stored(desk) == ["targeting", "taken back"]
    await ana.opens("/desk")
    await ana.presses(next(label for label in ana.buttons if "law" in label))
    assert ana.note == "law is retired. Its code stays taken."


async def test_a_code_of_another_theme_is_refused_and_what_was_typed_stays(ana: Window) -> None:
    await ana.opens(f"{BOOK}?do=add")
    await ana.presses("Add it", code="targeting", name="Tariffs")
    assert "belongs to “Targeting” already" in ana.errors
    assert ana.tree.xpath('//input[@name="name"]')[0].get("value") == "Tariffs"


async def test_without_a_theme_the_page_says_where_they_are_written(tmp_path: Path) -> None:
    with desk_with(tmp_path, SAID[:1]) as desk:
        ana = await desk.signs_in("Ana", StaffRole.ORGANISER)
        await ana.opens(THEMES)
        await ana.follows("The code book")
        assert "There is no theme yet." in ana.text
