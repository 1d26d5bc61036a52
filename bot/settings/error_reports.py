"""Errors for a server that speaks Sentry's protocol, if the office has one: what the log says of them.

No texts of exceptions, no values of variables, no name of the machine.
"""

import atexit
import logging
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel, ConfigDict, Field

from bot.settings.extras import install_extra
from bot.settings.secrets import read_secret
from surveys.problems import BadInput, Problem

if TYPE_CHECKING:
    from structlog.types import EventDict

KEY = "error_reports.dsn_file"
SECONDS_TO_END = 2.0
"""How long the end of the process waits for reports that are on their way."""
OF_THE_LOG = ("timestamp", "level", "event", "logger")


class ErrorReportSettings(BaseModel):
    """The address of the project at the server, its DSN: from the environment or from a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dsn_env: str = Field(default="FOLLOWUP_SENTRY_DSN", pattern=r"^[A-Za-z_]\w*$")
    dsn_file: Path | None = None

    def reporter(self) -> "ErrorReporter | None":
        """Return what reports errors, or None if there is no DSN. Raises BadInput for a wrong one."""
        dsn = read_secret(self.dsn_file, KEY, self.dsn_env)
        return None if dsn is None else ErrorReporter(dsn)

    def beside(self, folder: Path) -> "ErrorReportSettings":
        """Return the settings with a relative path resolved against a folder."""
        return self.model_copy(update={"dsn_file": self.dsn_file and folder / self.dsn_file})


class ErrorReporter:
    """A processor of structlog that sends events of the level error and above, in its own thread."""

    def __init__(self, dsn: str) -> None:
        self.host = _host(dsn)
        from sentry_sdk import Client

        self._client = Client(
            dsn=dsn,
            default_integrations=False,
            include_local_variables=False,
            send_client_reports=False,
            server_name="",
            release=f"followup@{version('followup')}",
            shutdown_timeout=SECONDS_TO_END,
        )
        atexit.register(self._client.close)

    def __call__(self, _logger: object, _method: str, event: "EventDict") -> "EventDict":
        """Report an event of the log if it is an error; return it unchanged."""
        if logging.getLevelNamesMapping()[event["level"].upper()] >= logging.ERROR:
            self._client.capture_event(_report(event))
        return event

    def close(self) -> None:
        """Send what is on its way, then nothing more."""
        self._client.close()


def _report(event: "EventDict") -> Any:
    """Return an event as Sentry takes it; of a library, whose text may quote values, its name."""
    said = event["logger"] if "logger" in event else event["event"]
    facts = {key: str(value) for key, value in event.items() if key not in OF_THE_LOG}
    same = [str(said), facts.get("error", ""), facts.get("place", "")]
    return {"level": event["level"], "message": said, "tags": facts, "fingerprint": same}


def _host(dsn: str) -> str:
    """Return the server of a DSN. Raises BadInput, without the DSN, if errors cannot be reported."""
    if find_spec("sentry_sdk") is None:
        message = "needs packages that are not installed."
        raise BadInput((Problem("configuration", KEY, message, "", install_extra("sentry")),))
    from sentry_sdk.utils import BadDsn, Dsn

    try:
        return Dsn(dsn).netloc
    except BadDsn:
        message, fix = "is not the DSN of a project.", "Copy it from the settings of the project."
        raise BadInput((Problem("configuration", KEY, message, "", fix),)) from None
