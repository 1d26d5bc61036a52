"""Health: the same facts as `followup doctor`, each with its way out."""

import asyncio

from bot.desk.waves.holding import continue_rounds
from bot.operations.health import Level, Way, health_of
from bot.web.desk.pages.office.common import ADMINISTRATOR, COPIES, HEALTH, office_screen
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Form, Panel, Screen, Visit
from bot.wording.days import day_words

TAGS = {Level.WRONG: "now", Level.LOOK: "soon", Level.FINE: "ok"}
"""By level the tag of a check; the most urgent one first."""
PLACES = {
    Way.CALLS: ("/people/calls", "Open the call list"),
    Way.LANGUAGES: ("/workshops", "Open the workshops"),
    Way.COPIES: (COPIES, "Make a copy"),
}
"""Where something is mended, and what the link says."""
FIXES = {
    Way.PROCEED: "If the clock is right, say so here.",
    Way.CALLS: "Call them, and note what came of it.",
    Way.LANGUAGES: "They wait until it is translated, or until English is accepted on the page of "
    "their wave.",
    Way.COPIES: "Make one now, or daily: `backups.folder` in the configuration.",
}
"""What the desk says in place of a command."""


async def show(visit: Visit) -> Screen:
    """Show the page."""
    health = await asyncio.to_thread(
        health_of, visit.transactions.database, visit.office, visit.now
    )
    order = list(TAGS)
    data = {
        "health": health,
        "checks": sorted(health.checks, key=lambda one: order.index(one.level)),
        "tags": TAGS,
        "places": PLACES,
        "fixes": FIXES,
        "proceed": Way.PROCEED,
    }
    return office_screen(HEALTH, data)


async def _ask_continue(visit: Visit, form: Form) -> Panel:
    lines = (
        "After a long stop of the bot nothing is sent, opened or closed until somebody says that the "
        "clock of its computer is right.",
        f"It says that this is {day_words(visit.today)}. The foot of this page has its time.",
    )
    return Panel("Is the clock right?", "It is right: go on", lines)


async def _continue(visit: Visit, form: Form) -> Done:
    return Done(await visit.write(continue_rounds, visit.office, visit.now))


PAGE = DeskPage(
    HEALTH,
    ADMINISTRATOR,
    show,
    {"continue": DeskAct(ADMINISTRATOR, _continue, _ask_continue)},
)
