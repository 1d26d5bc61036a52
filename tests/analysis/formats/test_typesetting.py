"""Open text in its own script: every letter drawn, right to left where it runs so."""

import re
import subprocess
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from analysis.formats import render
from analysis.formats.json import structured
from analysis.formats.scripts import direction, scripts, undrawable
from analysis.formats.typesetting import families, missing_families, pictures, typeset
from analysis.model import Chapter, Quote, Report, Section, Table
from tests.analysis.builder import Story
from tests.tools import PDFTOTEXT

TEXTS = {
    "th": "ป ปี ปี่ ปี้ ดำเนินการ นำไปใช้",
    "km": "ភាសាខ្មែរ យើងប្រើវាជាប្រចាំ",
    "lo": "ພວກເຮົາໃຊ້ມັນເປັນປົກກະຕິ",
    "my": "ကျွန်ုပ်တို့ ပုံမှန်သုံးသည်",
    "vi": "Chúng tôi dùng phương pháp này thường xuyên, kể cả ở chi cục nhỏ.",
    "zh": "我们经常使用这个方法",
    "mn": "Бид үүнийг тогтмол ашигладаг",
    "ta": "நாங்கள் இதைத் தவறாமல் பயன்படுத்துகிறோம்",
    "fa": "ما از این روش هر روز استفاده می‌کنیم و آن را در WCO SAFE آموختیم.",
}
DZONGKHA = "བོད་སྐད"


@pytest.fixture(scope="module")
def report() -> Report:
    told = Story().workshop("TFA")
    told.answers(told.person("TFA", "FJ"), "M6", job="same")
    return told.report()


TRACK, BAR = "#eef3f8", "#a9c8e4"
"""The colours of the whole length and of a bar."""


def quoting(report: Report, text: str, language: str) -> Report:
    quotes = Section("words", "In their words", quotes=(Quote(text, language, "A participant"),))
    return replace(
        report, sections=(quotes,), chapters=(Chapter("1", "In their words", ("words",)),)
    )


@pytest.mark.parametrize("language", TEXTS)
def test_l01_l02_every_letter_has_a_font_and_the_words_change_the_page(
    language: str, report: Report
) -> None:
    text = TEXTS[language]
    assert not undrawable(text, families())
    drawn = render(quoting(report, text, language), "full")
    assert drawn != render(quoting(report, text[::-1], language), "full")
    assert drawn.startswith(b"%PDF")
    assert text in render(quoting(report, text, language), "html").decode()


def test_a_bar_is_a_part_of_all_who_answered(report: Report) -> None:
    columns, rows = ("Answer", "People", "Share"), (("Few", 3, "3 of 7"), ("All", 7, "7 of 7"))
    bar = Table("t", "Bars", columns, rows, chart="bars", base=7)
    drawn = replace(report, sections=(Section("effects", "Effects", tables=(bar,)),))
    (picture,) = pictures("pictures.typ", structured(drawn), drawn.cut_off)
    lengths = {
        colour: [
            float(x) for x in re.findall(rf'fill="{colour}"[^>]*? d="M 0 0v 6h ([\d.]+)', picture)
        ]
        for colour in (TRACK, BAR)
    }
    whole = lengths[TRACK][0]
    assert lengths[TRACK] == [whole, whole]
    assert lengths[BAR] == pytest.approx([whole * 3 / 7, whole])


def glyphs(report: Report, label: str) -> int:
    """How many letters the picture of one bar with this label draws."""
    columns = ("Answer", "People", "Of those who answered")
    bar = Table("t", "Bars", columns, ((label, 9, "9 of 9"),), chart="bars")
    drawn = replace(report, sections=(Section("effects", "Effects", tables=(bar,)),))
    (picture,) = pictures("pictures.typ", structured(drawn), drawn.cut_off)
    return picture.count("<use")


def test_l02_a_khmer_letter_below_another_is_joined_to_it_and_shows_no_joining_sign(
    report: Report,
) -> None:
    assert glyphs(report, "ខ្ម") == glyphs(report, "ខម") == glyphs(report, "ខ") + 1


