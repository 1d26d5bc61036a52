"""A reply is lost after the commit: what the person sends next is stored, or told not to be stored.

Each test commits something, shows nothing of it, and sends what somebody would send who still sees
the old screen.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import pytest

from bot.messaging.messages import Commanded, Filled, Inbound, Odd, Oddity, Reply, Tapped, Typed
from bot.messaging.tokens import Action, token
from tests.bot.stage import KASHIWA, Person, Stage

QUESTIONS = """
spec: 1
key: M6
title: Six months after the workshop
choices:
  yes_no: [{name: yes, label: Yes}, {name: no, label: No}]
  tools: [{name: list, label: A list}, {name: form, label: A form}]
survey:
  - {type: text, name: first, label: "What did you learn?"}
  - {type: select_one yes_no, name: use, label: "Do you use it?"}
  - {type: select_multiple tools, name: tools, label: "Which tools?"}
  - {type: integer, name: people, label: "How many people?"}
  - {type: select_one yes_no, name: again, label: "Will you use it next year?"}
"""
ORDER = ["first", "use", "tools", "people", "again"]


@dataclass
class Scene:
    """What is on the screen: `seen` is the question there, `old` a button of it, `form` its values."""

    ada: Person
    lost: Inbound
    seen: str = ""
    old: Tapped | None = None
    form: tuple[str, ...] = ("no",)

    def sends(self, kind: str, number: int) -> Inbound | None:
        """What she sends next, from what she still sees."""
        sender = self.ada.sender
        found: dict[str, Inbound | None] = {
            "text": Typed(sender, "2"),
            "same": self.lost,
            "other tap": self.old,
            "sticker": Odd(sender, Oddity.STICKER),
            "edit": Odd(sender, Oddity.EDITED),
            "form": Filled(sender, number, ORDER.index(self.seen or "first"), self.form),
        }
        return found[kind]


Situation = Callable[[Stage, Person], Awaitable[Scene]]


async def _begun(stage: Stage, ada: Person, *labels: str) -> None:
    await stage.until_next_message()
    await ada.taps("Start", *labels)


async def typed_answer(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada)
    return Scene(ada, Typed(ada.sender, "audit"), "first", ada.tap_on("Skip"))


async def skipped(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada)
    return Scene(ada, ada.tap_on("Skip"), "first")


async def tapped_answer(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip")
    return Scene(ada, ada.tap_on("Yes"), "use", ada.tap_on("No"))


async def ticked(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip", "Yes")
    return Scene(ada, ada.tap_on("A list"), "tools", ada.tap_on("A form"), ("form",))


async def done(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip", "Yes", "A list")
    return Scene(ada, ada.tap_on("Done"), "tools", ada.tap_on("A form"), ("form",))


async def went_back(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip", "Yes", "Skip")
    return Scene(ada, ada.tap_on("‹ Back"), "people", ada.tap_on("Skip"), ("2",))


async def kept(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip", "Yes", "‹ Back", "Keep my answer")
    await ada.taps("‹ Back")
    return Scene(ada, ada.tap_on("Keep my answer"), "use", ada.tap_on("No"))


async def last_answer(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip", "Yes", "Skip", "Skip")
    return Scene(ada, ada.tap_on("Yes"), "again", ada.tap_on("No"))


async def last_answer_with_another_question_above(stage: Stage, ada: Person) -> Scene:
    await stage.enrol("Ada Vea", workshop=KASHIWA)
    await ada.joins(KASHIWA)
    await ada.taps("I agree")
    await _begun(stage, ada, "Skip")
    await stage.until_next_message()
    await ada.taps("Start", "Skip", "Yes", "Skip", "Skip")
    return Scene(ada, ada.tap_on("Yes"), "again", ada.tap_on("No"))


async def language(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip")
    return Scene(ada, Commanded(ada.sender, "language", "fr"), "use", ada.tap_on("No"))


async def channel(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip")
    old = ada.tap_on("No")
    return Scene(ada, Tapped(ada.sender, token(Action.CHANNEL, 0), old.ref), "use", old)


async def paused(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip")
    old = ada.tap_on("No")
    await ada.taps("⋯")
    return Scene(ada, ada.tap_on("Pause and continue later"), "use", old)


async def stopped(stage: Stage, ada: Person) -> Scene:
    await _begun(stage, ada, "Skip")
    return Scene(ada, Commanded(ada.sender, "stop"), "use", ada.tap_on("No"))


async def closed(stage: Stage, ada: Person) -> Scene:
    scene = await tapped_answer(stage, ada)
    await stage.application.reception.receive(scene.lost)
    stage.at("2018-07-07 12:00")
    return scene


async def closed_by_a_round(stage: Stage, ada: Person) -> Scene:
    scene = await closed(stage, ada)
    await stage.fieldwork_round()
    return scene


SITUATIONS: list[Situation] = [
    typed_answer,
    skipped,
    tapped_answer,
    ticked,
    done,
    went_back,
    kept,
    last_answer,
    last_answer_with_another_question_above,
    language,
    channel,
    paused,
    stopped,
    closed,
    closed_by_a_round,
]
NEXT = ["text", "same", "other tap", "sticker", "edit", "form"]
SAID = (
    "not stored",
    "but not this message",
    "You answered that question on",
    "belongs to another question",
    "page belongs to another question",
    "is closed",
)
A_WAY = ("Change my earlier answer", "Change it", "See or change my answers", "/mydata", "⋯")


@pytest.fixture
async def ada(stage: Stage) -> Person:
    """Ada, whose questionnaire opens soon."""
    await stage.publish(QUESTIONS)
    stage.at("2018-06-07 12:00")
    return await stage.joined("Ada Vea")


def _told(reply: Reply) -> str:
    cards = [say.card for say in reply.says]
    labels = [button.text for card in cards for row in card.rows for button in row]
    return "\n".join([reply.notice, reply.refused, *(card.text for card in cards), *labels])


@pytest.mark.parametrize("kind", NEXT)
@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: one.__name__)
async def test_what_is_sent_after_a_lost_reply_is_stored_or_told_not_to_be(
    stage: Stage, ada: Person, situation: Situation, kind: str
) -> None:
    scene = await situation(stage, ada)
    number = await stage.case_of(ada, "M6")
    following = scene.sends(kind, number)
    if following is None:
        pytest.skip("the old screen has no other button")
    receive = stage.application.reception.receive
    await receive(scene.lost)
    before = await stage.answers(ada, "M6")
    draft = (await stage.case(ada, "M6")).draft
    reply = await receive(following)
    after = await stage.answers(ada, "M6")
    told = _told(reply)
    if after != before:
        assert set(after.items()) ^ set(before.items()) <= {
            (scene.seen, one) for one in (before.get(scene.seen), after.get(scene.seen))
        }
    elif kind == "same" or (await stage.case(ada, "M6")).draft != draft:
        # The same answer again: it is stored already. A tick is kept until Done.
        assert reply != Reply()
    else:
        assert any(words in told for words in SAID), told
        assert any(words in told for words in A_WAY) or kind == "form", told
    if KASHIWA.code in ada.enrolments:
        assert await stage.answers(ada, "M6", KASHIWA) == {"first": ""}


async def _then(ada: Person, lost: Inbound, following: Inbound) -> str:
    """Send something whose reply is lost, then something else; return all that is said to that."""
    receive = ada.stage.application.reception.receive
    await receive(lost)
    return _told(await receive(following))


def _taps(ada: Person, action: Action, *numbers: int) -> Tapped:
    return Tapped(ada.sender, token(action, *numbers), "")


@pytest.mark.parametrize("action", [Action.AGREE, Action.DECLINE])
async def test_a_text_after_a_lost_reply_about_the_consent_is_told_not_to_be_stored(
    stage: Stage, action: Action
) -> None:
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    number = ada.enrolments["IPR-OC-2017"].id
    numbers = (number, 0) if action is Action.DECLINE else (number,)
    told = await _then(ada, _taps(ada, action, *numbers), Typed(ada.sender, "yes"))
    assert "not stored" in told
    assert "/mydata" in told


async def test_the_other_button_after_a_lost_reply_about_the_consent_says_what_stands(
    stage: Stage,
) -> None:
    ada = await stage.enrol("Ada Vea")
    await ada.joins()
    number = ada.enrolments["IPR-OC-2017"].id
    agree, decline = _taps(ada, Action.AGREE, number), _taps(ada, Action.DECLINE, number, 0)
    assert "You have already agreed. To stop, send /stop." in await _then(ada, agree, decline)


async def test_whoever_was_deleted_and_did_not_hear_it_is_told_that_nothing_is_stored(
    stage: Stage, ada: Person
) -> None:
    erase = _taps(ada, Action.MINE, 4)
    for following in (Typed(ada.sender, "2"), erase, Odd(ada.sender, Oddity.STICKER)):
        told = await _then(ada, erase, following)
        assert "We do not know this chat yet." in told
        assert "What is sent here is not stored." in told


async def test_a_code_from_another_account_may_be_sent_again_and_a_text_is_not_stored(
    stage: Stage, ada: Person
) -> None:
    other = stage.visitor("Zoe", "977")
    code = Commanded(other.sender, "start", ada.codes["IPR-OC-2017"])
    assert "Another account already uses this code." in await _then(other, code, code)
    assert "not stored" in await _then(other, code, Typed(other.sender, "2"))


async def test_a_guest_in_a_room_may_say_again_who_it_is(stage: Stage) -> None:
    stage.at("2017-12-08 15:00", "Pacific/Fiji")
    ada = await stage.enrol("Ada Vea")
    eva = stage.visitor("Eva", "901")
    await eva.types("/room")
    await eva.taps("Combating", "Make a code for Fri 8 December 2017")
    code = Typed(ada.sender, eva.text.partition(": ")[2].partition("\n")[0])
    who = Typed(ada.sender, "P-101")
    assert "Welcome to the workshop" in await _then(ada, code, code)
    assert "We are asking the organiser" in await _then(ada, who, who)
    assert "cannot find this on the list" in await _then(ada, who, Typed(ada.sender, "2"))


@pytest.mark.parametrize(
    "labels",
    [
        ("M6", "Open now"),
        ("M6", "Open now", "Yes"),
        ("M6", "Open now", "Yes", "Undo"),
        ("M6", "Open now", "No"),
        ("M6", "Hold"),
        ("M6", "Try it yourself"),
    ],
    ids=lambda labels: labels[-1],
)
async def test_a_button_of_staff_tapped_again_says_what_stands(
    stage: Stage, ada: Person, labels: tuple[str, ...]
) -> None:
    eva = stage.visitor("Eva", "901")
    await eva.types("/wave")
    await eva.taps("Combating", *labels[:-1])
    tap = eva.tap_on(labels[-1])
    told = await _then(eva, tap, tap)
    assert told.strip()
    assert not await ada_hears_twice(stage, ada)


async def ada_hears_twice(stage: Stage, ada: Person) -> bool:
    await stage.fieldwork_round()
    await stage.fieldwork_round()
    return sum("Hello Ada Vea." in message.card.text for message in ada.screen) > 1
