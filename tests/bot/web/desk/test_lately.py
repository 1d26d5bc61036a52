"""What was done lately and its undo: after a workshop has another code, and with broken buttons."""

from collections.abc import Awaitable, Callable

import pytest

from bot.audit import record
from bot.desk.questionnaires.files import ChoiceLists, parse_lists
from bot.desk.questionnaires.publishing import correct_texts
from bot.desk.questionnaires.workshop_lists import correct_lists, import_lists
from bot.desk.workshops.renaming import rename
from bot.web.desk.pages.lately import UNDO
from storage.instruments.questionnaires import newest
from storage.office.audit import Act
from tests.bot.stage import SUVA, Person, Stage
from tests.bot.web.browser import PUBLIC
from tests.bot.web.desk.conftest import SignIn
from tests.bot.web.desk.given import LONGER, SHORT, choices
from tests.bot.web.desk.window import Window

NEW = "IPR-FJ"
THERE = f"/desk/workshops/{SUVA.code}"
WAVES = (
    Act.WAVE_OPENED,
    Act.WAVE_SKIPPED,
    Act.WAVE_DAYS,
    Act.WAVE_HELD,
    Act.WAVE_RELEASED,
    Act.WAVE_CLOSED,
    Act.WAVE_REOPENED,
)
MOVED = "moved: 2017-12-04 to 2017-12-08, now 2017-12-11 to 2017-12-15"
OF_ADMINISTRATORS = {Act.STAFF_REMOVED}
"""What only administrators take back: see tests/bot/web/desk/test_office.py."""
CHANGED = (MOVED, "plan standard -> short", "cancelled", "restored", "confirmed", "not confirmed")
"""What entries say of a workshop after its code."""

Renames = Callable[[], Awaitable[None]]


@pytest.fixture
async def ada(stage: Stage) -> Person:
    stage.at("2018-03-20 10:00")
    await stage.workshop(SUVA)
    return await stage.joined("Ada Vea")


@pytest.fixture
async def ana(ada: Person, signed_in: SignIn) -> Window:
    return await signed_in()


@pytest.fixture
def renames(stage: Stage, ada: Person) -> Renames:
    """Return what gives the workshop another code."""

    async def renamed() -> None:
        write, office = stage.application.transactions.write, stage.application.office
        await write(rename, office, SUVA.code, NEW, stage.now)

    return renamed


async def test_the_history_has_what_was_done_under_a_former_code_with_its_undo(
    ana: Window, renames: Renames
) -> None:
    await ana.opens(f"{THERE}/waves/M6?do=hold")
    await ana.presses("Hold this wave")
    await renames()
    held = f"Undo of wave held {SUVA.code} M6"
    for page in ("/waves/M6", ""):
        await ana.opens(f"/desk/workshops/{NEW}{page}")
        assert held in ana.buttons
    await ana.presses(held)
    await ana.presses("Release")
    assert ana.note.startswith(f"{NEW} M6 is released.")
    await ana.opens(f"/desk/workshops/{NEW}")
    assert held not in ana.buttons


async def test_choices_are_taken_back_from_today_after_another_code(
    ana: Window, renames: Renames
) -> None:
    await ana.opens(f"{THERE}/questions")
    await ana.presses("Look at it", choices("The manual"))
    await ana.presses("Save the choices")
    await renames()
    await ana.presses("Undo")
    assert ana.note == f"The choices of {NEW} are as before."
    await ana.presses("Undo")
    await ana.opens("/desk")
    await ana.presses(f"Undo of imported {SUVA.code} lists")
    assert ana.note == f"The choices of {NEW} are as before."


async def test_a_form_that_was_open_acts_on_the_workshop_under_its_new_code(
    ana: Window, renames: Renames
) -> None:
    await ana.opens(f"{THERE}?do=cancel")
    await renames()
    await ana.presses("Cancel the workshop")
    assert ana.note.startswith(f"{NEW} is cancelled")
    assert ana.path.startswith(f"/desk/workshops/{NEW}?")
    for act, question in (("move", f"Move {NEW}?"), ("hold", f"Hold all of {NEW}?")):
        await ana.opens(f"{THERE}?do={act}")
        assert ana.panel.startswith(question)


