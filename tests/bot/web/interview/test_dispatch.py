"""Which buttons and commands a personal link may send is written in their rows."""

from bot.messaging.tokens import Action
from bot.participants.buttons import BUTTONS
from bot.participants.commands import COMMANDS
from bot.participants.rows import Names

ANYWHERE = (Names.NOTHING, Names.CHOICE)


def test_rows_say_what_works_on_the_page_without_naming_a_case_or_an_enrolment() -> None:
    allowed = {row.action for row in BUTTONS.values() if row.on_page}
    assert allowed == {Action.CHANNEL, Action.MINE, Action.RESUME}
    assert all(BUTTONS[action].names in ANYWHERE for action in allowed)
    assert {row.name for row in COMMANDS.values() if row.on_page} == {"stop", "language"}
