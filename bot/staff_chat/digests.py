"""/digest in chat: the monthly message, switched on and off with a button."""

from bot.desk.office.digest_wishes import WHAT, digest_way, set_digest
from bot.messaging.messages import Button, Card, Commanded, Reply, Say, Tapped
from bot.messaging.tokens import Action, Token, token
from bot.staff_chat.context import StaffContext
from storage.office.digests import Way
from storage.office.staff import Member

OFF = f"You can get {WHAT}: waves opened and closed, answers, who moved up, who is silent."
ON = {
    Way.CHAT: f"You get {WHAT}, here.",
    Way.EMAIL: f"You get {WHAT}, by e-mail.",
}
START = Button("Send it to me here", token(Action.DIGEST_ON))
STOP = Button("Stop these messages", token(Action.DIGEST_OFF))


async def show(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """/digest: whether it is sent, and a button to change that."""
    way = await context.transactions.read(digest_way, member)
    card = Card(ON[way], ((STOP,),)) if way else Card(OFF, ((START,),))
    return Reply(says=(Say(card),))


async def switch_on(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """Send the message to this chat from the next month on."""
    return await _switch(context, member, Way.CHAT)


async def switch_off(context: StaffContext, tap: Tapped, found: Token, member: Member) -> Reply:
    """[Stop these messages] below each of them: send none any more."""
    return await _switch(context, member, None)


async def _switch(context: StaffContext, member: Member, way: Way | None) -> Reply:
    office, now = context.office_of(member), context.clock()
    done = await context.transactions.write(set_digest, office, member.code, way, now)
    undo = START if way is None else STOP
    return Reply(says=(Say(Card(done.said, ((undo,),) if done.changed else ())),))
