"""/anchors in chat: disputes to decide and titles to read, one after the other.

The work is done by `anchor_decisions` and `verification` of `bot.desk.reports`. A decision is done at
once, with an Undo.
"""

from collections.abc import Callable

from analysis.measures.anchor_statuses import CODES
from bot.desk.reports.anchor_decisions import (
    DESCRIPTION,
    DISPUTE,
    AnchorDecided,
    AnchorPlace,
    sign_of,
    undo_decision,
)
from bot.desk.reports.anchor_queue import WaitingAnchor, record_shown, waiting_anchors
from bot.desk.reports.verification import Inspection, unverify, verify
from bot.messaging.messages import Button, Card, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from bot.staff_chat.queues import LONGEST, Queue
from bot.staff_chat.rows import ButtonHandler
from bot.wording.counts import counted
from storage.database import NotFound
from storage.office.staff import Member

OLD = "This button is from an old list. Please send /anchors again."
TOO_LONG = "The title is too long for the chat: followup anchor list {code}"
ABOUT = (DESCRIPTION, DISPUTE)
WORDS = {
    "none": "none yet",
    "dont_know": "I do not know",
    "in_force": "in force, since when not told",
    "": "ticked, no status",
}
DOCUMENT = "document"
"""What the office has seen, in the words of the chat; the command line has room for more."""
SEEN = "Recorded: you have seen the document of {anchor}, case {case}."
SEEN_ALREADY = "The document of {anchor}, case {case}, was seen already, by {by}."
NOT_SEEN = "Nobody has seen the document of {anchor}, case {case}, any more."


def decide(act: Callable[..., AnchorDecided], *decision: str) -> ButtonHandler:
    """Return the handler of a button that decides about an anchor, and then shows the next one."""

    async def handle(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
        place, office = _place(found), context.office_of(member)
        rest = await QUEUE.after(context, found)
        given = (office, place, *decision, context.clock())
        done = await context.transactions.write(act, *given)
        card = await QUEUE.first_of(context, member, rest)
        return Reply(says=(Say(_said(done), tap.ref), Say(card)))

    return handle


async def undo(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Undo]: take a decision back, if nobody has decided since."""
    if len(found.numbers) != 1:
        raise NotFound(OLD)
    given = (context.office_of(member), found.numbers[0], context.clock())
    done = await context.transactions.write(undo_decision, *given)
    return Reply(says=(Say(_said(done), tap.ref),))


async def document_seen(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Document seen]: record that the office has seen it, and show the next one."""
    place, office = _place(found), context.office_of(member)
    rest = await QUEUE.after(context, found)
    given = ((place.case, place.anchor), Inspection(office.acting, DOCUMENT), context.clock())
    done = await context.transactions.write(verify, office, *given)
    said = (SEEN if done.changed else SEEN_ALREADY).format(**vars(done))
    undo_it = Button("Undo", token(Action.OFFICE_ANCHOR_UNSEEN, *found.numbers))
    card = await QUEUE.first_of(context, member, rest)
    return Reply(says=(Say(Card(said, ((undo_it,),) if done.changed else ()), tap.ref), Say(card)))


async def document_not_seen(
    context: StaffContext, tap: Tapped, found: Token, member: Member
) -> Reply:
    """[Undo]: take back that the document was seen."""
    place, office = _place(found), context.office_of(member)
    given = ((place.case, place.anchor), office.acting, context.clock())
    done = await context.transactions.write(unverify, office, *given)
    return Reply(says=(Say(Card(NOT_SEEN.format(**vars(done))), tap.ref),))


def _said(done: AnchorDecided) -> Card:
    undo_it = Button("Undo", token(Action.OFFICE_ANCHOR_UNDO, done.undo))
    return Card(done.said, ((undo_it,),) if done.changed else ())


async def _queue(context: StaffContext) -> list[WaitingAnchor]:
    return await context.transactions.read(waiting_anchors, context.clock())


def _place(found: Token) -> AnchorPlace:
    if len(found.numbers) != 4 or found.numbers[1] >= len(CODES):
        raise NotFound(OLD)
    case, kind, read, _ = found.numbers
    return AnchorPlace(case, CODES[kind], read)


def _numbers(one: WaitingAnchor) -> tuple[int, int, int, int]:
    kind, about = CODES.index(one.anchor), ABOUT.index(one.about)
    return one.case, kind, sign_of(one.title), about


async def _card(context: StaffContext, member: Member, one: WaitingAnchor, waiting: int) -> Card:
    """Return an anchor, after its reading is recorded."""
    office = context.office_of(member)
    await context.transactions.write(record_shown, office, one, context.clock())
    return anchor_card(one, waiting)


def anchor_card(one: WaitingAnchor, waiting: int) -> Card:
    """Return a dispute or an unread title, with the buttons that decide about it."""
    dispute = one.about == DISPUTE
    what = "The sources say different things" if dispute else "An unread title"
    head = f"{counted(waiting, 'anchor')} to decide. {what}: {one.anchor}, case {one.case}"
    lines = [f"{head}, {one.administration}, {one.workshop} {one.wave}.", ""]
    fits = len(one.title.encode()) <= LONGEST
    title = one.title if fits else TOO_LONG.format(code=one.workshop)
    lines += [f"Title: {title or 'none'}", f"Evidence: {one.evidence}"]
    if dispute:
        lines += [f"{role}: {WORDS.get(word, word)}" for role, word in one.sources]
    acts = (
        (("It counts", Action.OFFICE_ANCHOR_YES), ("It does not", Action.OFFICE_ANCHOR_NO))
        if dispute
        else (("Accept", Action.OFFICE_ANCHOR_ACCEPT), ("Reject", Action.OFFICE_ANCHOR_REJECT))
    )
    rows = (
        acts if fits else (),
        (("Document seen", Action.OFFICE_ANCHOR_SEEN), ("Later", Action.OFFICE_ANCHOR_LATER)),
    )
    numbers = _numbers(one)
    buttons = (tuple(Button(label, token(act, *numbers)) for label, act in row) for row in rows)
    return Card("\n".join(lines), tuple(row for row in buttons if row))


QUEUE = Queue("anchors", "anchor", "for a decision", _queue, _numbers, _card)
