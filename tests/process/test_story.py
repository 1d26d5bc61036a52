"""A wave from the organiser's tap to the last answer, through the real process."""

import re
from collections.abc import Callable
from functools import partial

from tests.process.harness import (
    EVA,
    FAY,
    INVITED,
    PEOPLE,
    TITLE,
    WORKSHOP,
    Chats,
    Office,
    Process,
    Run,
    invited,
)
from tests.standin.calls import Message
from tests.standin.control import StandIn
from tests.standin.people import Person
from tests.two_minutes import pass_two_minutes

TYPED = {"title or number": "SOP 12, Risk Unit"}
PICKED: tuple[str, ...] = (
    "Same job",
    "I do it regularly",
    "Some officers use it",
    "A few colleagues",
    "Procedure, manual",
)
PICKED += ("In force since", "Yes, but later", "More revenue", "None")


def look_at_wave(process: Process, organiser: Person) -> Message:
    """/wave, as far as the preview of M6; the message with the preview.

    A notice may come in between, so that it is not the last one.
    """
    organiser.sends("/wave")
    process.until(lambda: any(message.text == "Which workshop?" for message in organiser.screen))
    for beginning in (f"{TITLE}, Suva", "6 months after (M6)"):
        process.until(partial(labelled, organiser, beginning))
        organiser.taps(
            next(
                one
                for one in labelled(organiser, beginning)[0].labels
                if one.startswith(beginning)
            )
        )
    process.until(partial(labelled, organiser, "Open now"))
    return labelled(organiser, "Open now")[0]


def labelled(person: Person, beginning: str) -> list[Message]:
    """The messages of the bot with a label that begins so."""
    return [
        message
        for message in person.screen
        if any(label.startswith(beginning) for label in message.labels)
    ]


def test_d04_a_wave_opened_in_chat_by_two_organisers_goes_out_once(
    tg: StandIn, quiet: Office, run: Run, chats: Chats
) -> None:
    eva, fay = tg.person(EVA, "Eva"), tg.person(FAY, "Fay")
    process = run(quiet).listening()
    # What the first round tells the staff is said before they look.
    process.until(lambda: process.ticks() >= 1)
    for organiser in (eva, fay):
        preview = look_at_wave(process, organiser)
        assert f"{INVITED} will be contacted" in preview.text
    eva.taps("Open now")
    process.until(partial(labelled, eva, "Yes"))
    eva.taps("Yes", times=2)
    process.until(lambda: len(eva.notices) >= 5)
    fay.taps("Open now")
    process.until(lambda: any("already opened on" in notice.text for notice in fay.notices))
    assert f"{WORKSHOP} M6 opens at " in eva.notices[-2].text
    assert "already opened on" in eva.notices[-1].text
    pass_two_minutes(quiet.opened())
    process.until(lambda: len(invited(tg, quiet)) == INVITED)
    ticks = process.ticks()
    process.until(lambda: process.ticks() >= ticks + 2)
    assert set(invited(tg, quiet).values()) == {1}
    eva.taps("Refresh")
    told = f"M6 {WORKSHOP} (open): invited {INVITED} of {PEOPLE}"
    process.until(lambda: any(message.text.startswith(told) for message in eva.screen))
    assert process.stop() == 0
    # No reminder is due on the day of the invitation.
    assert set(map(tuple, quiet.outcomes().values())) == {("sent",)}


