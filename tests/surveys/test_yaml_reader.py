"""YAML is read in C where it can be, and says the same as the reader in Python."""

import pytest
import yaml

from surveys import yaml_reader
from surveys.authoring.packaged import packaged_text
from surveys.problem_list import ProblemList
from surveys.yaml_reader import Part, YamlReader


def read(text: str) -> tuple[Part | None, list[str]]:
    """What a text holds, and its problems."""
    problem_list = ProblemList("M6.yaml")
    part = YamlReader(problem_list).mapping(text)
    return part, [str(problem) for problem in problem_list.problems]


SOUND = packaged_text("M6")
TEXTS = {
    "sound": SOUND,
    "with signs of many scripts": SOUND.replace("name: ", "name: é ខ្មែរ 中 😀"),
    "with a reference": SOUND + "\nmore: &a [1]\nagain: *a\n",
    "with brackets in brackets": "a: " + "[" * 40 + "]" * 40,
    "with an open bracket": SOUND + "\nmore: [\n",
    "with a tab before a key": SOUND + "\n\tmore: 1\n",
    "with half a sign": SOUND + "\nmore: \ud800\n",
    "with a sign that is not printed": SOUND + "\nmore: \x00\n",
    "empty": "",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_sound_and_broken_texts_are_read_in_c_as_in_python(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = read(text)
    monkeypatch.setattr(yaml_reader, "_loader", lambda _: yaml.SafeLoader)
    assert told == read(text)


@pytest.mark.parametrize("text", ["a\t: 1", "a: [x, y?]", "a: 1\t"])
def test_c_reads_some_tabs_and_signs_that_python_refuses(text: str) -> None:
    assert read(text)[1] == []
