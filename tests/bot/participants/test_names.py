"""Names and titles with signs that other programs take for markup are shown as they are."""

from datetime import date

import pytest

from surveys.workshop import Workshop
from tests.bot.stage import Stage

NAMES = (
    "<3",
    "A & B",
    "Nok_",
    "*Star*",
    "[x](y)",
    "{name}",
    "%(label)s",
    "${job}",
    "{0.__class__}",
    "ณัฐ ใจดี",
)
DRAFT = Workshop(
    code="RD-2017",
    title="R&D <draft> {city}",
    kind="regional",
    starts_on=date(2017, 12, 4),
    ends_on=date(2017, 12, 8),
    city="Suva",
    country="FJ",
)


@pytest.mark.parametrize("name", NAMES)
async def test_d16_any_name_and_title_is_shown_literally(stage: Stage, name: str) -> None:
    stage.at("2018-06-07 12:00")
    person = await stage.enrol(name, workshop=DRAFT)
    await person.joins(DRAFT)
    assert f"Hello {name}." in person.text
    assert "R&D <draft> {city}, Suva, 4–8 December 2017." in person.text
    await person.taps("I agree")
    await stage.until_next_message()
    assert f"Hello {name}." in person.text
    assert "R&D <draft> {city}" in person.text
    await person.taps("Start", "Same job")
    assert "“R&D <draft> {city}”" in person.text


async def test_c07_an_answer_with_braces_is_quoted_as_it_was_written(stage: Stage) -> None:
    stage.at("2018-06-07 12:00")
    await stage.publish(
        "spec: 1\nkey: M6\ntitle: Six\nminutes: 1\nsurvey:\n"
        "  - {type: text, name: said, label: Your words}\n"
        '  - {type: text, name: more, label: "You said: ${said}"}\n'
    )
    ada = await stage.joined("Ada Vea")
    await stage.opens("M6", "2018-06-08 10:00")
    await ada.taps("Start")
    words = "{0.__class__} ${more} %(label)s {workshop}"
    await ada.types(words)
    assert ada.sees(f"You said: {words}")
