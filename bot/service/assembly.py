"""Assembles a service from its settings: the application, its channels, its housekeeping."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from bot.channels.telegram import TelegramBot, build_telegram
from bot.messaging.messages import Channel
from bot.operations.backups import DailyBackups
from bot.operations.housekeeping import Housekeeping
from bot.operations.metrics import Metrics
from bot.runtime.clock import Clock, utc_now
from bot.runtime.opening import open_database
from bot.service.mail import mail_of
from bot.service.wiring import Application, build_application
from bot.settings.config import Settings


@dataclass(frozen=True)
class Service:
    """An application with its housekeeping, and with its messenger if there is a token for one."""

    application: Application
    telegram: TelegramBot | None
    housekeeping: Housekeeping
    channels: dict[str, Channel] = field(default_factory=dict)

    def open_channel(self, channel: Channel) -> None:
        """Send through a channel from now on, because it has started."""
        self.channels[channel.name] = channel


@asynccontextmanager
async def assembled(
    settings: Settings, token: str | None, clock: Clock = utc_now
) -> AsyncIterator[Service]:
    """Give the service of the settings, not started; on exit stop its messenger and close it."""
    channels: dict[str, Channel] = {}
    database = open_database(settings, utc_now())
    application = build_application(database, settings.office_of(), channels, clock)
    telegram = _messenger(settings, token, application) if token else None
    if (mail := mail_of(settings)) is not None:
        channels[mail.name] = mail
    try:
        yield Service(application, telegram, _housekeeping(settings, application), channels)
    finally:
        if telegram:
            await telegram.stop()
        application.transactions.close()


def _housekeeping(settings: Settings, application: Application) -> Housekeeping:
    database = application.transactions.patient
    metrics = Metrics(database, application.clock) if settings.metrics else None
    folder, keep = settings.backups.folder, settings.backups.keep
    return Housekeeping(
        database, DailyBackups(folder, keep) if folder else None, metrics, application.office
    )


def _messenger(settings: Settings, token: str, application: Application) -> TelegramBot:
    return build_telegram(
        token,
        application.reception,
        application.inbox,
        base_url=settings.telegram.base_url,
        base_file_url=settings.telegram.base_file_url,
    )
