"""The report as JSON: the same data that the page is made from."""

import json
from dataclasses import asdict, replace
from typing import Any

from analysis.model import Report


def structured(report: Report) -> dict[str, Any]:
    """Return the report as plain data; sections and their tables are found by their keys."""
    data = asdict(replace(report, told={}))
    del data["told"]
    data["cut_off"] = report.cut_off.isoformat()
    return data


def report_of(content: bytes) -> Report:
    """Return the report of which JSON was made."""
    from pydantic import TypeAdapter

    return TypeAdapter(Report).validate_json(content)


def render(report: Report) -> bytes:
    """Return indented UTF-8 JSON that ends with a line break."""
    return (json.dumps(structured(report), ensure_ascii=False, indent=2) + "\n").encode()
