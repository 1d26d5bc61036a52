"""Make the zip: tables in every format, the codebook, and a manifest whose counts reconcile.

The same facts and cut-off give the same bytes.
"""

import zipfile
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from sqlalchemy import Connection

from analysis.exports import csv_files, spss, xlsx
from analysis.exports.answers import unknown_codes
from analysis.exports.audience import Audience, Content, content_for
from analysis.exports.codebook import as_json, codebook_json, codebook_table, names_table
from analysis.exports.facts import Facts, read_facts
from analysis.exports.help_asked import COLUMNS
from analysis.exports.help_asked import NAME as HELP
from analysis.exports.readme import readme
from analysis.exports.spss_codes import SpssVariable, legal_names, spss_variable
from analysis.exports.tables import Row, Table, cleaned_table
from analysis.facts.cut_offs import CutOffs, cut_offs
from storage.database import Conflict

_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
MANIFEST = "manifest.json"
FEW = "fewer than 5 people"
NOT_TOLD = "not told"


@dataclass(frozen=True)
class Wishes:
    """The options of a bundle. With `raw`, the CSV files may hold formulas, for programs only."""

    audience: Audience = Audience.STAFF
    raw: bool = False


@dataclass(frozen=True)
class _File:
    name: str
    content: bytes
    rows: int | None = None


def build(
    connection: Connection,
    codes: Sequence[str] | None,
    cut_off: datetime | CutOffs,
    wishes: Wishes = Wishes(),
) -> bytes:
    """Return the bundle of some workshops (of all when None) with the facts up to `cut_off` (aware).

    Workshops that do not exist are left out. ValueError for a cut-off without a time zone;
    Conflict if the tables differ from the counts of the database, because it changed meanwhile.
    """
    if cut_offs(cut_off).at.tzinfo is None:
        raise ValueError("the cut-off needs a time zone")
    facts = read_facts(connection, codes, cut_off)
    content = content_for(wishes.audience, facts)
    _reconcile(facts, content)
    return _Making(content, wishes).bundle()


def _reconcile(facts: Facts, content: Content) -> None:
    answers = content.answers + sum(content.left_out.values())
    cases = len(content.facts.cases) + sum(content.cases_left_out.values())
    if (cases, answers) != (facts.stored.cases, facts.stored.answers):
        raise Conflict("The data changed while they were read. Please export again.")


