"""Commands and buttons of participants are rows: each is complete, and says if a stop ends it."""

import re

import pytest

from bot.messaging.messages import Commanded, Reply, Tapped
from bot.messaging.tokens import Action, token
from bot.participants.buttons import BUTTONS
from bot.participants.commands import COMMANDS, help_card, menu
from bot.participants.rows import Names, PersonButton, PersonCommand
from surveys.wording import Words, worded_languages
from tests.bot.stage import SUVA, Stage

AFTER_A_STOP = {Action.MINE, Action.RESUME}
COMMANDS_AFTER_A_STOP = {"language", "channel", "mydata", "stop", "help"}
STOPPED = "We will not send you any more messages."


def test_a_row_without_a_handler_is_refused() -> None:
    with pytest.raises(TypeError):
        PersonButton(Action.GO, Names.CASE)  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no handler"):
        PersonButton(Action.GO, Names.CASE, None)  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        PersonCommand("stop")  # type: ignore[call-arg]
    with pytest.raises(TypeError, match="no handler"):
        PersonCommand("stop", None)  # type: ignore[arg-type]


@pytest.mark.parametrize("language", worded_languages())
def test_the_help_and_the_menu_name_every_command_but_the_first(
    stage: Stage, language: str
) -> None:
    text = help_card(stage.application.office, Words(language)).text
    mentioned = set(re.findall(r"/([a-z]+)", text))
    assert mentioned == set(COMMANDS) - {"start", "help"}
    assert {name for name, _ in menu(Words(language))} == mentioned | {"help"}


async def test_after_a_stop_only_the_way_back_and_ones_own_data_work(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    number = await stage.case_of(ada, "M6")
    enrolment = ada.enrolments[SUVA.code].id
    first = {Names.NOTHING: (), Names.CASE: (number, 0, 0), Names.ENROLMENT: (enrolment,)}
    await ada.types("/stop")
    assert ada.sees(STOPPED)
    for action, row in BUTTONS.items():
        if action is Action.RESUME:
            continue
        tap = Tapped(ada.sender, token(action, *first.get(row.names, (1,))))
        assert (STOPPED in said(await ada.sends(tap))) == (action not in AFTER_A_STOP), action
    for name in COMMANDS:
        reply = await ada.sends(Commanded(ada.sender, name, "en" if name == "language" else ""))
        works = name in COMMANDS_AFTER_A_STOP - {"stop"}
        assert (reply.says[0].card.text.startswith(STOPPED)) != works, name
    back = await ada.sends(Tapped(ada.sender, token(Action.RESUME)))
    assert back.says[0].card.text == "Thank you. You will get our questionnaires again."


async def test_a_button_whose_numbers_do_not_fit_its_row_is_unreadable(stage: Stage) -> None:
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    for action, row in BUTTONS.items():
        numbers = (1,) if row.names is Names.NOTHING else ()
        reply = await ada.sends(Tapped(ada.sender, token(action, *numbers)))
        assert reply.notice.startswith("This button does not work any more."), action


def said(reply: Reply) -> str:
    return "\n".join([reply.notice, *(say.card.text for say in reply.says)])
