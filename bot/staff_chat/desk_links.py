"""/desk in chat: a link that signs in to the desk in the browser."""

from bot.desk.office.signing_in import make_link
from bot.messaging.messages import Card, Commanded, Reply, Say
from bot.staff_chat.context import StaffContext
from storage.office.staff import Member

LINK = "The desk, for the next 15 minutes and once: {url}\nDo not pass it on: it signs in as you."
NO_ADDRESS = (
    "The desk has no public address. It can be opened only on the computer where the bot runs: an "
    "administrator makes a link with `followup staff link {code}`."
)


async def send_link(context: StaffContext, command: Commanded, member: Member) -> Reply:
    """Make a link for this member and send it."""
    office = context.office_of(member)
    if office.public_url is None:
        return Reply(says=(Say(Card(NO_ADDRESS.format(code=member.code))),))
    link = await context.transactions.write(make_link, office, member.code, context.clock())
    return Reply(says=(Say(Card(LINK.format(url=office.public_url + link.path))),))
