"""Long reports name in one sentence what they may not tell, in place of empty tables."""

from dataclasses import replace

from analysis.disclosure.small_groups import PROTECTED
from analysis.model import Section, Table
from analysis.sections.untold import only_told
from analysis.wording import ReportWords

SAY = ReportWords("en")
HIDDEN = "not shown"


def table(name: str, *rows: tuple[str | int, ...]) -> Table:
    return Table(name, name.capitalize(), ("", "People"), rows, note=PROTECTED)


def test_tables_that_tell_nothing_are_named_in_one_sentence() -> None:
    told = Section("a", "A", tables=(table("some", ("x", 5), ("y", HIDDEN)), table("none")))
    silent = Section(
        "b", "B", tables=(table("moves", ("3 to 6 months", HIDDEN)),), notes=("Why.",)
    )
    words = Section("c", "C", tables=(table("terms", ("x", "what it means")),))
    found, sentence = only_told((told, silent, words), SAY)
    assert [[t.key for t in one.tables] for one in found] == [["some"], ["terms"]]
    assert sentence == (
        "Not shown, because too few people answered or small groups must be protected: "
        "“None”, “Moves”."
    )


def test_what_was_not_asked_or_not_released_is_not_said_to_be_hidden() -> None:
    notes = ("Not asked here.", "The office has released no recommendation yet.")
    empty = tuple(replace(table(f"t{n}"), note=note) for n, note in enumerate(notes))
    sections = (Section("a", "A", tables=empty),)
    assert only_told(sections, SAY) == (sections, "")


def test_digits_in_names_and_in_reasons_are_no_numbers() -> None:
    several = ("Risk", "Delegations, after 12 months", HIDDEN)
    small = ("tried", "RM-2017", "", "", f"{HIDDEN}; after 6 months")
    for row in (several, small):
        silent = replace(table("six", row), names=2)
        assert only_told((Section("a", "A", tables=(silent,)),), SAY)[0] == ()
    told = replace(table("six", several, ("AEO", "Delegations", "8 of 20")), names=2)
    found, sentence = only_told((Section("a", "A", tables=(told,)),), SAY)
    assert (len(found), sentence) == (1, "")


def test_where_all_is_told_nothing_is_named() -> None:
    sections = (Section("a", "A", tables=(table("some", ("x", 5)),), notes=("Why.",)),)
    assert only_told(sections, SAY) == (sections, "")


def test_a_chapter_that_every_report_has_keeps_a_line_of_its_own() -> None:
    silent = [
        Section(key, key.upper(), tables=(table(f"{key} table", ("x", HIDDEN)),), notes=("Why.",))
        for key in ("a", "b", "c")
    ]
    found, sentence = only_told(silent, SAY, chapters=(("a", "b"), ("d",)))
    (line,) = found
    assert (line.key, line.tables) == ("a", ())
    assert line.notes[0].endswith("“A table”.")
    assert sentence.endswith("“B table”, “C table”.")
