"""The settings of the accounts with which staff sign in to the desk."""

import sys
from pathlib import Path

import pytest

from bot.access.accounts.provider import provider_of
from bot.settings import accounts
from bot.settings.accounts import OidcSettings
from bot.settings.reading import checked_settings
from surveys.problems import BadInput

ISSUER = "https://id.example.org/realms/office"


def settings(folder: Path, **oidc: str) -> OidcSettings:
    known = {"issuer": ISSUER, "client_id": "desk", **oidc}
    found = checked_settings({"desk": {"oidc": known}}, "config.yaml", folder).desk.oidc
    assert found is not None
    return found


def test_there_is_no_provider_by_default(tmp_path: Path) -> None:
    assert provider_of(checked_settings({}, "", tmp_path).desk.oidc) is None


def test_the_secret_is_in_a_file_beside_the_configuration_which_is_private(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("hidden\n")
    (tmp_path / "secret").chmod(0o644)
    oidc = {"issuer": ISSUER, "client_id": "desk", "secret_file": "secret"}
    whole = checked_settings({"desk": {"oidc": oidc}}, "config.yaml", tmp_path)
    assert whole.desk.oidc is not None
    assert whole.desk.oidc.secret() == "hidden"
    assert "chmod 600" in whole.open_secrets()[0]


def test_the_secret_may_be_in_the_environment_or_there_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert settings(tmp_path).secret() is None
    monkeypatch.setenv("FOLLOWUP_OIDC_SECRET", "hidden")
    assert settings(tmp_path).secret() == "hidden"


@pytest.mark.parametrize(
    "issuer",
    [
        *("http://id.example.org", "id.example.org", "https://", "ftp://id.example.org"),
        *("https://id.example.org?x=1", "https://id.example.org#x", "https://[", "javascript:x"),
        "http://localhost.example.org",
    ],
)
def test_only_an_address_that_nobody_reads_on_the_way_is_taken(
    tmp_path: Path, issuer: str
) -> None:
    with pytest.raises(BadInput, match=r"desk\.oidc\.issuer"):
        settings(tmp_path, issuer=issuer)


def test_without_the_packages_the_extra_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(accounts, "NEEDED", ("authlib", "no_such_package"))
    assert "no_such_package" not in sys.modules
    with pytest.raises(BadInput, match=r"followup\[oidc\]"):
        settings(tmp_path).secret()
