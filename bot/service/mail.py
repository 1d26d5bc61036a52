"""The e-mail channel from the settings, and a check of the mail server. Sends no letters."""

from bot.channels.email import EmailChannel, Letterhead, Server
from bot.messaging.messages import DeliveryError
from bot.runtime.clock import utc_now
from bot.settings.config import Settings
from surveys.problems import BadInput, Problem

DEFAULT_PORTS = {"starttls": 587, "implicit": 465, "none": 25}
CANNOT_REACH = {
    "login": ("does not accept user and password", "email.user"),
    "timed_out": ("does not answer in time", "email.host"),
    "network": ("cannot be reached", "email.host"),
}


def mail_of(settings: Settings, password: str | None = None) -> EmailChannel | None:
    """Return the e-mail channel of the settings; None if they name no mail server.

    The password is that of the settings unless another is given. Raises BadInput if a user has none.
    """
    given = settings.email
    if given.host is None:
        return None
    password = (password or settings.email_password()) if given.user else None
    if given.user and not password:
        fix = f"Put it into {given.password_env}, or name a file in email.password_file."
        raise _wrong("email.user", "has no password.", given.user, fix)
    port = given.port or DEFAULT_PORTS[given.tls]
    server = Server(given.host, port, given.tls, given.user, password, given.per_minute)
    return EmailChannel(server, Letterhead(given.sender, given.reply_to), utc_now)


async def check_mail(settings: Settings, password: str | None = None) -> None:
    """Log in to the mail server without sending. Raises BadInput if the server refuses."""
    mail = mail_of(settings, password)
    if mail is None:
        return
    try:
        await mail.check()
    except DeliveryError as problem:
        reason, key = CANNOT_REACH.get(problem.reason, ("refuses the connection", "email.tls"))
    else:
        return
    fix = "Ask the administrator of the mail server for host, port, tls and user."
    raise _wrong(key, f"{reason}.", settings.email.host or "", fix)


def _wrong(key: str, message: str, value: str, fix: str) -> BadInput:
    return BadInput((Problem("configuration", key, message, value, fix),))
