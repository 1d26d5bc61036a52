"""A package that is missing is added to the environment of the program, not to another one."""

import sys
from types import ModuleType

import pytest

from bot.settings import accounts, error_reports
from bot.settings.accounts import OidcSettings
from bot.settings.error_reports import ErrorReportSettings
from surveys.problems import BadInput

PROVIDER = OidcSettings(issuer="https://id.example.org", client_id="desk")


def nothing_there(name: str) -> None:
    """Stand for the search for packages where none of them is installed."""


@pytest.mark.parametrize(("module", "extra"), [(accounts, "oidc"), (error_reports, "sentry")])
def test_the_command_that_adds_packages_is_of_the_environment_of_the_program(
    module: ModuleType, extra: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "find_spec", nothing_there)
    monkeypatch.setattr(sys, "prefix", "/opt/followup")
    monkeypatch.setenv("FOLLOWUP_SENTRY_DSN", "https://key@errors.example.org/1")
    with pytest.raises(BadInput, match=rf"/opt/followup/bin/pip install 'followup\[{extra}\]'"):
        PROVIDER.secret() if extra == "oidc" else ErrorReportSettings().reporter()
