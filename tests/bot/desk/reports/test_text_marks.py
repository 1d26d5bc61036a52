"""Names of known people, addresses and numbers are marked for whoever reads a text."""

import pytest

from bot.desk.reports.text_marks import MarkKind, known_names, marks_in

KNOWN = known_names(
    [
        "Siosaia Vea",
        "Nguyễn Văn An",
        "Li Na",
        "สมชาย ใจดี",
        "王小明",
        "Eva",
        "O'Brien-Smith",
        "Ａda Ko",
    ]
)
MARKED = [
    ("I asked siosaia about it", [("siosaia", MarkKind.NAME)]),
    ("VEA's unit", [("VEA", MarkKind.NAME)]),
    ("with Nguyễn", [("Nguyễn", MarkKind.NAME)]),
    ("a smith, and Ada", [("smith", MarkKind.NAME), ("Ada", MarkKind.NAME)]),
    ("เราถามสมชายแล้ว", [("สมชาย", MarkKind.NAME)]),
    ("我问了王小明", [("王小明", MarkKind.NAME)]),
    ("write to a.b@customs.example.to.", [("a.b@customs.example.to.", MarkKind.EMAIL)]),
    ("call +676 22-334 41 now", [("+676 22-334 41", MarkKind.PHONE)]),
    ("call (04) 123-4567", [("(04) 123-4567", MarkKind.PHONE)]),
    ("in case K-204/2018.", [("K-204/2018", MarkKind.CASE)]),
    ("case 204/2018", [("204/2018", MarkKind.CASE)]),
    ("seizure IPR2018", [("IPR2018", MarkKind.CASE)]),
    ("declaration 1234567", [("1234567", MarkKind.PHONE)]),
    ("declaration 123456", [("123456", MarkKind.NUMBER)]),
    ("declaration ១២៣៤៥", [("១២៣៤៥", MarkKind.NUMBER)]),
]


@pytest.mark.parametrize(("text", "expected"), MARKED)
def test_what_may_tell_of_a_person_or_a_case_is_marked(
    text: str, expected: list[tuple[str, MarkKind]]
) -> None:
    found = [(mark.text.rstrip("."), mark.kind) for mark in marks_in(text, KNOWN)]
    assert found == [(part.rstrip("."), kind) for part, kind in expected]


@pytest.mark.parametrize(
    "text",
    [
        "We evaluate it, and have seaside ports in 2018",
        "An officer of the unit, or Na, Li and Ko",
        "5 of 12 parcels on the 3rd day",
        "",
    ],
)
def test_other_words_short_names_and_years_are_not_marked(text: str) -> None:
    assert marks_in(text, KNOWN) == ()


def test_a_mark_is_named_once() -> None:
    assert [mark.text for mark in marks_in("Eva and Eva, K-22 and K-22", KNOWN)] == ["Eva", "K-22"]
