"""The unit of systemd and the configuration that the documentation shows fit together."""

from configparser import RawConfigParser
from pathlib import Path

import yaml

from bot.settings.config import Settings
from storage.database import Database
from tests.cli.test_docs import blocks

PAGE = "docs/administrators.md"
CONFIG = "/etc/followup/config.yaml"


def unit() -> dict[str, str]:
    """The part of the service in the unit that the page shows."""
    (shown,) = (content for language, content in blocks(PAGE) if language == "ini")
    parser = RawConfigParser()
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(shown)
    return dict(parser["Service"])


def settings() -> Settings:
    """The configuration that the page shows for the unit."""
    shown = (content for language, content in blocks(PAGE) if language == "yaml")
    (text,) = (content for content in shown if content.startswith(f"# {CONFIG}\n"))
    return Settings.model_validate(yaml.safe_load(text)).beside(Path(CONFIG).parent)


def test_the_unit_may_write_wherever_the_configuration_writes() -> None:
    service = unit()
    assert service["ProtectSystem"] == "strict"
    states = [f"/var/lib/{name}" for name in service["StateDirectory"].split()]
    may_write = [Path(one) for one in (*states, *service.get("ReadWritePaths", "").split())]
    database = Database(settings().database).path
    copies = settings().backups.folder
    assert database is not None
    assert copies is not None
    for folder in (database.parent, copies):
        assert any(folder.is_relative_to(one) for one in may_write), folder
    assert service["ExecStart"].endswith(f" -c {CONFIG}")
    assert service["UMask"] == "0077"
