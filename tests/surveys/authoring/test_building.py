"""The assembled questionnaires that are shipped, held equal to what they are made of."""

from pathlib import Path

import pytest

from surveys.authoring.building import (
    EDITIONS,
    FOLDER,
    assembled_text,
    build,
    editions_text,
    source_keys,
)
from surveys.authoring.packaged import packaged_keys, packaged_questionnaire, packaged_text
from surveys.authoring.reading import assembled
from surveys.authoring.stored_form import dump


def test_every_yaml_file_has_an_assembled_form_and_no_form_is_left_over() -> None:
    assert packaged_keys() == source_keys(), "Run `make questionnaires`."


@pytest.mark.parametrize("key", source_keys())
def test_the_assembled_form_is_that_of_the_yaml_file_and_its_translations(key: str) -> None:
    stale = f"surveys/library/assembled/{key}.json is out of date: run `make questionnaires`."
    same = (FOLDER / f"{key}.json").read_text("utf-8") == assembled_text(key)
    assert same, stale


@pytest.mark.parametrize("key", ["M6", "NEEDS"])
def test_what_is_read_is_what_is_assembled_in_the_same_order(key: str) -> None:
    made = assembled(packaged_text(key), f"{key}.yaml")
    read = packaged_questionnaire(key)
    assert read == made
    assert dump(read) == dump(made)
    assert list(read.choices) == list(made.choices)


def test_building_writes_every_form_and_removes_one_without_a_yaml_file(tmp_path: Path) -> None:
    (tmp_path / "GONE.json").write_text("{}")
    build(tmp_path)
    shipped = {file.name: file.read_bytes() for file in FOLDER.glob("*.json")}
    assert {file.name: file.read_bytes() for file in tmp_path.iterdir()} == shipped


def test_the_checksums_of_the_editions_are_those_of_the_assembled_forms() -> None:
    written = EDITIONS.read_text("utf-8")
    assert editions_text(written) == written, "Run `make questionnaires`."
