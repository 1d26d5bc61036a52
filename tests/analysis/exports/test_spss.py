"""SPSS files, read back by pyreadstat and, where it is installed, by PSPP."""

import csv
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from analysis.exports.cutting import in_bytes, shortened
from analysis.exports.spss_codes import RESERVED, legal_names
from surveys.questionnaire import Item, Option
from tests.analysis.builder import Story
from tests.analysis.exports.opening import Opened, opened, pin, questionnaire, text_item, told_with
from tests.analysis.large import a_whole_year
from tests.tools import PSPP

pyreadstat = pytest.importorskip("pyreadstat", reason="the extra `spss` is not installed")

KHMER = "ការធ្វើទំនើបកម្មគយ"
CODES = ["ALL", "with", "_id", "q.1.", "1st", "คำถาม", "Use", "use", "n" * 70, "a-b", "a_b"]
NO_NAMES_OF_QUESTIONS = ("1st", "คำถาม", "n" * 70)


def read(bundle: Opened, folder: Path, key: str = "M6", missing: bool = True) -> tuple[Any, Any]:
    """The rows as dictionaries and the dictionary of the file."""
    file = folder / "data.sav"
    file.write_bytes(bundle.read(f"spss/wide_{key}.sav"))
    frame, meta = pyreadstat.read_sav(file, user_missing=missing)
    return frame.to_dict("records"), meta


def told(**answers: str) -> Story:
    story = told_with()
    story.answers(story.person("TFA", "FJ"), "M6", **answers)
    return story


def test_x08_every_code_gets_a_legal_name_and_no_two_share_one() -> None:
    names = legal_names(CODES)
    assert [*names] == CODES
    assert len({name.casefold() for name in names.values()}) == len(CODES)
    for name in names.values():
        assert name.isascii()
        assert name[0].isalpha()
        assert name[-1] not in "._"
        assert len(name) <= 64
        assert name.upper() not in RESERVED
        assert name.replace("_", "").replace(".", "").isalnum()
    assert (names["Use"], names["a_b"]) == ("Use", "a_b")


def test_x08_a_file_with_names_that_spss_refuses_is_written_with_every_column(
    tmp_path: Path,
) -> None:
    asked = [code for code in CODES if code not in NO_NAMES_OF_QUESTIONS]
    story = told_with(*(text_item(name) for name in asked))
    story.answers(story.person("TFA", "FJ"), "M6", **{code: f"of {code}" for code in asked})
    bundle = opened(story)
    names = {row["column"]: row["spss_name"] for row in bundle.rows("spss_names")}
    (row,), meta = read(bundle, tmp_path)
    assert meta.column_names == [*names.values()]
    assert [row[names[code]] for code in asked] == [f"of {code}" for code in asked]


def test_x09_labels_are_cut_between_signs_and_the_codebook_has_the_full_text(
    tmp_path: Path,
) -> None:
    question, label = (KHMER * 30)[:400], "ខ" * 200
    asked = questionnaire(
        Item(name="q", type="select_one", list_name="long", label={"en": question}),
        long=(Option(name="a", label={"en": label}),),
    )
    story = Story().workshop("TFA")
    pin(story, "TFA", asked)
    story.answers(story.person("TFA", "FJ"), "M6", q="a")
    bundle = opened(story)
    _, meta = read(bundle, tmp_path)
    written, value = meta.column_names_to_labels["q"], meta.variable_value_labels["q"][1.0]
    assert 240 < len(written.encode()) <= 255
    assert question.startswith(written.removesuffix("…"))
    assert 100 < len(value.encode()) <= 120
    assert label.startswith(value.removesuffix("…"))
    codebook = bundle.rows("codebook")
    assert codebook[0]["question"] == question
    assert codebook[1]["option_label"] == label


@pytest.mark.parametrize("limit", range(12, 60))
def test_x09_no_cut_falls_inside_a_written_sign(limit: int) -> None:
    for text in (KHMER * 3, "👩‍👩‍👧 " * 9, "क्षत्रिय " * 9):
        short = shortened(text, limit, in_bytes)
        kept = short.removesuffix("…")
        assert in_bytes(short) <= limit
        assert text.startswith(kept)
        following = text[len(kept)]
        assert following not in "\u200d\u17d2\u17be\u17c6\u094d\u093f"
        assert not kept.endswith(("\u200d", "\u17d2", "\u094d"))


def test_x10_codes_are_numbers_with_labels_and_no_answer_is_missing(tmp_path: Path) -> None:
    story = told(use="strongly_agree", anchors="course", scale="4", since="2018-02-09")
    story.answers(story.person("TFA", "TO"), "M6", use="dont_know", skipped="scale people")
    rows, meta = read(opened(story), tmp_path)
    ada = next(row for row in rows if row["case_administration"] == "FJ")
    ben = next(row for row in rows if row["case_administration"] == "TO")
    labels = meta.variable_value_labels
    assert (ada["use"], labels["use"][2.0]) == (2.0, "I strongly agree")
    assert (ben["use"], labels["use"][-1.0]) == (-1.0, "I do not know")
    assert (ada["anchors_rule"], ada["anchors_course"], ada["scale"]) == (0.0, 1.0, 4.0)
    assert ada["since"] == date(2018, 2, 9)
    assert labels["scale"][ben["scale"]] == "skipped"
    assert labels["people"][ben["people"]] == "skipped"
    assert labels["people"][ada["people"]] == "not asked"
    assert meta.missing_ranges["use"] == [{"lo": -99.0, "hi": -1.0}]
    measures = meta.variable_measure
    assert (measures["scale"], measures["use"], measures["people"]) == (
        "ordinal",
        "nominal",
        "scale",
    )
    assert ada["case_completed_at_utc"] == datetime(2018, 5, 12)  # noqa: DTZ001


