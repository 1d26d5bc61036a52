"""Acts about workshops in words, as staff read them in chat, on the command line and anywhere else."""

from collections.abc import Sequence

from bot.desk.workshops.room_codes import RoomCode
from bot.wording.days import day_words


def code_lines(made: RoomCode, link: str = "") -> Sequence[str]:
    """Return a new room code with its day, its link (if there is one) and how it is used."""
    return [
        f"Room code for {made.workshop}: {made.code}",
        f"It works on {day_words(made.day)}, in the time of {made.zone}, and is shown only now.",
        *([f"Link: {link}"] if link else []),
        f"People write it to the bot, or /start {made.code}, and say who they are. "
        "You are asked about each of them; /relink shows who waits.",
    ]
