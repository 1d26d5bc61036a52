"""The count of letters that the checks use is true to what a browser measures."""

import pytest
from playwright.async_api import Browser

from surveys.authoring.packaged import packaged_keys, packaged_questionnaire
from surveys.widths import columns
from surveys.wording import worded_languages
from tests.browser.conftest import PHONE

MEASURE = """texts => {
    const span = document.querySelector("span");
    return texts.map(text => {
        span.textContent = text;
        return span.getBoundingClientRect().width;
    });
}"""
PAGE = (
    "<body style='font: 16px Noto Sans, sans-serif'><span style='white-space: pre'></span></body>"
)
A_LETTER = {"km": 9.9, "th": 9}
LATIN_LETTER = 8.5
"""The most points that a letter has on average, at 16 points; Khmer and Thai are wider."""


@pytest.mark.parametrize("language", worded_languages())
async def test_every_choice_has_the_width_that_is_counted(window: Browser, language: str) -> None:
    questionnaires = map(packaged_questionnaire, packaged_keys())
    choices = sorted(
        {
            option.label[language]
            for questionnaire in questionnaires
            for options in questionnaire.choices.values()
            for option in options
        }
    )
    page = await window.new_page()
    await page.set_content(PAGE)
    widths = await page.evaluate(MEASURE, [f"12. {choice}" for choice in choices])
    counted = sum(columns(f"12. {choice}") for choice in choices)
    assert sum(widths) / counted < A_LETTER.get(language, LATIN_LETTER)
    assert max(widths) < PHONE["width"]
