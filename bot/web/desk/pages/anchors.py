"""What people say is in force: disputes and titles to decide, one at a time, and the documents seen."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from urllib.parse import quote

from bot.desk.reports import anchor_decisions as decisions
from bot.desk.reports import evidence
from bot.desk.reports.anchor_decisions import DISPUTE, NO, YES, AnchorDecided, AnchorPlace, sign_of
from bot.desk.reports.anchor_queue import WaitingAnchor, record_shown, waiting_anchors
from bot.desk.reports.reporting import anchors
from bot.desk.reports.verification import Inspection, unverify, verify
from bot.web.desk.pages.evidence import ADDRESS, FILE_ACTS, FILE_PAGE, claim_of, files_by_claim
from bot.web.desk.pages.reports import report_address, workshop_of
from bot.web.desk.rows import DeskAct, DeskPage
from bot.web.desk.visits import Done, Field, Form, Panel, Screen, Undo, Visit, number_in
from bot.wording.counts import counted
from storage.office.staff import StaffRole
from storage.responses.shown_files import ANSWER

ORGANISER = StaffRole.ORGANISER
MOST_DIGITS = 10
"""Of the number that stands for a title."""
SEEN = "Recorded: the document of {anchor}, case {case}, was seen."
SEEN_ALREADY = (
    "The document of {anchor}, case {case}, was seen already, by {by}. Nothing was changed."
)
UNSEEN = "The document of {anchor}, case {case}, counts as seen by nobody any more."
UNSEEN_ALREADY = "Nobody had seen the document of {anchor}, case {case}. Nothing was changed."
WORDS = {
    "none": "none yet",
    "dont_know": "I do not know",
    "in_force": "in force, since when not told",
    "": "ticked, no status",
}


async def show(visit: Visit) -> Screen:
    """Show the next dispute or unread title, after that it was read is recorded."""
    queue = await visit.read(waiting_anchors, visit.now)
    after = visit.query.get("after", "")
    one = _next(queue, after)
    if one is not None:
        await visit.write(record_shown, visit.office, one, visit.now)
    data = {
        "one": one,
        "dispute": one is not None and one.about == DISPUTE,
        "waiting": counted(len(queue), "anchor waits", "anchors wait"),
        "later": quote(_name(one)) if one else "",
        "fields": _fields(one, after) if one else (),
        "words": WORDS,
    }
    return Screen("anchors.html", "Anchors to decide", data)


def _next(queue: Sequence[WaitingAnchor], after: str) -> WaitingAnchor | None:
    """Return the anchor that comes after one that was left for later, in a circle."""
    names = [_name(one) for one in queue]
    begin = names.index(after) + 1 if after in names else 0
    return next(iter([*queue[begin:], *queue]), None)


def _name(one: WaitingAnchor) -> str:
    return f"{one.about}.{one.case}.{one.anchor}"


def _fields(one: WaitingAnchor, after: str) -> tuple[tuple[str, str], ...]:
    place = (("case", str(one.case)), ("anchor", one.anchor))
    return (*place, ("read", str(sign_of(one.title))), ("after", after))


def _place(form: Form) -> AnchorPlace:
    return AnchorPlace(*claim_of(form), number_in(form.text("read"), MOST_DIGITS) or 0)


def _decide(
    act: Callable[..., AnchorDecided], *decision: str
) -> Callable[[Visit, Form], Awaitable[Done]]:
    """Return what decides about an anchor, and goes on with the next."""

    async def run(visit: Visit, form: Form) -> Done:
        given = (visit.office, _place(form), *decision, visit.now)
        return _decided(await visit.write(act, *given), _here(form))

    return run


async def _undo(visit: Visit, form: Form) -> Done:
    given = (visit.office, form.number("number"), visit.now)
    return _decided(await visit.write(decisions.undo_decision, *given), ADDRESS)


def _decided(done: AnchorDecided, to: str) -> Done:
    return Done(done.said, (decision_back(done.undo),) if done.changed else (), to)


def decision_back(number: int) -> Undo:
    """Return what takes a decision about an anchor back."""
    return Undo(ADDRESS, "undo", (("number", str(number)),))


def _here(form: Form) -> str:
    after = form.text("after")
    return f"{ADDRESS}?after={quote(after)}" if after else ADDRESS


async def _ask_seen(visit: Visit, form: Form) -> Panel:
    case, anchor = claim_of(form)
    how = Field("how", "What was seen", hint="Such as: Order 45 of 2018, sent by e-mail.")
    lines = ("It makes the anchor one whose document the office has seen, in the next version.",)
    hidden = (("case", str(case)), ("anchor", anchor))
    title = f"Record that the document of {anchor}, case {case}, was seen?"
    return Panel(title, "Record it", lines, (how,), hidden)


async def _seen(visit: Visit, form: Form) -> Done:
    """Record that the office has seen a document."""
    seen = Inspection(visit.member.label or visit.member.code, form.text("how"))
    done = await visit.write(verify, visit.office, claim_of(form), seen, visit.now)
    said = (SEEN if done.changed else SEEN_ALREADY).format(**vars(done))
    return Done(said, (document_back(done.case, done.anchor),) if done.changed else ())


def document_back(case: int, anchor: str) -> Undo:
    """Return what takes back that a document was seen."""
    return Undo(ADDRESS, "unseen", (("case", str(case)), ("anchor", anchor)))


async def _unseen(visit: Visit, form: Form) -> Done:
    given = (visit.office, claim_of(form), visit.office.acting, visit.now)
    done = await visit.write(unverify, *given)
    return Done((UNSEEN if done.changed else UNSEEN_ALREADY).format(**vars(done)))


async def show_claims(visit: Visit) -> Screen:
    """Show what people of a workshop say is in force, with what the office has seen of it."""
    workshop = await workshop_of(visit)
    database = visit.transactions.patient
    found = await asyncio.to_thread(anchors, database, visit.office, workshop.code, visit.now)
    files = await visit.read(evidence.shown_files, workshop.code)
    data = {
        "workshop": workshop,
        "address": report_address(workshop.code),
        "claims": found,
        "seen_files": files_by_claim(files),
        "shown_files": [one for one in files if one.about == ANSWER],
    }
    return Screen("claims.html", f"Anchors: {workshop.title}", data)


SEEING = {
    "seen": DeskAct(ORGANISER, _seen, _ask_seen),
    "unseen": DeskAct(ORGANISER, _unseen),
    **FILE_ACTS,
}
PAGES = (
    DeskPage(
        ADDRESS,
        ORGANISER,
        show,
        {
            "accept": DeskAct(ORGANISER, _decide(decisions.accept_description)),
            "reject": DeskAct(ORGANISER, _decide(decisions.reject_description)),
            "counts": DeskAct(ORGANISER, _decide(decisions.decide_dispute, YES)),
            "counts-not": DeskAct(ORGANISER, _decide(decisions.decide_dispute, NO)),
            "undo": DeskAct(ORGANISER, _undo),
            **SEEING,
        },
    ),
    DeskPage("/reports/{code}/anchors", ORGANISER, show_claims, SEEING),
    FILE_PAGE,
)
