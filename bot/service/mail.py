"""The e-mail channel of an installation, from its settings. Knows no letters and sends none."""

from bot.channels.email import EmailChannel, Letterhead, Server
from bot.messaging.messages import DeliveryError
from bot.runtime.clock import utc_now
from bot.settings.config import Settings
from surveys.problems import BadInput, Problem

USUAL_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
CANNOT_REACH = {
    "login": ("does not accept user and password", "email.user"),
    "timed_out": ("does not answer in time", "email.host"),
    "network": ("cannot be reached", "email.host"),
}


def mail_of(settings: Settings) -> EmailChannel | None:
    """The e-mail channel of the settings; None where there is no mail server.

    Raises BadInput where a user has no password.
    """
    given = settings.email
    if given.host is None:
        return None
    password = settings.email_password() if given.user else None
    if given.user and not password:
        fix = f"Put it into {given.password_env}, or name a file in email.password_file."
        raise _wrong("email.user", "has no password.", given.user, fix)
    port = given.port or USUAL_PORTS[given.tls]
    server = Server(given.host, port, given.tls, given.user, password, given.per_minute)
    return EmailChannel(server, Letterhead(given.sender, given.reply_to), utc_now)


async def check_mail(settings: Settings) -> None:
    """Visit the mail server without a letter. Raises BadInput in words where it lets nobody in."""
    mail = mail_of(settings)
    if mail is None:
        return
    try:
        await mail.check()
    except DeliveryError as problem:
        reason, key = CANNOT_REACH.get(problem.reason, ("refuses the connection", "email.tls"))
    else:
        return
    fix = "Ask the people who run the mail server for host, port, tls and user."
    raise _wrong(key, f"{reason}.", settings.email.host or "", fix)


def _wrong(key: str, message: str, value: str, fix: str) -> BadInput:
    return BadInput((Problem("configuration", key, message, value, fix),))