class _Making:
    """A bundle in the making: every table is cleaned once, then written in each format."""

    def __init__(self, content: Content, wishes: Wishes) -> None:
        self._facts, self._content, self._wishes = content.facts, content, wishes
        self._names = {key: legal_names(table.columns) for key, table in content.wide.items()}
        self._spss: dict[str, dict[str, SpssVariable]] = {
            key: {v.column: spss_variable(v, self._names[key][v.column]) for v in found}
            for key, found in content.variables.items()
        }
        self._removed: dict[str, int] = {}
        self._shortened: dict[str, int] = {}
        self._with_spss = spss.installed()

    def bundle(self) -> bytes:
        """Return the zip."""
        versions = self._facts.questionnaires
        wide = {key: self._clean(table) for key, table in self._content.wide.items()}
        tables = [self._clean(table) for table in self._content.tables]
        codebook = self._clean(codebook_table(versions, self._spss))
        names = self._clean(names_table(self._names))
        every = [*tables, *wide.values(), codebook, names]
        files = [
            _File("README.txt", readme(self._wishes.audience, self._wishes.raw)),
            *self._csv_files(every),
            self._workbook(tables, wide, codebook),
            _File("codebook.json", self._codebook(tables)),
            *(self._sav(key, table) for key, table in wide.items() if self._with_spss),
        ]
        manifest = _File(MANIFEST, as_json(self._manifest(files)))
        return _zipped([manifest, *files])

    def _clean(self, table: Table) -> Table:
        clean, removed = cleaned_table(table)
        self._removed[table.name] = removed
        return clean

    def _csv_files(self, tables: Sequence[Table]) -> list[_File]:
        raw = self._wishes.raw
        return [
            _File(f"{folder}/{table.name}.csv", made, len(table.rows))
            for table in tables
            for folder, made in (
                ("csv", csv_files.render(table, marked=True, raw=raw)),
                ("csv_plain", csv_files.render(table, marked=False, raw=raw)),
            )
        ]

    def _workbook(self, tables: list[Table], wide: dict[str, Table], codebook: Table) -> _File:
        titles = {"long": "Answers", "cases": "Cases", "texts": "Texts", HELP: "Help asked"}
        sheets = {titles[table.name]: table for table in tables}
        sheets |= {f"Wide {key}": table for key, table in wide.items()}
        sheets["Codebook"] = codebook
        made, lost = xlsx.render(sheets, self._about(), self._facts.cut_off)
        self._shortened |= {f"export.xlsx, {name}": one.texts for name, one in lost.items()}
        return _File("export.xlsx", made)

    def _codebook(self, tables: Sequence[Table]) -> bytes:
        (cases,) = [table.columns for table in tables if table.name == "cases"]
        more = {HELP: COLUMNS} if any(table.name == HELP for table in tables) else {}
        versions = self._facts.questionnaires
        return codebook_json(versions, self._content.variables, self._spss, cases, more)

    def _about(self) -> list[Row]:
        """Return what the index of the workbook says besides its sheets."""
        workshops = [
            ("workshop", code, title, self._cases_of(code), "")
            for code, title in self._workshops()
        ]
        questionnaires = [
            (
                "questionnaire",
                f"{key} version {version}",
                questionnaire.text(questionnaire.title, questionnaire.default_language),
                self._cases_with((key, version)),
                "",
            )
            for key, versions in self._facts.questionnaires.items()
            for version, questionnaire in versions.items()
        ]
        table = Table("about", "", (), (*workshops, *questionnaires))
        return list(self._clean(table).rows)

    def _sav(self, key: str, table: Table) -> _File:
        described = spss.Described(
            table, self._content.variables[key], self._spss[key], self._names[key]
        )
        made, cut = spss.render(described, self._facts.cut_off)
        name = f"spss/{table.name}.sav"
        self._shortened[name] = cut
        return _File(name, made, len(table.rows))

    def _workshops(self) -> list[tuple[str, str]]:
        found = self._facts.frames.workshops[["code", "title"]]
        return [(str(code), str(title)) for code, title in found.itertuples(index=False)]

    def _cases_of(self, workshop: str) -> int:
        return sum(case.workshop == workshop for case in self._facts.cases)

    def _manifest(self, files: Sequence[_File]) -> dict[str, Any]:
        facts = self._facts
        return {
            "cut_off_utc": facts.cut_off.isoformat(),
            **_cut_offs_of_waves(facts),
            "audience": self._wishes.audience,
            "raw": self._wishes.raw,
            "workshops": [
                {"code": code, "title": title, "cases": self._cases_of(code)}
                for code, title in self._workshops()
            ],
            "questionnaires": [
                {"key": key, "version": version, "cases": self._cases_with((key, version))}
                for key, versions in facts.questionnaires.items()
                for version in versions
            ],
            "cases": self._cases(),
            "answers": self._answers(),
            "characters_removed": self._removed,
            "texts_shortened": self._shortened,
            "spss": "made" if self._with_spss else spss.NOT_INSTALLED,
            "files": [_listed(file) for file in files],
        }

    def _cases(self) -> dict[str, Any]:
        stored, left_out = self._facts.stored.cases, self._content.cases_left_out
        told = _balance(stored, len(self._facts.cases), left_out, self._content.few_cases)
        return told if left_out else {key: told[key] for key in ("in_database", "in_bundle")}

    def _answers(self) -> dict[str, Any]:
        content, stored = self._content, self._facts.stored.answers
        told = _balance(stored, content.answers, content.left_out, content.few_answers)
        return told | {"with_unknown_codes": unknown_codes(self._facts)}

    def _cases_with(self, pinned: tuple[str, int]) -> int:
        return sum(case.questionnaire == pinned for case in self._facts.cases)


def _cut_offs_of_waves(facts: Facts) -> dict[str, Any]:
    """Return until when each wave is counted, in a bundle of a published version."""
    limits = facts.frames.cut_offs
    if limits is None or limits.waves is None:
        return {}
    told = [
        {"workshop": workshop, "wave": wave, "cut_off_utc": at.isoformat()}
        for (workshop, wave), at in sorted(limits.waves.items())
    ]
    return {"waves": told}


def _balance(
    stored: int, kept: int, left_out: Mapping[str, int], few: Collection[str]
) -> dict[str, Any]:
    """Return what is in a bundle and what not; small numbers, and the sum that would tell them, not."""
    return {
        "in_database": NOT_TOLD if few else stored,
        "in_bundle": kept,
        "left_out": {why: FEW if why in few else count for why, count in left_out.items()},
    }


def _listed(file: _File) -> dict[str, Any]:
    known = {"name": file.name, "bytes": len(file.content)}
    rows = {} if file.rows is None else {"rows": file.rows}
    return known | rows | {"sha256": sha256(file.content).hexdigest()}


def _zipped(files: Sequence[_File]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as bundle:
        for file in files:
            entry = zipfile.ZipInfo(file.name, _ZIP_DATE)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            bundle.writestr(entry, file.content)
    return made.getvalue()