def test_c04_somebody_joins_by_a_link_late_and_answers_to_the_end(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    newcomer = busy.newcomer
    dee = chats[newcomer.chat]
    process = run(busy).listening()
    dee.sends(f"/start {newcomer.code}")
    process.until(lambda: "I agree" in (dee.screen[-1].labels))
    dee.taps("I agree")
    process.until(lambda: any("Start" in message.labels for message in dee.screen))
    dee.taps("Start")
    process.until(lambda: interview_card(dee).text.startswith("Question 1"))
    answered = answer_all(process, dee, lambda: busy.shown(newcomer))
    assert process.stop() == 0
    assert answered > 8
    stored = busy.answers(newcomer)
    assert stored["job"] == "same"
    assert len(stored) == answered
    assert any(value in TYPED.values() for value in stored.values())
    assert '"error"' not in process.output


def is_newer(person: Person, before: int) -> bool:
    """Whether the bot has sent a message after this one."""
    return person.last.message_id > before


def interview_card(person: Person) -> Message:
    """The card of the interview: an invitation may arrive beside it at any moment."""
    return next(
        message
        for message in reversed(person.screen)
        if message.sender == "bot" and not message.text.startswith("Hello")
    )


def question_number(person: Person) -> int | None:
    """The number of the question that the interview shows; None when it shows none."""
    found = re.match(r"(?:.*\n\n)?Question (\d+)", interview_card(person).text, re.DOTALL)
    return int(found[1]) if found else None


def is_another(now: Callable[[], object], before: object) -> bool:
    return now() != before


def answer_all(process: Process, person: Person, shown: Callable[[], set[str]]) -> int:
    """Answers question by question, tapping and typing in turn; how many.

    What is typed before the bot knows that the question arrived is rightly not stored, so each waits
    until `shown` names another question.
    """
    answered: list[int] = []
    before: set[str] = set()
    while (number := question_number(person)) is not None:
        assert number not in answered
        answered.append(number)
        process.until(partial(is_another, shown, before))
        before = shown()
        if answer(process, person):
            labels = interview_card(person).labels
            person.taps(next(label for label in labels if label.startswith("Done (")))
        # An answered card may be seen once more before the next question arrives.
        process.until(partial(is_another, partial(question_number, person), number))
    return len(answered)


def answer(process: Process, person: Person) -> bool:
    """Answers the question on the screen; whether it was a tick that still needs its Done."""
    card = interview_card(person)
    options = [label for label in card.labels if re.match(r"\d+\. ", label)]
    if not options:
        person.sends(next(text for words, text in TYPED.items() if words in card.text))
        return False
    wanted = [label for label in options if any(word in label for word in PICKED)]
    chosen = (wanted or options)[0]
    if "Done" not in card.labels:
        # Every other answer is typed.
        if card.message_id % 2 and "Question 1 " not in card.text:
            person.sends(chosen.partition(". ")[2])
        else:
            person.taps(chosen)
        return False
    person.taps(chosen)
    process.until(lambda: f"✓ {chosen}" in interview_card(person).labels)
    return True


def test_i02_i05_i14_odd_messages_store_no_wrong_answer(
    tg: StandIn, busy: Office, run: Run, chats: Chats
) -> None:
    officer, stranger = busy.joined[0], tg.person(8001, "Max")
    ada = chats[officer.chat]
    process = run(busy)
    process.until(lambda: ada.screen)
    ada.taps("Start")
    process.until(lambda: ada.last.text.startswith("Question 1"))
    first = ada.last
    for odd in (ada.sends_sticker, ada.sends_photo, ada.shares_contact):
        before = ada.last.message_id
        odd()
        process.until(partial(is_newer, ada, before))
        assert "Question 1 of" in ada.last.text
    before = ada.last.message_id
    ada.forwards("Left customs")
    process.until(lambda: ada.last.message_id > before)
    assert busy.answers(officer) == {}
    card = ada.last
    ada.taps("1. Same job", card.message_id, times=2)
    process.until(lambda: ada.last.text.startswith("Question 2"))
    # The old card still hangs above, with its buttons.
    ada.taps("1. Same job", first.message_id)
    written = ada.sends("hello")
    ada.edits(written, "Left customs")
    ada.taps_data(card.message_id, "no such button")
    stranger.taps_data(ada.last.message_id, first.buttons[2][0].data or "")
    process.until(lambda: stranger.screen or stranger.notices)
    process.until(lambda: tg.pending == 0)
    assert busy.answers(officer) == {"job": "same"}
    assert process.stop() == 0
    assert '"error"' not in process.output
