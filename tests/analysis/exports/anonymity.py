"""A viewer's bundle as a reader has it: tables from the CSV, Excel and SPSS files, measured.

k and l are measured by pycanon: the size of the smallest group with one key, and the fewest different
answers to a question in a group.
"""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pycanon.anonymity import k_anonymity, l_diversity

from tests.analysis.exports.opening import Opened

pyreadstat = pytest.importorskip("pyreadstat", reason="the extra `spss` is not installed")

LEFT_OUT = "left out"
MARKS = (LEFT_OUT, "not asked", "not reached", "skipped", "not in this version", "")
WORKSHOP, PERSON, LEVEL = "case:workshop", "case:participant", "level"

Tables = Mapping[str, pd.DataFrame]
"""Wide tables by questionnaire, all cells as texts, marks without brackets."""


def every_format(bundle: Opened, folder: Path) -> Iterator[Tables]:
    """Yield the wide tables as each format has them."""
    keys = [one["key"] for one in bundle.manifest["questionnaires"]]
    for source in ("csv", "csv_plain"):
        yield {key: _table(bundle.lines(f"wide_{key}", source)) for key in keys}
    book = bundle.workbook
    yield {key: _table(book[f"Wide {key}"].iter_rows(values_only=True)) for key in keys}
    yield {key: _from_spss(bundle, key, folder / "data.sav") for key in keys}


def _table(lines: Iterable[Iterable[Any]]) -> pd.DataFrame:
    heading, *rows = ([_bare(cell) for cell in line] for line in lines)
    return pd.DataFrame(rows, columns=heading)


def _bare(cell: Any) -> str:
    text = "" if cell is None else str(cell)
    bare = text.removeprefix("(").removesuffix(")")
    return bare if bare in MARKS else text


def _from_spss(bundle: Opened, key: str, file: Path) -> pd.DataFrame:
    file.write_bytes(bundle.read(f"spss/wide_{key}.sav"))
    columns = {
        line["spss_name"]: line["column"]
        for line in bundle.rows("spss_names")
        if line["questionnaire"] == key
    }
    table, _ = pyreadstat.read_sav(file, apply_value_formats=True, user_missing=True)
    table = table.rename(columns=columns).astype(object)
    return _table([table.columns, *table.where(table.notna(), None).to_numpy()])


def smallest_group(tables: Tables) -> int:
    """Return k of the people by workshop and level, and of the rows of each table."""
    key = [WORKSHOP, LEVEL]
    return min(
        k_anonymity(people(tables), key),
        *(
            k_anonymity(table, [one for one in key if one in table.columns])
            for table in tables.values()
            if len(table)
        ),
    )


def people(tables: Tables) -> pd.DataFrame:
    """Return one row for each person: workshop and level, which is left out where it is not told."""
    rows = pd.concat([table[[PERSON, WORKSHOP]] for table in tables.values()]).drop_duplicates()
    told = {
        person: level
        for table in tables.values()
        if LEVEL in table.columns
        for person, level in table[[PERSON, LEVEL]].itertuples(index=False)
        if level != LEFT_OUT
    }
    levels = [told.get(person, LEFT_OUT) for person in rows[PERSON]]
    return rows.assign(level=pd.Series(levels, index=rows.index, dtype=str)).reset_index(drop=True)


def fewest_answers(tables: Tables) -> int | None:
    """Return l over all questions that are told; None if none is.

    Of a group a question is told with different answers, or left out: marks alone would tell too.
    """
    cells = pd.concat([_cells(table, people(tables)) for table in tables.values()])
    told = cells[~cells["answer"].isin((LEFT_OUT, ""))]  # SPSS has no marks in columns of days
    answers = told[~told["answer"].isin(MARKS)].reset_index(drop=True)
    group = [WORKSHOP, LEVEL, "case:wave", "question"]
    assert told[group].drop_duplicates().shape == answers[group].drop_duplicates().shape
    return l_diversity(answers, group, ["answer"]) if len(answers) else None


def _cells(table: pd.DataFrame, known: pd.DataFrame) -> pd.DataFrame:
    """Return one row for each answer, with the key of the person."""
    joined = table.drop(columns=LEVEL, errors="ignore").merge(known)
    places = [WORKSHOP, LEVEL, "case:wave"]
    about = {name for name in joined.columns if name.startswith("case:")} - {"case:disposition"}
    questions = [name for name in joined.columns if name not in {*about, LEVEL}]
    return joined.melt(places, questions, var_name="question", value_name="answer")
