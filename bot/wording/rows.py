"""Which buttons stand beside each other. A messenger divides a row evenly and cuts off the rest."""

from bot.messaging.messages import Button
from surveys.widths import WIDEST_BUTTON, columns

Rows = tuple[tuple[Button, ...], ...]


def beside(*buttons: Button) -> Rows:
    """Return the buttons in one row; above it, each one that has no room there in its own row."""
    room = WIDEST_BUTTON // len(buttons)
    wide = [button for button in buttons if columns(button.text) > room]
    others = tuple(button for button in buttons if button not in wide)
    return (*((button,) for button in wide), *((others,) if others else ()))
