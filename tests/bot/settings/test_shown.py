"""The configuration as it was read: all keys, their sources, and no secret."""

from pathlib import Path

import pytest

from bot.settings.reading import read_settings
from bot.settings.shown import DEFAULT, FILE, HIDDEN, SET, settings_shown

SECRET = "hunter2hunter2"
FILE_TEXT = """
database: postgresql+psycopg://eva:{secret}@db.example.org/followup?password={secret}
web: {{public_url: 'https://followup.example.org', port: 8090}}
telegram: {{token_file: token, bot_name: followup_bot}}
email: {{host: mail.example.org, from: office@example.org, password_env: {secret}}}
retention: {{addresses_days: 60}}
"""


@pytest.fixture
def shown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, tuple[str, str]]:
    """The values and sources of a configuration with secrets in many places, by key."""
    (tmp_path / "token").write_text(f"123:{SECRET}")
    (tmp_path / "config.yaml").write_text(FILE_TEXT.format(secret=SECRET))
    monkeypatch.setenv("FOLLOWUP_SENTRY_DSN", f"https://{SECRET}@sentry.example.org/1")
    settings = read_settings(tmp_path / "config.yaml")
    assert settings.file == tmp_path / "config.yaml"
    return {one.key: (one.value, one.source) for one in settings_shown(settings)}


def test_no_secret_is_shown_wherever_it_stands(shown: dict[str, tuple[str, str]]) -> None:
    assert SECRET not in str(shown)
    assert shown["database"] == ("postgresql+psycopg://eva:***@db.example.org/followup", FILE)
    assert shown["database password"] == (SET, "the address")
    assert shown["telegram.token"] == (SET, "file of telegram.token_file")
    assert shown["email.password_env"] == (HIDDEN, FILE)
    assert shown["error_reports.dsn"] == (SET, "environment FOLLOWUP_SENTRY_DSN")


def test_each_key_says_where_its_value_came_from(shown: dict[str, tuple[str, str]]) -> None:
    assert shown["web.port"] == ("8090", FILE)
    assert shown["web.host"] == ("127.0.0.1", DEFAULT)
    assert shown["web.trusted_proxies"] == ("127.0.0.1/32", DEFAULT)
    assert shown["email.from"] == ("office@example.org", FILE)
    assert shown["email.password"] == ("not set", DEFAULT)
    assert shown["retention.addresses_days"] == ("60", FILE)
    assert shown["retention.open_text_months"] == ("24", DEFAULT)
    assert shown["backups.folder"] == ("none", DEFAULT)
    assert shown["metrics"] == ("no", DEFAULT)
    assert not any("_file" not in key and value[0].startswith("{") for key, value in shown.items())


def test_a_secret_whose_file_cannot_be_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("telegram: {token_file: nowhere}")
    settings = read_settings(tmp_path / "config.yaml")
    found = {one.key: one.value for one in settings_shown(settings)}
    assert found["telegram.token"] == "its file cannot be read"


def test_without_a_file_all_is_default(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("FOLLOWUP_TELEGRAM_TOKEN", "FOLLOWUP_EMAIL_PASSWORD", "FOLLOWUP_SENTRY_DSN"):
        monkeypatch.delenv(name, raising=False)
    settings = read_settings(None)
    assert settings.file is None
    assert {one.source for one in settings_shown(settings)} == {DEFAULT}