async def test_a_person_is_put_back_into_the_workshop_under_its_new_code(
    ana: Window, ada: Person, renames: Renames
) -> None:
    person = f"P-{ada.identifier}"
    await ana.opens(f"/desk/people/{person}?do=remove&workshop={SUVA.code}")
    await ana.presses("Remove", why="wrong-list")
    await renames()
    await ana.opens(f"/desk/people/{person}")
    (undo,) = [one for one in ana.buttons if one.startswith("Undo")]
    await ana.presses(undo)
    assert ana.note == f"{person} is in {NEW} again, with all answers."


async def test_only_the_last_of_two_other_codes_is_taken_back(
    ana: Window, renames: Renames
) -> None:
    await ana.opens(f"{THERE}?do=rename")
    await ana.presses("Change the code", new="FJ-1")
    await renames()
    await ana.opens("/desk")
    codes = [one for one in ana.buttons if " renamed to " in one]
    assert codes == [f"Undo of workshop changed FJ-1 renamed to {NEW}"]
    await ana.presses(codes[0])
    assert ana.note.startswith(f"{NEW} is now FJ-1.")


def _abouts(person: str) -> list[tuple[Act, str]]:
    """Return an entry about SUVA of each kind that has an undo, and of each kind of change of it."""
    wave = f"{SUVA.code} M6"
    words = {
        **dict.fromkeys(WAVES, wave),
        **dict.fromkeys((Act.LEFT_OUT, Act.TAKEN_IN), f"{person} {wave}"),
        **dict.fromkeys((Act.WORKSHOP_HELD, Act.WORKSHOP_RELEASED), SUVA.code),
        Act.WAVE_ADDED: f"{SUVA.code} M3",
        Act.ANSWERS_IMPORTED: f"{wave} import 1",
        Act.IMPORT_UNDONE: f"{SUVA.code} import 1",
        Act.IMPORT_SAVED_AGAIN: "calendar 1",
        Act.PERSON_STOPPED: f"{person} telephone",
        Act.PERSON_REMOVED: f"{person} {SUVA.code} wrong_list",
        Act.COLUMNS_FORGOTTEN: "list 1",
        Act.VERIFIED: "case 1 unit",
        **dict.fromkeys((Act.SHARE_ENDED, Act.SHARE_RESTORED), "SH-1"),
        Act.SHARED: f"SH-1 {SUVA.code} donors",
    }
    assert set(words) == set(UNDO) - OF_ADMINISTRATORS
    changes = [(Act.WORKSHOP_CHANGED, f"{SUVA.code} {what}") for what in CHANGED]
    return [*words.items(), *changes]


async def test_no_undo_ends_without_a_word_whatever_became_of_what_it_is_about(
    stage: Stage, ana: Window, ada: Person, renames: Renames
) -> None:
    abouts = _abouts(f"P-{ada.identifier}")
    await renames()
    write, office = stage.application.transactions.write, stage.application.office
    for act, about in abouts:
        await write(record, office, act, about, stage.now)
        await ana.opens("/desk")
        (undo,) = [one for one in ana.buttons if one.endswith(f" of {act} {about}")]
        await ana.presses(undo)
        assert ana.note or ana.panel or ana.errors or ana.status == 409, (act, about)
        assert ana.heading != "There is no such page", (act, about)


async def test_a_button_that_does_not_say_what_it_takes_back_takes_nothing_back(
    ana: Window,
) -> None:
    await ana.opens("/desk/workshops/plans")
    await ana.presses("Store the plan", plan=SHORT)
    await ana.presses("Store the plan", plan=LONGER)
    await ana.opens(f"{THERE}/questions")
    await ana.presses("Look at it", choices("The manual"))
    await ana.presses("Save the choices")
    for address, fields in (
        (f"{THERE}/questions", {"do": "put-back"}),
        (f"{THERE}/questions", {"do": "put-back", "change": "1x"}),
        ("/desk/workshops/plans", {"do": "put-back", "key": "short", "change": "0"}),
        ("/desk/questionnaires/M6", {"do": "again", "version": "1", "undo": "1"}),
    ):
        await _sends(ana, address, fields)
        assert ana.errors.endswith(
            "This button does not say what it is about. Nothing was changed. Open the page again."
        )
    assert "takeaways: 1 choice" in (await ana.opens(f"{THERE}/questions")).text
    assert "M3 4 months after" in (await ana.opens("/desk/workshops/plans")).text


async def _sends(window: Window, address: str, fields: dict[str, str]) -> None:
    """Send a form of a page as somebody who has changed its fields."""
    await window.opens(address)
    (token, *_) = window.tree.xpath('//input[@name="token"]/@value')
    origin = {"origin": PUBLIC, "sec-fetch-site": "same-origin"}
    window.answer = await window.client.post(
        address, data={"token": token, **fields}, headers=origin
    )


