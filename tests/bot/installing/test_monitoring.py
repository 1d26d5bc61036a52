"""Alerts and board name only metrics that there are, by the conventions that promtool checks."""

import json
import re
import subprocess
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path

import yaml

from bot.operations.metrics import Metrics
from storage.database import Database
from storage.operations.heartbeats import BACKUP, TICK, record_heartbeat
from tests.patience import PATIENCE
from tests.tools import PROMTOOL

NOW = datetime(2018, 6, 8, tzinfo=UTC)
TEMPLATES = Path(str(files("bot.installing"))) / "templates"
OF_PROMETHEUS = {"up"}


def exported(database: Database) -> str:
    """All metrics of an office, as Prometheus reads them."""
    for job in (TICK, BACKUP):
        database.run(record_heartbeat, job, NOW)
    metrics = Metrics(database, lambda: NOW, PATIENCE)
    metrics.observe_round(0.2)
    return metrics.text().decode()


def expressions() -> list[str]:
    """What the alerts and the board ask for."""
    rules = yaml.safe_load((TEMPLATES / "alerts.yml").read_text("utf-8"))
    board = json.loads((TEMPLATES / "grafana.json").read_text("utf-8"))
    alerts = [rule["expr"] for group in rules["groups"] for rule in group["rules"]]
    drawn = [one["expr"] for panel in board["panels"] for one in panel["targets"]]
    asked = [one["query"] for one in board["templating"]["list"]]
    return [*alerts, *drawn, *asked]


def test_alerts_and_board_name_metrics_that_there_are(sqlite_database: Database) -> None:
    known = set(re.findall(r"^# TYPE (\w+)", exported(sqlite_database), re.MULTILINE))
    known |= {f"{name}_{part}" for name in known for part in ("sum", "count")} | OF_PROMETHEUS
    named = re.findall(r"\b(?:followup_\w+|process_\w+|up)\b", " ".join(expressions()))
    assert set(named) - {'followup"'} <= known
    assert len(set(named)) > 5


@PROMTOOL.needed
def test_the_metrics_have_names_by_the_conventions(sqlite_database: Database) -> None:
    checked = promtool(["check", "metrics"], exported(sqlite_database))
    assert (checked.returncode, checked.stdout + checked.stderr) == (0, "")


@PROMTOOL.needed
def test_the_alerts_are_rules_of_prometheus() -> None:
    checked = promtool(["check", "rules", str(TEMPLATES / "alerts.yml")])
    assert checked.returncode == 0, checked.stdout + checked.stderr


def promtool(words: list[str], given: str = "") -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(PROMTOOL.path), *words], input=given, capture_output=True, text=True
    )
