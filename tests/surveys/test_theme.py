"""Which themes of a text count, after what readers have marked and somebody has decided."""

from datetime import UTC, datetime

from surveys.theme import CODE, Marks, Part, standing

AT = datetime(2018, 12, 1, tzinfo=UTC)


def read(by: str, themes: str | None) -> Marks:
    found = None if themes is None else frozenset(themes.split())
    return Marks(by, AT, Part.READING, found)


def decided(themes: str | None) -> Marks:
    found = None if themes is None else frozenset(themes.split())
    return Marks("S-GUS", AT, Part.DECISION, found)


def test_a_text_without_a_reading_has_no_themes_and_one_without_a_theme_has_none_of_them() -> None:
    assert standing([]).settled is None
    assert standing([read("eva", "")]).settled == frozenset()


def test_what_two_readers_mark_alike_counts_and_else_what_is_decided() -> None:
    alike = standing([read("eva", "a b"), read("fay", "b a")])
    assert (alike.settled, alike.undecided) == (frozenset({"a", "b"}), False)
    differ = [read("eva", "a b"), read("fay", "b")]
    assert (standing(differ).settled, standing(differ).undecided) == (None, True)
    assert standing([*differ, decided("b")]).settled == frozenset({"b"})
    assert standing([*differ, decided("")]).settled == frozenset()
    assert standing([*differ, decided("b"), decided(None)]).undecided


def test_the_newest_marks_of_a_reader_count_until_they_are_taken_back() -> None:
    assert standing([read("eva", "a"), read("eva", "b")]).settled == frozenset({"b"})
    assert standing([read("eva", "a"), read("eva", None)]).settled is None


def test_a_text_waits_for_two_readers_and_for_no_third() -> None:
    none, one = standing([]), standing([read("eva", "a")])
    assert none.waits_for("eva")
    assert (one.waits_for("eva"), one.waits_for("fay")) == (False, True)
    assert not standing([read("eva", "a"), read("fay", "a")]).waits_for("gus")


def test_a_code_is_one_short_word_in_small_letters() -> None:
    assert all(map(CODE.fullmatch, ("targeting", "x", "right_holders2")))
    assert not any(map(CODE.fullmatch, ("", "2x", "Big", "two words", "a" * 21, "é")))