def test_missing_answers_are_left_out_and_real_numbers_never_are(tmp_path: Path) -> None:
    story = told(people="-99", use="dont_know")
    story.answers(story.person("TFA", "TO"), "M6", use="agree")
    rows, _ = read(opened(story), tmp_path, missing=False)
    assert [row["people"] for row in rows if row["people"] == row["people"]] == [-99.0]
    assert [row["use"] for row in rows if row["use"] == row["use"]] == [1.0]


def test_a_scale_below_zero_keeps_its_values_apart_from_missing_ones(tmp_path: Path) -> None:
    scale = {"start": "-2", "end": "2"}
    story = told_with(Item(name="q", type="range", label={"en": "?"}, parameters=scale))
    story.answers(story.person("TFA", "FJ"), "M6", q="-2")
    story.answers(story.person("TFA", "TO"), "M6", skipped="q")
    rows, _ = read(opened(story), tmp_path, missing=False)
    assert [row["q"] for row in rows if row["q"] == row["q"]] == [-2.0]


def test_the_codebook_tells_name_and_number_of_every_option() -> None:
    rows = opened(told(use="agree")).rows("codebook")
    of_use = [row for row in rows if row["item"] == "use"]
    assert [row["spss_code"] for row in of_use] == ["", "1", "2", "-1"]
    assert of_use[3]["no_answer"] == "dont_know"
    of_anchors = [row for row in rows if row["item"] == "anchors"]
    assert [row["spss_name"] for row in of_anchors] == ["", "anchors_rule", "anchors_course"]


def test_x11_variables_and_their_widths_are_the_same_in_every_file(tmp_path: Path) -> None:
    with_words, without = told(words=KHMER * 16), told(use="agree")
    _, first = read(opened(with_words), tmp_path)
    _, second = read(opened(without), tmp_path)
    assert first.column_names == second.column_names
    assert first.original_variable_types == second.original_variable_types
    assert first.variable_value_labels == second.variable_value_labels


def test_a_text_beyond_the_limit_of_spss_is_cut_and_counted(tmp_path: Path) -> None:
    story = told_with(text_item("words", longest=99_999))
    story.answers(story.person("TFA", "FJ"), "M6", words="ខ" * 20_000)
    bundle = opened(story)
    (row,), _ = read(bundle, tmp_path)
    assert 32_700 < len(row["words"].encode()) <= 32_767
    assert bundle.manifest["texts_shortened"]["spss/wide_M6.sav"] == 1
    assert bundle.value("words") == "ខ" * 20_000


def test_without_the_extra_the_bundle_is_made_and_says_so(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "pyreadstat", None)
    bundle = opened(told(use="agree"))
    assert bundle.manifest["spss"] == "not made: the extra `spss` is not installed"
    assert not any(name.endswith(".sav") for name in bundle.names)


@PSPP.needed
@pytest.mark.parametrize("key", ["PRE", "M3", "M6", "M12", "NCP12"])
def test_pspp_reads_the_same_cells_as_the_wide_table_holds(tmp_path: Path, key: str) -> None:
    story = a_whole_year()
    story.answers(story.person("RM", "TV"), "M6", job="same", proof=KHMER * 16)
    bundle = opened(story)
    rows = bundle.rows(f"wide_{key}")
    data, made = tmp_path / "data.sav", tmp_path / "data.csv"
    data.write_bytes(bundle.read(f"spss/wide_{key}.sav"))
    done = subprocess.run(["pspp-convert", data, made], capture_output=True, text=True, check=True)
    assert done.stderr == ""
    names = {r["column"]: r for r in bundle.rows("spss_names") if r["questionnaire"] == key}
    words = [r["item"] for r in bundle.rows("codebook") if r["level"] == "words"]
    with made.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    assert len(found) == len(rows)
    for row, line in zip(rows, found, strict=True):
        assert [*line] == [names[column]["spss_name"] for column in row]
        assert line["case_code"] == row["case:code"]
        for column, cell in row.items():
            if "/" in column and cell in "01":
                assert line[names[column]["spss_name"]] == cell
            if column in words and not cell.startswith("("):
                assert line[names[column]["spss_name"]] == cell


@PSPP.needed
def test_pspp_shows_labels_and_leaves_missing_answers_out(tmp_path: Path) -> None:
    story = told(use="strongly_agree")
    story.answers(story.person("TFA", "TO"), "M6", use="dont_know")
    (tmp_path / "data.sav").write_bytes(opened(story).read("spss/wide_M6.sav"))
    syntax = tmp_path / "show.sps"
    syntax.write_text("GET FILE='data.sav'.\nFREQUENCIES use.\nDISPLAY DICTIONARY.\n")
    done = subprocess.run(
        ["pspp", "-O", "format=csv", syntax.name],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "Valid,I strongly agree,1,50.0%,100.0%,100.0%" in done.stdout
    assert "Missing,I do not know,1,50.0%" in done.stdout
    assert "Do you use it?" in done.stdout
