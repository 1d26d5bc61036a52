"""What is written for an office: the pages show the same, the unit fits, and it is all or nothing."""

import subprocess
from configparser import RawConfigParser
from pathlib import Path

import pytest

from bot.installing import places
from bot.installing.answers import settings_of
from bot.installing.places import unseen_places
from bot.installing.writing import CADDY, NGINX, SCRAPE, UNIT, rendered, write_all
from storage.database import Database
from surveys.problems import BadInput
from tests.cli.test_docs import blocks
from tests.tools import SYSTEMD

PAGE = "docs/administrators.md"
OFFICE = Path("/var/lib/followup/followup")
ANSWERS = {"page": "https://followup.example.org", "port": "8080"}
LEAST = 30
"""The exposure that is allowed, in tenths: `systemd-analyze security` says how it is made up."""


@pytest.fixture
def installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program where the documentation installs it."""
    monkeypatch.setattr(places.sys, "prefix", "/opt/followup")


@pytest.mark.parametrize(("name", "language"), [(UNIT, "ini"), (CADDY, "caddy"), (NGINX, "nginx")])
def test_the_documentation_shows_what_is_written(
    installed: None, name: str, language: str
) -> None:
    (shown,) = (text for found, text in blocks(PAGE) if found == language)
    assert rendered(name, ANSWERS, OFFICE) == shown


def test_a_page_below_a_path_is_served_there() -> None:
    answers = ANSWERS | {"page": "https://www.example.org/suva/"}
    caddy, nginx = (rendered(name, answers, OFFICE) for name in (CADDY, NGINX))
    assert "www.example.org {" in caddy
    assert "handle_path /suva/* {\n    reverse_proxy" in caddy
    assert caddy.count("{") == caddy.count("}")
    assert "location /suva/ {\n        proxy_pass http://127.0.0.1:8080/;" in nginx


@SYSTEMD.needed
def test_the_unit_is_little_exposed(installed: None, tmp_path: Path) -> None:
    unit = tmp_path / UNIT
    unit.write_text(rendered(UNIT, ANSWERS, OFFICE))
    done = subprocess.run(
        [str(SYSTEMD.path), "security", "--offline=true", f"--threshold={LEAST}", str(unit)],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout[-200:] + done.stderr


def test_the_unit_of_an_office_has_its_own_account_folder_and_configuration() -> None:
    parser = RawConfigParser(strict=False)
    parser.optionxform = str  # type: ignore[assignment, method-assign]
    parser.read_string(rendered(UNIT, ANSWERS, OFFICE))
    service = parser["Service"]
    assert service["User"] == "followup-%i"
    assert service["ReadWritePaths"] == service["WorkingDirectory"] == "/var/lib/followup/%i"
    assert service["ExecStart"].endswith(" run -c /var/lib/followup/%i/config.yaml")


def test_all_offices_of_a_machine_have_the_same_unit_and_their_own_proxy() -> None:
    suva, apia = OFFICE.parent / "suva", OFFICE.parent / "apia"
    other = ANSWERS | {"page": "https://apia.example.org", "port": "8090"}
    assert rendered(UNIT, ANSWERS, suva) == rendered(UNIT, other, apia)
    assert "reverse_proxy 127.0.0.1:8090 {" in rendered(CADDY, other, apia)
    assert "ssl_certificate     /etc/ssl/apia.pem;" in rendered(NGINX, other, apia)
    assert 'targets: ["127.0.0.1:8091"]' in rendered(SCRAPE, other, apia)


@pytest.mark.parametrize(
    "database", ["sqlite:///followup.sqlite3", "postgresql+psycopg://u@host/followup"]
)
def test_an_office_writes_only_where_its_unit_lets_it(database: str) -> None:
    given = ANSWERS | {"name": "Suva", "contact": "Ana", "database": database}
    settings = settings_of(given, OFFICE)
    files = settings.office_of().files.folder
    places = (Database(settings.database).path, settings.backups.folder)
    for place in (files, settings.codes.key_file, *places):
        assert place is None or place.is_relative_to(OFFICE)
    assert None not in places or not database.startswith("sqlite")


def test_two_offices_with_databases_of_one_name_have_folders_of_their_own() -> None:
    given = ANSWERS | {
        "name": "Suva",
        "contact": "Ana",
        "database": "postgresql+psycopg://u@host/followup",
    }
    offices = (OFFICE.parent / "suva", OFFICE.parent / "apia")
    folders = {settings_of(given, one).office_of().files.folder for one in offices}
    assert folders == {one / "followup.files" for one in offices}


def test_a_program_or_a_folder_that_the_service_cannot_see_is_said(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in ("prefix", "base_prefix", "executable"):
        monkeypatch.setattr(places.sys, name, "/opt/followup")
    assert unseen_places(Path("/var/lib/followup/suva")) == []
    (said,) = unseen_places(Path("/home/eva/suva"))
    assert said.startswith("The folder is below /home (/home/eva/suva)")
    monkeypatch.setattr(places.sys, "base_prefix", "/root/.pyenv/versions/3.11.7")
    (said,) = unseen_places(Path("/var/lib/followup/suva"))
    assert said.startswith("The program is below /root (/root/.pyenv/versions/3.11.7)")


def test_of_files_that_cannot_all_be_written_none_is_left(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    files = {tmp_path / "token": "secret", tmp_path / "file" / "config.yaml": "{}"}
    with pytest.raises(BadInput, match="Nothing was written"):
        write_all(files)
    assert [one.name for one in tmp_path.iterdir()] == ["file"]
