"""Programs of the system that some tests need: how to have them, and what was skipped without.

Where FOLLOWUP_TOOLS is "required" a missing one stops the run before its first test.
"""

import os
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import pytest


@dataclass(frozen=True)
class Tool:
    """A program under any of its names, and the Debian package that has it."""

    name: str
    programs: tuple[str, ...]
    package: str

    @property
    def path(self) -> str | None:
        """Where it is on this machine; None if it is not."""
        return next((path for name in self.programs if (path := shutil.which(name))), None)

    @property
    def missing(self) -> str:
        """What to say where it is missing."""
        return f"{self.name} is not installed (apt-get install {self.package})"

    @property
    def needed(self) -> pytest.MarkDecorator:
        """A mark for a test that is skipped without it."""
        return pytest.mark.skipif(self.path is None, reason=self.missing)


CHROMIUM = Tool(
    "Chromium",
    ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome"),
    "chromium-headless-shell",
)
"""A shell without windows opens pages with half of the processor time of the whole browser."""
PSPP = Tool("PSPP", ("pspp-convert",), "pspp")
PDFTOTEXT = Tool("pdftotext", ("pdftotext",), "poppler-utils")
CADDY = Tool("Caddy", ("caddy",), "caddy")
NGINX = Tool("nginx", ("nginx",), "nginx")
LIBREOFFICE = Tool(
    "LibreOffice",
    ("soffice", "libreoffice"),
    "libreoffice-impress-nogui libreoffice-calc-nogui libreoffice-writer-nogui",
)
SYSTEMD = Tool("systemd-analyze", ("systemd-analyze",), "systemd")
PROMTOOL = Tool("promtool", ("promtool",), "prometheus")
TOOLS = (CHROMIUM, PSPP, PDFTOTEXT, CADDY, NGINX, SYSTEMD, PROMTOOL, LIBREOFFICE)


def pytest_sessionstart() -> None:
    """Stop where a tool is required and missing."""
    missing = [tool.missing for tool in TOOLS if tool.path is None]
    if missing and os.environ.get("FOLLOWUP_TOOLS") == "required":
        pytest.exit(f"FOLLOWUP_TOOLS is 'required', but {', '.join(missing)}.", 1)


@pytest.hookimpl(trylast=True)
def pytest_unconfigure(config: pytest.Config) -> None:
    """Print as the last line what was skipped, and how to have it."""
    terminal = config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    if terminal and skipped:
        terminal.write_line(told(reason_of(report) for report in skipped))


def reason_of(report: pytest.TestReport) -> str:
    """Return why a test was skipped."""
    where_and_why = report.longrepr
    assert isinstance(where_and_why, Sequence)
    return str(where_and_why[-1]).removeprefix("Skipped: ")


def told(reasons: Iterable[str]) -> str:
    """Return one line with the numbers of skipped tests by reason.

    >>> told(["PSPP is not installed", "PSPP is not installed"])
    'Skipped: 2 because PSPP is not installed.'
    """
    counted = Counter(reasons).most_common()
    return f"Skipped: {'; '.join(f'{number} because {reason}' for reason, number in counted)}."
