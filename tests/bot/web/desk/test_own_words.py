"""Own words at the desk: one text after the other is released, withheld, left for later, taken back."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.desk.reports.own_words import TextPlace, own_words, release, withhold
from bot.desk.reports.queued_texts import QueuedText
from storage.office.audit import Act, entries
from storage.office.staff import StaffRole
from tests.analysis.builder import CUT_OFF, Story
from tests.analysis.theming import write_book
from tests.bot.web.desk.offices import OFFICE, Desk
from tests.bot.web.desk.window import Window
from tests.bot.web.desk.words import desk_with

PAGE = "/desk/reports/words"
TEXTS = [f"We wrote rule number {number} for the whole of the border" for number in range(9)]
SHORTER = "We wrote … for the whole of the border"


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """The desk of an office whose participants wrote nine texts, the second one in Thai."""

    def also(story: Story, cases: list[int]) -> None:
        write_book(story)
        story.spoken(cases[1], "th")
        story.set("participants", 1, name="Border Guard")

    with desk_with(tmp_path, TEXTS, also) as desk:
        yield desk


@pytest.fixture
async def ana(desk: Desk) -> Window:
    return await desk.signs_in("Ana", StaffRole.ORGANISER)


def text_of(window: Window) -> str:
    return str(window.tree.xpath("//blockquote")[0].text_content())


async def texts(desk: Desk) -> dict[str, QueuedText]:
    found = await desk.transactions.read(own_words, (), "", CUT_OFF)
    return {one.text: one for one in found}


async def states(desk: Desk) -> dict[str, str]:
    return {text: one.released or one.state for text, one in (await texts(desk)).items()}


async def test_texts_are_released_shortened_and_withheld_and_each_is_taken_back(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    assert "Can you give one short example" in ana.text
    assert "Wanted first by: the report of TFA, M3." in ana.text
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    assert ana.note.startswith("Released. Case ")
    assert (await states(desk))[first] == SHORTER
    second = text_of(ana)
    assert second != first
    await ana.presses("Save, next one", leaving="withhold")
    assert (await states(desk))[second] == "withheld"
    await ana.presses("Undo")
    assert (await states(desk))[second] == "unread"
    assert text_of(ana) == second


async def test_nothing_is_chosen_beforehand_and_enter_alone_says_choose_first(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    assert not ana.tree.xpath("//input[@checked]")
    first = text_of(ana)
    await ana.presses("Save, next one", shorter=SHORTER, themes="targeting")
    assert ana.errors == "Choose first what may leave the office."
    assert ana.tree.xpath("//textarea")[0].text == SHORTER, "what was typed stays"
    assert [one.get("value") for one in ana.tree.xpath("//input[@checked]")] == ["targeting"]
    assert text_of(ana) == first


async def test_with_a_mark_the_first_choice_is_the_text_masked_beforehand(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    assert ana.tree.xpath("//blockquote/mark")[0].text == "border"
    choices = [one.get("value") for one in ana.tree.xpath('//input[@name="leaving"]')]
    assert choices == ["shorter", "withhold", "whole"]
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="shorter")
    assert (await states(desk))[first] == first.replace("border", "[name]")


async def test_a_text_gets_its_themes_in_the_same_act_and_both_are_undone(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="whole", themes=["targeting", "seizures"])
    assert "Marked with seizures, targeting" in ana.note
    await ana.presses("Undo")
    assert ana.note.startswith("To be read again, without these themes.")
    assert (await states(desk))[first] == "unread"
    await ana.presses("Save, next one", leaving="whole", themes=["none", "seizures"])
    assert "beside others" in ana.errors
    assert (await states(desk))[first] == "unread", "all or nothing"


async def test_a_text_is_released_in_translation(desk: Desk, ana: Window) -> None:
    await ana.opens(PAGE)
    assert "Translate" not in ana.text
    await ana.follows("Later")
    second = text_of(ana)
    await ana.presses("Save, next one", leaving="whole", english="We wrote a rule.")
    assert "marked as translated: “We wrote a rule.”" in ana.note
    assert (await texts(desk))[second].translation == "We wrote a rule."
    await ana.presses("Undo")
    assert (await texts(desk))[second].translation == ""


async def test_what_is_left_for_later_stays_behind_while_others_are_decided(ana: Window) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.follows("Later")
    second = text_of(ana)
    await ana.presses("Save, next one", leaving="withhold")
    assert text_of(ana) not in (first, second)
    await ana.follows("Later")
    await ana.presses("Save, next one", leaving="whole")
    assert text_of(ana) not in (first, second)
    assert len(ana.path) < 100


async def test_after_the_last_text_the_first_one_comes_again(desk: Desk, ana: Window) -> None:
    found = await desk.transactions.read(own_words, (), "unread", CUT_OFF)
    await ana.opens(f"{PAGE}?after={found[-1].case}.{found[-1].item}")
    assert text_of(ana) == found[0].text
    await ana.opens(f"{PAGE}?after={found[4].case}.{found[4].item}")
    assert text_of(ana) == found[5].text
    await ana.opens(f"{PAGE}?after=gone")
    assert text_of(ana) == found[0].text


def lately(window: Window) -> list[str]:
    return [" ".join(one.text_content().split()) for one in window.tree.xpath("//tbody/tr")]


async def test_what_was_read_lately_is_taken_back_and_that_is_undone(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    assert not lately(ana)
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="shorter", shorter=SHORTER)
    case = ana.note.split("Case ")[1].split(",")[0]
    second = text_of(ana)
    await ana.presses("Save, next one", leaving="withhold")
    newest, before = lately(ana)
    assert second in newest and "withheld" in newest and "Ana" in newest and "Read again" in newest
    assert first in before and "released, shortened" in before
    await ana.presses(f"Take back of case {case}, example")
    assert ana.note.startswith(f"Text example of case {case} is to be read again.")
    assert (await states(desk))[first] == "unread"
    await ana.presses("Undo")
    assert ana.note == f"Text example of case {case} is released as before."
    assert (await states(desk))[first] == SHORTER


async def test_why_a_text_is_withheld_is_chosen_and_shown_to_the_office(
    desk: Desk, ana: Window
) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="withhold", why="case")
    assert "is about an open case" in lately(ana)[0]
    assert (await texts(desk))[first].why == "is about an open case"
    await ana.presses("Save, next one", leaving="whole", why="insult")
    assert "insults" not in lately(ana)[0], "it is released"
    await ana.presses("Save, next one", leaving="withhold")
    assert lately(ana)[0].count("withheld") == 1


async def test_what_somebody_has_decided_since_is_not_taken_back(desk: Desk, ana: Window) -> None:
    await ana.opens(PAGE)
    first = text_of(ana)
    await ana.presses("Save, next one", leaving="withhold")
    one = (await texts(desk))[first]
    place = TextPlace(one.case, one.item)
    await desk.transactions.write(release, OFFICE, place, CUT_OFF)
    await ana.presses(f"Read again of case {one.case}, example")
    assert "decided about" in ana.note and "Nothing was changed." in ana.note
    assert (await states(desk))[first] == first


async def test_all_texts_that_were_read_are_paged_and_the_reading_is_noted(
    desk: Desk, ana: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.web.desk.pages.own_words.ON_A_PAGE", 2)
    for one in list((await texts(desk)).values())[:5]:
        place = TextPlace(one.case, one.item)
        await desk.transactions.write(withhold, OFFICE, place, CUT_OFF)
    await ana.opens(PAGE)
    assert len(lately(ana)) == 3
    await ana.follows("All 5")
    seen = lately(ana)
    noted = (await desk.transactions.read(entries))[-1]
    assert (noted.act, noted.about, noted.counts) == (
        *(Act.TEXTS_READ, "all workshops own words"),
        {"texts": 2},
    )
    await ana.follows("Next")
    place = TextPlace(
        (await desk.transactions.read(own_words, (), "unread", CUT_OFF))[0].case, "example"
    )
    await desk.transactions.write(withhold, OFFICE, place, CUT_OFF)
    await ana.follows("Next")
    assert len(lately(ana)) == 1 and lately(ana)[0] not in seen
    assert "Next" not in ana.links
    await ana.follows("Newest")
    assert len(lately(ana)) == 2
    await ana.opens(f"{PAGE}/read?after=0")
    assert "No text was read before these." in ana.text and "Newest" in ana.links
