"""Rows of the dispatch tables of participants: buttons and commands.

A row without a handler cannot be made, so a table that lacks one fails at import.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, auto

from bot.fieldwork.inbound_context import InboundContext
from bot.messaging.dispatch import check_command, check_handler
from bot.messaging.messages import Reply
from bot.messaging.tokens import Action, Token
from surveys.people import Participant

ButtonHandler = Callable[[InboundContext, Participant, Token], Reply]
CommandHandler = Callable[[InboundContext, Participant, str], Reply]


class Names(Enum):
    """What the first number of a button names."""

    NOTHING = auto()
    CASE = auto()
    ENROLMENT = auto()
    CHOICE = auto()


@dataclass(frozen=True)
class PersonButton:
    """A button of participants, by the action of its token.

    `after_stop` says that it works for a person who has said stop. `on_page` says that it works on
    the web page if it names neither a case nor an enrolment; one that does always works there.
    """

    action: Action
    names: Names
    handler: ButtonHandler
    after_stop: bool = False
    on_page: bool = False

    def __post_init__(self) -> None:
        check_handler(self, self.handler)

    def fits(self, tap: Token) -> bool:
        """Return whether a token has a number if this button names something, and none if not."""
        return bool(tap.numbers) == (self.names is not Names.NOTHING)


@dataclass(frozen=True)
class PersonCommand:
    """A command of participants; its handler takes what stands behind the command.

    `help` is its line in the help, `menu` its text in the messenger's menu; '' leaves it out of
    either. `typed` are words that do the same when they are typed, in English, to be translated.
    `after_stop` says that it works for a person who has said stop, `on_page` that the web page can
    send it.
    """

    name: str
    handler: CommandHandler
    help: str = ""
    menu: str = ""
    typed: tuple[str, ...] = ()
    after_stop: bool = False
    on_page: bool = False

    def __post_init__(self) -> None:
        check_command(self.name, self.help)
        check_handler(self, self.handler)
