"""How far a report is: presented, made final, and taken back to a draft, each after a question."""

import asyncio

from bot.desk.reports.report_status import ScopeStatus, get_status, set_status
from bot.desk.reports.scopes import DONOR, SURVEY
from bot.desk.reports.sharing import shares_on
from bot.web.desk.pages.reports import report_address, scope_of
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from bot.wording.counts import counted
from storage.database import Conflict
from storage.office.staff import StaffRole
from surveys.problems import BadInput, Problem
from surveys.report_status import ReportStatus

ORGANISER = StaffRole.ORGANISER
LEVELS = (
    Choice("rocb", "The office only"),
    Choice("members", "Donors, members and Regional Training Centres"),
    Choice("public", "Everybody"),
)
STAYS = "Its figures and files stay as they are. What is answered later needs a new version."
NOTHING_NEW = (
    "Nothing was changed: nothing new may be told yet. A new version needs five people of three "
    "administrations who have answered since."
)
ACT_WORDS = {
    "present": "Present it …",
    "again": "Present a new version …",
    "final": "Make it final …",
    "draft": "Take it back …",
    "next": "Begin a new version …",
}


def next_acts(status: ReportStatus) -> list[tuple[str, str]]:
    """Return the acts that lead on from a status, with what stands on their buttons."""
    if status.final:
        return [("draft", ACT_WORDS["next"])]
    if not status.published:
        return [("present", ACT_WORDS["present"])]
    return [
        ("final", ACT_WORDS["final"]),
        ("present", ACT_WORDS["again"]),
        ("draft", ACT_WORDS["draft"]),
    ]


async def _ask_present(visit: Visit, form: Form) -> Panel:
    scope, name = await scope_of(visit)
    status = (await visit.read(get_status, scope)).report_status
    level = Field("level", "Who may read it", "radio", status.level or "members", choices=LEVELS)
    lines = ("It counts the waves that have closed by now.", STAYS)
    return Panel(f"Present the report on {name}?", "Present it", lines, (level,))


async def _present(visit: Visit, form: Form) -> Done:
    scope, _ = await scope_of(visit)
    level = form.text("level")
    if level and level not in {one.value for one in LEVELS}:
        raise Conflict("Choose who may read it.")
    done = await _set(visit, scope, "presented", level or None)
    if not done.changed:
        return Done(NOTHING_NEW, to=report_address(scope))
    version = done.report_status.version
    return Done(
        f"Presented: version {version}. Readers outside can be given it.", _back(scope, "draft")
    )


async def _ask_final(visit: Visit, form: Form) -> Panel:
    scope, name = await scope_of(visit)
    lines = ("A final version stays for ever. This cannot be undone.",)
    code = Field("scope", f"Type {scope} to make it final", required=True)
    return Panel(f"Make the report on {name} final?", "Make it final", lines, (code,), final=True)


async def _final(visit: Visit, form: Form) -> Done:
    scope, _ = await scope_of(visit)
    typed = form.text("scope")
    if typed.casefold() != scope.casefold():
        raise BadInput([Problem("Name", "", f"is not {scope}.", typed, "Nothing was changed.")])
    done = await _set(visit, scope, "final")
    version = done.report_status.version
    return Done(f"Version {version} is final." if done.changed else "It is final already.")


async def _ask_draft(visit: Visit, form: Form) -> Panel:
    scope, name = await scope_of(visit)
    shares = await visit.read(shares_on, scope)
    working = sum(one.works(visit.now) for one in shares)
    told = f"{counted(working, 'share link')} of it will show nothing until then."
    lines = (
        "Readers outside are given nothing until the next version is presented.",
        *((told,) if working else ()),
        "Whoever has a file keeps it.",
    )
    return Panel(f"Take the report on {name} back to a draft?", "Take it back", lines)


async def _draft(visit: Visit, form: Form) -> Done:
    scope, _ = await scope_of(visit)
    done = await _set(visit, scope, "draft")
    if not done.changed:
        return Done("It is a draft already. Nothing was changed.")
    return Done(f"It is a draft of version {done.report_status.version}.", _back(scope, "present"))


async def _set(visit: Visit, scope: str, status: str, level: str | None = None) -> ScopeStatus:
    given = (visit.transactions.patient, visit.office, scope, (status, level), visit.now)
    return await asyncio.to_thread(set_status, *given)


def _back(scope: str, act: str) -> tuple[Undo, ...]:
    return (Undo(report_address(scope), act),)


def status_back(about: str) -> Undo | None:
    """Return what takes a change of a status back, by what the audit log says of it.

    A final version stays; of a survey that trainers got, its own page takes it back.
    """
    told = about.split()
    levels = {one.value for one in LEVELS}
    *scope, status = told[:-1] if told[-1] in levels else told
    name = " ".join(scope)
    if status == "final" or (SURVEY in name and not name.startswith(DONOR)):
        return None
    return Undo(report_address(name), "draft" if status == "presented" else "present")


ACTS = {
    "present": DeskAct(ORGANISER, _present, _ask_present),
    "final": DeskAct(ORGANISER, _final, _ask_final, always=True),
    "draft": DeskAct(ORGANISER, _draft, _ask_draft),
}
