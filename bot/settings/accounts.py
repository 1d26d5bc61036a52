"""Accounts of the office with which staff may sign in to the desk: OpenID Connect, off by default."""

import ipaddress
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, field_validator

from bot.settings.extras import install_extra
from bot.settings.secrets import read_secret
from surveys.problems import BadInput, Problem

KEY = "desk.oidc"
NEEDED = ("authlib", "joserfc")
"""The packages of the extra, by the names under which they are imported."""


class OidcSettings(BaseModel):
    """The provider of the accounts. Its secret comes from the environment or from a file."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    issuer: str
    client_id: str = Field(min_length=1, max_length=255)
    secret_env: str = Field(default="FOLLOWUP_OIDC_SECRET", pattern=r"^[A-Za-z_]\w*$")
    secret_file: Path | None = None

    @field_validator("issuer")
    @classmethod
    def _safe_address(cls, value: str) -> str:
        if not is_safe(value) or urlsplit(value).query or urlsplit(value).fragment:
            raise ValueError("Write the address of the provider, such as https://id.example.org")
        return value

    def secret(self) -> str | None:
        """Return the secret of the desk at the provider; None if there is none.

        Raises BadInput if its file cannot be read, or if the packages are not installed.
        """
        if not all(map(find_spec, NEEDED)):
            message = "needs packages that are not installed."
            raise BadInput((Problem("configuration", KEY, message, "", install_extra("oidc")),))
        return read_secret(self.secret_file, f"{KEY}.secret_file", self.secret_env)


class DeskSettings(BaseModel):
    """The desk in the browser."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    oidc: OidcSettings | None = None

    @property
    def secret_file(self) -> Path | None:
        """The file with the secret of the desk at the provider of the accounts."""
        return self.oidc.secret_file if self.oidc else None

    def beside(self, folder: Path) -> "DeskSettings":
        """Return the settings with a relative path resolved against a folder."""
        if self.oidc is None or self.oidc.secret_file is None:
            return self
        oidc = self.oidc.model_copy(update={"secret_file": folder / self.oidc.secret_file})
        return self.model_copy(update={"oidc": oidc})


def is_safe(url: str) -> bool:
    """Return whether an address is https, or leads to this machine."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or _is_local(parts.scheme, host))


def _is_local(scheme: str, host: str) -> bool:
    try:
        return scheme == "http" and ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