async def test_what_an_act_counts_is_said_in_words(ana: Window) -> None:
    await ana.opens(f"{THERE}/questions")
    await ana.presses("Look at it", choices("The manual"))
    await ana.presses("Save the choices")
    await ana.opens("/desk")
    assert f"Imported: {SUVA.code} lists 1 change, change number 1 Undo" in ana.text


async def test_a_correction_of_texts_is_taken_back_from_what_was_done_lately(
    stage: Stage, ana: Window
) -> None:
    write, office = stage.application.transactions.write, stage.application.office
    before = await stage.application.transactions.read(newest, "M6")
    assert before is not None
    told = before.model_copy(update={"title": {**before.title, "en": "Wrong"}})
    await write(correct_texts, office, told, stage.now)
    await ana.opens("/desk")
    await ana.presses("Undo of questionnaire published M6 version 1, correction 1")
    assert ana.note == "The texts of M6 are as before: M6 version 1, correction 2."
    await ana.presses("Undo")
    assert ana.note == "The texts of M6 are as before: M6 version 1, correction 3."
    await ana.opens("/desk")
    assert [one for one in ana.buttons if "texts put back" in one or "published" in one] == [
        "Undo of questionnaire published M6 texts put back",
        "Undo of questionnaire published M6 version 1, correction 1",
    ]


async def test_an_undo_in_the_history_asks_where_the_act_has_asked(ana: Window) -> None:
    moved = "moved: 2017-12-04 to 2017-12-08, now 2017-12-11 to 2017-12-15"
    acts = (
        ("move&days=11 to 15 December 2017", "Move the workshop", f"changed {SUVA.code} {moved}"),
        ("hold", "Hold the workshop", f"held {SUVA.code}"),
        ("cancel", "Cancel the workshop", f"changed {SUVA.code} cancelled"),
    )
    asked = (
        ("Move it back", f"Move {SUVA.code} back? Now: Mon 11 December 2017"),
        ("Release the workshop", f"Release all of {SUVA.code}?"),
        ("Restore the workshop", f"Restore {SUVA.code}?"),
    )
    for (act, button, done), (back, question) in zip(acts, asked, strict=True):
        await ana.opens(f"{THERE}?do={act}")
        await ana.presses(button)
        await ana.opens(THERE)
        await ana.presses(f"Undo of workshop {done}")
        assert (ana.note, ana.errors) == ("", "")
        assert ana.panel.startswith(question)
        await ana.presses(back)
        assert ana.note
        await ana.opens(f"{THERE}?do={act}")
    assert "6 months after" in (await ana.opens(THERE)).text


async def test_a_move_back_says_which_waves_move_and_not_that_it_was_moved_again(
    ana: Window,
) -> None:
    await ana.opens(f"{THERE}?do=move&days=11 to 15 December 2017")
    await ana.presses("Move the workshop")
    await ana.opens(THERE)
    (undo,) = [one for one in ana.buttons if one.startswith("Undo of workshop changed")]
    page = ana.answer
    await ana.presses(undo)
    assert "6 months after: Fri 15 June 2018 → Fri 8 June 2018." in ana.panel
    await ana.opens(f"{THERE}?do=move&days=18 to 22 December 2017")
    await ana.presses("Move the workshop")
    ana.answer = page
    await ana.presses(undo)
    assert "was moved again since" in ana.note


async def test_earlier_texts_in_open_waves_are_asked_about_in_the_history(
    stage: Stage, ada: Person, signed_in: SignIn
) -> None:
    write, office = stage.application.transactions.write, stage.application.office
    await write(import_lists, office, SUVA.code, _lists("No rom"), stage.now)
    await stage.opens("M6", "2018-06-08 09:30")
    await write(correct_lists, office, SUVA.code, _lists("No room"), stage.now)
    ana = await signed_in()
    await ana.opens(THERE)
    await ana.presses(f"Undo of imported {SUVA.code} lists")
    assert "It has reached open waves. Open now: M6." in ana.panel
    await ana.presses("Put them back")
    assert ana.note == f"The choices of {SUVA.code} are as before."


def _lists(label: str) -> ChoiceLists:
    rows = f"list_name,name,label\nobstacles,room,{label}"
    return parse_lists(rows.encode(), "lists.csv")
