"""Bundles made from stories and read back, and questionnaires for them."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from sqlalchemy import insert, update

from analysis.exports.audience import Audience
from analysis.exports.bundle import Wishes, build
from storage import schema
from surveys.authoring.stored_form import dump
from surveys.questionnaire import Item, NonAnswer, Option, Questionnaire
from tests.analysis.builder import CUT_OFF, Story

USE = (
    Option(name="agree", label={"en": "I agree"}),
    Option(name="strongly_agree", label={"en": "I strongly agree"}),
    Option(name="dont_know", label={"en": "I do not know"}, non_answer=NonAnswer.DONT_KNOW),
)
ANCHORS = (
    Option(name="rule", label={"en": "A rule"}),
    Option(name="course", label={"en": "A course"}),
)
ITEMS = (
    Item(name="use", type="select_one", list_name="use", label={"en": "Do you use it?"}),
    Item(name="anchors", type="select_multiple", list_name="anchors", label={"en": "In what?"}),
    Item(name="anchors_other", type="text", label={"en": "Please say it."}),
    Item(name="scale", type="range", label={"en": "How useful?"}, parameters={"end": "4"}),
    Item(name="people", type="integer", label={"en": "How many people?"}),
    Item(name="since", type="date", label={"en": "Since when?"}),
    Item(name="words", type="text", label={"en": "What changed?"}),
)


def questionnaire(*items: Item, version: int = 1, **more: Any) -> Questionnaire:
    """A questionnaire M6 of these items (of one of each kind if none is given)."""
    return Questionnaire(
        key="M6",
        version=version,
        title={"en": "Six months after"},
        choices={"use": USE, "anchors": ANCHORS} | more,
        items=items or ITEMS,
    )


def text_item(name: str, label: str = "Why?", longest: int = 300) -> Item:
    return Item(name=name, type="text", label={"en": label}, parameters={"max": str(longest)})


def pin(told: Story, workshop: str, asked: Questionnaire) -> None:
    """Pin a questionnaire to the wave M6 of a workshop, in place of the packaged one."""
    wave, table = told.wave(workshop, "M6"), schema.questionnaires
    same = (table.c.key == "M6") & (table.c.version == asked.version)
    if not told.connection.execute(update(table).where(same).values(body=dump(asked))).rowcount:
        told.connection.execute(
            insert(table).values(
                key="M6",
                version=asked.version,
                revision=0,
                checksum="",
                published_at=CUT_OFF,
                body=dump(asked),
            )
        )
    told.set("waves", wave, questionnaire_version=asked.version)


def told_with(*items: Item, workshop: str = "TFA") -> Story:
    """A workshop whose wave M6 asks these items."""
    told = Story().workshop(workshop)
    pin(told, workshop, questionnaire(*items))
    return told


@dataclass(frozen=True)
class Opened:
    """A bundle somebody has opened."""

    content: bytes

    @property
    def names(self) -> list[str]:
        return zipfile.ZipFile(io.BytesIO(self.content)).namelist()

    def read(self, name: str) -> bytes:
        return zipfile.ZipFile(io.BytesIO(self.content)).read(name)

    @property
    def manifest(self) -> dict[str, Any]:
        read: dict[str, Any] = json.loads(self.read("manifest.json"))
        return read

    def lines(self, name: str, folder: str = "csv_plain") -> list[list[str]]:
        text = self.read(f"{folder}/{name}.csv").decode("utf-8-sig")
        return list(csv.reader(io.StringIO(text, newline=""), strict=True))

    def rows(self, name: str, folder: str = "csv_plain") -> list[dict[str, str]]:
        heading, *rows = self.lines(name, folder)
        return [dict(zip(heading, row, strict=True)) for row in rows]

    def value(self, item: str) -> str:
        """The value of the only answer to an item."""
        (row,) = [row for row in self.rows("long") if row["item"] == item]
        return row["value"]

    @property
    def workbook(self) -> Workbook:
        return load_workbook(io.BytesIO(self.read("export.xlsx")))


def opened(
    told: Story,
    *workshops: str,
    audience: Audience = Audience.STAFF,
    raw: bool = False,
    cut_off: datetime = CUT_OFF,
) -> Opened:
    """The bundle of some workshops of a story (of all, if none is named)."""
    wishes = Wishes(audience, raw)
    return Opened(build(told.connection, workshops or None, cut_off, wishes))