@pytest.mark.parametrize("language", TEXTS)
def test_l01_bars_are_labelled_in_every_script(language: str, report: Report) -> None:
    without = glyphs(report, "")
    assert glyphs(report, TEXTS[language]) > without + 8


def test_l01_a_bar_without_a_font_names_the_script_in_place_of_boxes(
    report: Report,
) -> None:
    sentence = "(Text in Tibetan letters: see the HTML or Excel file.)"
    assert glyphs(report, DZONGKHA) == glyphs(report, sentence)


@PDFTOTEXT.needed
@pytest.mark.parametrize("language", TEXTS)
def test_l02_no_letter_is_lost_for_who_copies_from_the_pdf(
    language: str, report: Report, tmp_path: Path
) -> None:
    file = tmp_path / "report.pdf"
    file.write_bytes(render(quoting(report, TEXTS[language], language), "full"))
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    assert set(TEXTS[language]) <= set(done.stdout)


def test_l01_letters_without_a_font_become_a_sentence_that_names_the_script(
    report: Report,
) -> None:
    assert undrawable(DZONGKHA, families()) == "Tibetan"
    shown = quoting(report, DZONGKHA, "dz")
    named = quoting(report, "(Text in Tibetan letters: see the HTML or Excel file.)", "dz")
    assert render(shown, "full") == render(named, "full")
    assert DZONGKHA in render(shown, "html").decode()


def test_l01_without_the_extra_for_chinese_the_page_names_the_script(
    report: Report, monkeypatch: pytest.MonkeyPatch
) -> None:
    without = tuple(family for family in families() if family != "Noto Sans SC")
    monkeypatch.setattr("analysis.formats.typesetting.families", lambda: without)
    assert undrawable(TEXTS["zh"], without) == "Cjk"
    assert render(quoting(report, TEXTS["zh"], "zh"), "full").startswith(b"%PDF")


def test_l02_the_first_letter_decides_the_direction() -> None:
    assert direction(TEXTS["fa"]) == "rtl"
    assert direction("WCO: " + TEXTS["fa"]) == "ltr"
    assert direction("123") == "ltr"
    assert scripts(TEXTS["fa"]) == {"ARABIC", "LATIN"}


def test_l02_in_word_a_persian_quote_is_a_paragraph_from_right_to_left(report: Report) -> None:
    for language, turned in (("fa", True), ("ta", False)):
        text = TEXTS[language]
        written = Document(BytesIO(render(quoting(report, text, language), "docx")))
        quote = next(one for one in written.paragraphs if one.text == text)
        assert (quote._p.pPr.find(qn("w:bidi")) is not None) is turned


def test_l02_in_word_a_report_from_right_to_left_keeps_the_direction_of_a_quote(
    report: Report,
) -> None:
    """In a paragraph from right to left the full stop of an English sentence stands before it."""
    for text, language, turned in (("We use it.", "en", False), (TEXTS["fa"], "fa", True)):
        persian = replace(quoting(report, text, language), language="fa")
        written = Document(BytesIO(render(persian, "docx")))
        quote = next(one for one in written.paragraphs if one.text == text)
        assert (quote._p.pPr.find(qn("w:bidi")) is not None) is turned
        assert quote._p.pPr.find(qn("w:keepNext")) is not None, "who said it stands below"
        heading = next(one for one in written.paragraphs if "In their words" in one.text)
        assert heading._p.pPr.find(qn("w:bidi")) is not None


def test_fonts_that_are_missing_are_named(tmp_path_factory: pytest.TempPathFactory) -> None:
    empty = tmp_path_factory.mktemp("no-fonts")
    assert missing_families() == ()
    assert len(missing_families([empty])) == len(families())


def test_letters_that_stand_together_are_shaped_and_not_set_side_by_side(report: Report) -> None:
    """A Khmer cluster is narrower than its letters one by one, which no warning would tell."""
    together = quoting(report, "ខ្មែរ", "km")
    apart = quoting(report, "ខ ្ ម ែ រ", "km")
    sizes = [len(typeset("full.typ", structured(r), r.cut_off)[0]) for r in (together, apart)]
    assert sizes[0] != sizes[1]
