"""The open answers in a viewer's bundle: released ones only, apart from everything else."""

from pathlib import Path

from analysis.exports.audience import Audience
from surveys.questionnaire import Item, Option
from tests.analysis.builder import Story
from tests.analysis.exports.opening import opened, pin, questionnaire, text_item
from tests.analysis.quoting import everything_in


def told_of_texts(*texts: str) -> tuple[Story, list[int]]:
    """People of a workshop, each of another administration, who may be quoted; with their cases."""
    asked = questionnaire(
        text_item("words"),
        text_item("rare"),
        *questionnaire().items[:1],
        Item(name="quote", type="select_one", list_name="quote", label={"en": "Quote?"}),
        quote=tuple(Option(name=name, label={"en": name}) for name in ("anonymous", "no")),
    )
    told = Story().workshop("TFA")
    pin(told, "TFA", asked)
    cases = []
    for number, said in enumerate(texts):
        person = told.person("TFA", ("FJ", "TO", "VU", "WS", "KI", "TV")[number])
        more = {"rare": "The only one from Vaiaku"} if number == 5 else {}
        use = ("agree", "strongly_agree")[number % 2]
        cases.append(told.answers(person, "M6", use=use, words=said, quote="anonymous", **more))
    return told, cases


TEXTS = tuple(f"Text {number} of the office in {place}" for number, place in enumerate("ABCDEF"))


def test_c11_viewers_get_free_texts_apart_from_people_and_other_answers() -> None:
    told, cases = told_of_texts(*TEXTS)
    for case in cases:
        told.decides(case, "words")
    told.decides(cases[5], "rare")
    bundle = opened(told, audience=Audience.VIEWER)
    assert {row["item"] for row in bundle.rows("long")} == {"use"}
    assert {*bundle.rows("texts")[0]} == {"questionnaire", "item", "question", "text"}
    assert sorted(row["text"] for row in bundle.rows("texts")) == list(TEXTS)
    assert [row["text"] for row in bundle.rows("texts")] != list(TEXTS)
    elsewhere = [name for name in bundle.names if "texts" not in name and "xlsx" not in name]
    assert not any(b"of the office" in bundle.read(name) for name in elsewhere)
    sheets = [sheet for sheet in bundle.workbook if sheet.title != "Texts"]
    cells = [str(cell.value) for sheet in sheets for row in sheet for cell in row]
    assert not any("of the office" in cell for cell in cells)
    everything = b"".join(bundle.read(name) for name in bundle.names if "xlsx" not in name)
    assert b"Vaiaku" not in everything
    left_out = bundle.manifest["answers"]["left_out"]
    assert left_out["texts of fewer than five people"] == "fewer than 5 people"


def test_viewers_get_no_text_that_nobody_has_released(tmp_path: Path) -> None:
    told, cases = told_of_texts(*TEXTS)
    unread = opened(told, audience=Audience.VIEWER).manifest["answers"]["left_out"]
    assert unread["texts that nobody has released"] == 7
    for case in cases[:5]:
        told.decides(case, "words", text=f"Text {cases.index(case)} …")
    bundle = opened(told, audience=Audience.VIEWER)
    assert sorted(row["text"] for row in bundle.rows("texts")) == [f"Text {n} …" for n in range(5)]
    assert b"of the office" not in everything_in(bundle.content, tmp_path)
    left_out = bundle.manifest["answers"]["left_out"]
    assert left_out["texts that nobody has released"] == "fewer than 5 people"
    told.decides(cases[0], "words", "withheld")
    bundle = opened(told, audience=Audience.VIEWER)
    assert bundle.rows("texts") == []
    assert b"Text 1" not in everything_in(bundle.content, tmp_path)
