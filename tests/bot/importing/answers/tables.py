"""Questionnaires and tables for the tests of answers from before."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from bot.importing.answers.reading import ReadTable, Wanted, read_answers
from bot.importing.files import parse
from bot.importing.rows.rows import Reading
from bot.importing.tables.cells import Book
from surveys.authoring.reading import read_questionnaire
from surveys.questionnaire import Questionnaire
from tests.places import ROOT

FOLDER = ROOT / "tests/data/answers"
NOW = datetime(2030, 1, 1, tzinfo=UTC)
BEGINS = datetime(2027, 3, 1, tzinfo=UTC)
DAYS = (datetime(2027, 6, 1, tzinfo=UTC), datetime(2027, 6, 28, tzinfo=UTC))
LEVELS = """
    - {name: none, label: {en: I had not used any, fr: Aucun}}
    - {name: once, label: {en: Once or twice, th: หนึ่งหรือสองครั้ง}}
    - {name: month, label: {en: Every month}}
    - {name: week, label: {en: Every week}}
"""
TEXTS = {
    "S1": f"""
  used_for:
    - {{name: survey, label: Planned a survey}}
    - {{name: alone, label: "Cleaned data, alone"}}
    - {{name: others, label: "Cleaned data, with others"}}
    - {{name: chart, label: Made a chart}}
    - {{name: not_used, label: Not used, exclusive: true}}
  level: {LEVELS}
survey:
  - {{type: select_multiple used_for or_other, name: used_for, label: "What for?"}}
  - {{type: range, name: impact_skill, label: Skill, parameters: {{start: 1, end: 5}}}}
  - {{type: range, name: impact_job, label: Job, parameters: {{start: 1, end: 5}}}}
  - {{type: range, name: impact_confidence, label: Confidence, parameters: {{start: 1, end: 5}}}}
  - {{type: range, name: recommend, label: Recommend, parameters: {{start: 0, end: 10}}}}
  - {{type: select_one level, name: use_before, label: Before}}
  - {{type: select_one level, name: use_after, label: After}}
  - {{type: text, name: comment, label: "Anything else?"}}
""",
    "S2": """
  yesno: [{name: "yes", label: "Yes"}, {name: "no", label: "No"}]
  tools: [{name: form, label: Form}, {name: map, label: Map}, {name: talk, label: Talk}]
survey:
  - {type: select_one yesno, name: used, label: "Used?"}
  - {type: select_multiple tools, name: tools, label: "Which tools?"}
  - {type: range, name: conf, label: "How sure are you?", parameters: {start: 1, end: 5}}
  - {type: range, name: nps, label: "Recommend?", parameters: {start: 0, end: 10}}
  - {type: text, name: why, label: "Why?"}
""",
    "S3": """
  topics:
    - {name: plan, label: Planning}
    - {name: ask, label: Asking well}
    - {name: check, label: "Counting, checking"}
  marks:
    - {name: good, label: Good}
    - {name: fair, label: Fair}
    - {name: poor, label: Poor}
    - {name: na, label: N/A, non_answer: not_applicable}
  languages:
    - {name: th, label: ไทย}
    - {name: zh, label: 中文}
    - {name: km, label: ខ្មែរ}
    - {name: en, label: English}
survey:
  - {type: select_multiple topics or_other, name: topics, label: "Which topics did you use?"}
  - {type: range, name: sure, label: "How sure are you?", parameters: {start: 1, end: 5}}
  - {type: select_one marks, name: room, label: Room}
  - {type: select_one marks, name: trainer, label: Trainer}
  - {type: select_one languages, name: tongue, label: Your language}
""",
    "P4": """
  unused: [{name: one, label: One}]
survey:
  - {type: decimal, name: score, label: Score, constraint: ". <= 5"}
  - {type: integer, name: people, label: How many people, constraint: ". >= 0 and . <= 50"}
  - {type: text, name: comment, label: Comment}
""",
    "F87": """
  often:
    - {name: 0_none, label: Never}
    - {name: 1_less_than_yearly, label: Less than yearly}
    - {name: 2_yearly, label: Yearly}
    - {name: 3_monthly, label: Monthly}
    - {name: 4_weekly, label: Weekly}
    - {name: 5_daily, label: Daily}
  helped:
    - {name: efficiency, label: Efficiency}
    - {name: manage, label: Managing}
    - {name: analyse, label: Analysing}
    - {name: none_helped, label: Not helped, exclusive: true}
survey:
  - {type: range, name: increase_confidence, label: Confidence, parameters: {start: 1, end: 5}}
  - {type: range, name: recommend_0_10, label: Recommend, parameters: {start: 0, end: 10}}
  - {type: select_one often, name: use_before, label: Before}
  - {type: select_one often, name: use_after, label: After}
  - {type: select_multiple helped, name: how_tools_help, label: "How do they help?"}
""",
}


@cache
def asking(key: str) -> Questionnaire:
    """Return a questionnaire of these tests."""
    head = f"spec: 1\nkey: {key}\ntitle: {{en: {key}}}\ndefault_language: en\n"
    text = TEXTS[key]
    languages = "languages: [en, fr, th]\n" if key == "S1" else "languages: [en]\n"
    return read_questionnaire(f"{head}{languages}choices:{text}", f"{key}.yaml")


@dataclass(frozen=True)
class Table:
    """A table after reading, and what was wrong or doubtful in it."""

    found: ReadTable
    reading: Reading

    @property
    def asked(self) -> list[str]:
        """The keys of the questions."""
        return [one.key for one in self.found.questions]

    def given(self, item: str) -> list[str]:
        """The stored values of a question."""
        return [one.values[item] for one in self.found.told if one.values.get(item)]

    def ticks(self, item: str) -> dict[str, int]:
        """How often each option of a question was chosen."""
        every = [code for value in self.given(item) for code in value.split()]
        return {code: every.count(code) for code in sorted(set(every))}


def read(
    content: str | bytes,
    key: str,
    answers: Mapping[str, str] | None = None,
    name: str = "table.csv",
    now: datetime = NOW,
) -> Table:
    """Return a table as it is read for a questionnaire of these tests."""
    book = parse(content if isinstance(content, bytes) else content.encode(), name)
    assert isinstance(book, Book)
    reading = Reading(name)
    zone = ZoneInfo("Asia/Bangkok")
    names = (("W-A", "Risk management"), ("M3", "3 months after"))
    wanted = Wanted(*names, asking(key), zone, BEGINS, DAYS, now)
    return Table(read_answers(book, wanted, answers or {}, reading), reading)


def read_file(name: str, key: str, answers: Mapping[str, str] | None = None) -> Table:
    """Return a file of `tests/data` as it is read."""
    return read((FOLDER / name).read_bytes(), key, answers, name)


def expected(name: str) -> dict[str, Any]:
    """Return how a file is to be read."""
    found: dict[str, Any] = json.loads((FOLDER / f"{name}.expect.json").read_text("utf-8"))
    return found
