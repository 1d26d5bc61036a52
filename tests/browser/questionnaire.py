"""A small questionnaire with every prompt shape, in a left-to-right, an unspaced and a right-to-left
script; each question has the way to answer it beside it."""

from dataclasses import dataclass
from pathlib import Path

TEXT = (Path(__file__).parent / "m6.yaml").read_text("utf-8")


@dataclass(frozen=True)
class Telling:
    """What somebody chooses and types in one language."""

    job: str
    anchors: tuple[str, str]
    number: str
    words: str
    direction: str


TOLD = {
    "en": Telling(
        "Same job",
        ("Written procedure, manual or order", "Named unit or post"),
        "12",
        "SOP 12/2018, Risk Unit",
        "ltr",
    ),
    "th": Telling(
        "งานเดิม",
        ("ระเบียบ คู่มือ หรือคำสั่งเป็นลายลักษณ์อักษร", "หน่วยงานหรือตำแหน่งที่ระบุชื่อ"),
        "๑๒",
        "ระเบียบที่ ๑๒/๒๕๖๑",
        "ltr",
    ),
    "fa": Telling(
        "همان شغل",
        ("دستورالعمل، راهنما یا حکم کتبی", "واحد یا پست مشخص"),
        "۱۲",
        "دستور ۱۲، واحد ریسک",
        "rtl",
    ),
}
STORED = {"hello": "OK", "job": "same", "anchors": "rule unit", "trained": "12"}
"""What is stored of it, in every language."""
