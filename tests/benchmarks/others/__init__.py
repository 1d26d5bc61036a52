"""Goals beside other survey programs, which are installed into an environment of their own in build/.

The two bots keep the answers in memory; ours stores each. What cannot be measured is a row that says so.
"""

import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from tests.benchmarks.crowd import Crowd, sqlite_url
from tests.benchmarks.figure import Figure
from tests.benchmarks.others.environment import python
from tests.benchmarks.others.questions import questions, written
from tests.benchmarks.others.storing import GOAL, NAME, beside_django
from tests.benchmarks.others.talking import Bot, NoAnswerError, moves_a_second
from tests.benchmarks.worlds import copy_of_crowd

PEOPLE = 20
ROUNDS = 1
"""Every bot is asked in turn, so many times."""
BOTS = {
    "aiogram-dialog-survey": ("bot_of_aiogram_dialog_survey.py", 1),
    "brief-survey": ("bot_of_brief_survey.py", 2),
}
"""The adapter of each, and how often it acknowledges a tap."""
TAPS_GOAL = 0.8
_TAPS = f"at least {TAPS_GOAL}"
NOT_INSTALLED = "(could not be installed)"
NO_ANSWER = "(it stopped or did not answer)"


def measure() -> dict[str, Figure]:
    """Taps a second of all bots and the ratios; seconds for responses and the ratios."""
    other = python()
    if other is None:
        taps = {f"taps, to {name}": _TAPS for name in BOTS}
        goals = taps | {f"{what}, to {NAME}": GOAL for what in ("storing", "exporting")}
        return {what: Figure(None, NOT_INSTALLED, goal) for what, goal in goals.items()}
    with TemporaryDirectory() as folder:
        return _beside_bots(other, Path(folder)) | beside_django(other, Path(folder))


def _beside_bots(other: str, folder: Path) -> dict[str, Figure]:
    asked, rates = written(folder), dict[str, list[float]]()
    here = Path(__file__).parent
    for number in range(ROUNDS):
        rates.setdefault("ours", []).append(_rate(_own(folder, number), folder))
        for name, (adapter, acknowledges) in BOTS.items():
            bot = Bot((other, str(here / adapter)), str(asked), acknowledges)
            rates.setdefault(name, []).append(_rate(bot, folder))
    ours = rates["ours"]
    found = {"taps, decided and stored": Figure(median(ours), "a second")}
    for name in BOTS:
        if not all(rates[name]):
            found[f"taps, to {name}"] = Figure(None, NO_ANSWER, _TAPS)
            continue
        ratio = median(own / its for own, its in zip(ours, rates[name], strict=True))
        found[f"taps, {name}"] = Figure(median(rates[name]), "a second")
        found[f"taps, to {name}"] = Figure(ratio, "", _TAPS, ratio >= TAPS_GOAL)
    return found


def _own(folder: Path, number: int) -> Bot:
    name = f"own_{number}"
    copy_of_crowd(folder, name, Crowd(PEOPLE, begun=True)).close()
    command = (sys.executable, "-m", "tests.benchmarks.others.own_bot")
    return Bot(command, sqlite_url(folder, name))


def _rate(bot: Bot, folder: Path) -> float:
    """Taps a second, or 0 if the bot does not answer."""
    try:
        return moves_a_second(bot, questions(), PEOPLE, folder)
    except NoAnswerError:
        return 0.0
