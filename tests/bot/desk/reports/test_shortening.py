"""A text is shortened by leaving out and masking; nothing is added, and no word is cut."""

import pytest

from bot.desk.reports.shortening import shortened
from surveys.problems import BadInput

TEXT = "Siosaia Vea, our chief, did not pay for the unpaid bill of ACME in May."
THAI = "เราเขียนระเบียบใหม่กับสมชาย"

GOOD = {
    "whole": TEXT,
    "a name masked": "[name], our chief, did not pay for the unpaid bill of ACME in May.",
    "the middle left out": "Siosaia Vea … did not pay for the unpaid bill of ACME in May.",
    "three dots": "Siosaia Vea, our chief, did not pay ... in May.",
    "the end left out": "Siosaia Vea, our chief, did not pay",
    "the end left out with a mark": "Siosaia Vea, our chief, did not pay …",
    "the beginning left out": "did not pay for the unpaid bill",
    "marks beside each other": "[name] … did not pay … [name] in May.",
    "other spaces": "  [name],  our\n chief … ",
}
BAD = {
    "another word": "Siosaia Vea, our chief, did pay",
    "a word more": "Siosaia Vea, our good chief, did not pay",
    "left out without a mark": "Siosaia Vea, our chief, did not pay for the bill",
    "another order": "in May … Siosaia Vea",
    "a word cut": "did not pay for the … paid bill",
    "a word cut at its end": "Siosaia Vea, our chie",
    "a mark for nothing": "Siosaia Vea, [name] our chief",
    "a mark for nothing at the end": "Siosaia Vea … ACME in May. [name]",
    "other letters": "siosaia vea, our chief",
    "twice": "our chief … our chief",
}


@pytest.mark.parametrize("wanted", GOOD.values(), ids=GOOD)
def test_what_is_made_of_the_text_is_taken(wanted: str) -> None:
    assert shortened(TEXT, wanted) == " ".join(wanted.replace("...", "…").split())


@pytest.mark.parametrize("wanted", BAD.values(), ids=BAD)
def test_what_is_not_made_of_the_text_is_refused(wanted: str) -> None:
    with pytest.raises(BadInput, match=r"is not made of the text|a mark where nothing"):
        shortened(TEXT, wanted)


@pytest.mark.parametrize("wanted", ["", "…", "[name] … [name].", " "])
def test_nothing_but_marks_is_refused(wanted: str) -> None:
    with pytest.raises(BadInput, match="no word of the text"):
        shortened(TEXT, wanted)


def test_a_text_without_spaces_is_cut_anywhere() -> None:
    assert shortened(THAI, "เราเขียนระเบียบใหม่กับ [name]") == "เราเขียนระเบียบใหม่กับ [name]"
    with pytest.raises(BadInput):
        shortened(THAI, "เราเขียนกับ [name]")


def test_a_text_that_has_dots_itself_stays_as_it_is() -> None:
    assert shortened("So ... we wrote … a rule", "So ... we wrote … a rule") == (
        "So ... we wrote … a rule"
    )
    assert shortened("So ... we wrote a rule", "So ... wrote a rule") == "So … wrote a rule"
