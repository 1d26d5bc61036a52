"""Numbers in sentences read well with one, too: two forms, or the number last."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from analysis.wording import ReportWords
from tests.places import ROOT

COUNTED = re.compile(r"\{(number|used|claimed|embedded|least|about|minutes|answered)\} [a-z]+s\b")
NEVER_ONE = {
    "{number} workshops": "a report on one workshop has its title",
    "{number} workshops beside each other": "one workshop stands beside no other",
    "Fewer than {number} answers: {hidden}.": "the number is always five",
    "The same {number} administrations then and now. It does not show what caused a change.": (
        "fewer than five are not compared"
    ),
    "The best of {number} workshops, so it grows with their number.": "one workshop has no best",
    "{number} answers equally often, {share} each": "up to three are named",
}


@pytest.mark.parametrize("folder", ["surveys/locale", "analysis/locale"])
def test_a_number_of_things_has_two_forms(folder: str) -> None:
    with Path(ROOT / folder / "fr.po").open("rb") as file:
        catalogue = read_po(file, locale="fr")
    plain = {str(one.id) for one in catalogue if one.id and not one.pluralizable}
    assert {text for text in plain if COUNTED.search(text)} <= NEVER_ONE.keys()


@pytest.mark.parametrize(
    ("language", "least", "told"),
    [
        ("en", 1, "at least 1 colleague, as 5 people report"),
        ("en", 2, "at least 2 colleagues, as 5 people report"),
        ("fr", 1, "au moins 1 collègue, selon 5 personnes"),
    ],
)
def test_one_colleague_is_said_in_the_singular(language: str, least: int, told: str) -> None:
    say = ReportWords(language).plural
    one = "at least {number} colleague, as {base} people report"
    many = "at least {number} colleagues, as {base} people report"
    assert say(one, many, least, base="5") == told
