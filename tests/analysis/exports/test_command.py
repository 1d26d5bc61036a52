"""followup export, as it is typed."""

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from bot.cli.exports import export as export_command
from bot.desk.reports.exporting import export
from bot.desk.reports.report_status import set_status
from bot.runtime.opening import open_database
from bot.settings.office import Office
from bot.settings.reading import read_settings
from storage.database import Database, NotFound
from storage.fieldwork.next_contact import Rules

NOW = datetime(2018, 12, 20, tzinfo=UTC)
app = typer.Typer()
app.command()(export_command)


@pytest.fixture
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "config.yaml").write_text("database: sqlite:///followup.sqlite3\n")
    monkeypatch.chdir(tmp_path)
    database = open_database(read_settings(tmp_path / "config.yaml"), NOW)
    set_status(database, Office(Rules({}, ())), "all", ("presented", None), NOW)
    database.close()
    return tmp_path


def test_both_databases_can_be_exported(database: Database) -> None:
    made = export(database, Office(Rules({}, ())), [], NOW)
    assert "manifest.json" in zipfile.ZipFile(io.BytesIO(made)).namelist()


def test_it_writes_the_bundle_of_all_workshops_and_names_the_file(in_a_folder: Path) -> None:
    done = CliRunner().invoke(app, ["--out", "bundle.zip"], catch_exceptions=False)
    assert done.stdout == "Written: bundle.zip\n"
    with zipfile.ZipFile(in_a_folder / "bundle.zip") as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
    assert (manifest["audience"], manifest["raw"]) == ("staff", False)


def test_its_wishes_reach_the_bundle_and_the_result_can_be_json(in_a_folder: Path) -> None:
    line = ["--out", "b.zip", "--audience", "viewer", "--raw", "--json"]
    done = CliRunner().invoke(app, line, catch_exceptions=False)
    assert json.loads(done.stdout) == {"file": "b.zip"}
    with zipfile.ZipFile(in_a_folder / "b.zip") as bundle:
        manifest = json.loads(bundle.read("manifest.json"))
    assert (manifest["audience"], manifest["raw"]) == ("viewer", True)


def test_a_workshop_that_does_not_exist_is_named(in_a_folder: Path) -> None:
    with pytest.raises(NotFound, match="NOPE"):
        CliRunner().invoke(app, ["NOPE", "--out", "b.zip"], catch_exceptions=False)
    assert not (in_a_folder / "b.zip").exists()
