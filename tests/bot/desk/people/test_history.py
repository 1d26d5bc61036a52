"""What was done to a person, and which of it can be taken back: only the newest act on a subject."""

from datetime import UTC, datetime

from bot.desk.people.history import Back, history_lines
from storage.office.audit import Act, Entry

NOW = datetime(2018, 6, 7, tzinfo=UTC)


def lines(*acts: tuple[Act, str]) -> list[tuple[str, Back | None, tuple[str, ...]]]:
    """Return the lines of acts on P-1, oldest first, as text, undo, and what the undo needs."""
    found = [Entry(NOW, "S-1", act, about, {}) for act, about in acts]
    return [(one.about, one.back, one.what) for one in reversed(history_lines(found, "P-1"))]


def test_only_the_newest_act_on_the_messages_is_taken_back() -> None:
    assert lines(
        (Act.PERSON_PAUSED, "P-1 until 2018-07-01"), (Act.PERSON_STOPPED, "P-1 list")
    ) == [
        ("until 2018-07-01", None, ()),
        ("list", Back.START, ()),
    ]
    started = lines((Act.PERSON_STOPPED, "P-1 list"), (Act.PERSON_STARTED, "P-1"))
    assert [back for _, back, _ in started] == [None, None]


def test_each_workshop_and_each_wave_is_a_subject_of_its_own() -> None:
    assert lines(
        (Act.PERSON_REMOVED, "P-1 RM wrong-list"),
        (Act.PERSON_REMOVED, "P-1 IPR did-not-come"),
        (Act.PERSON_RESTORED, "P-1 IPR"),
        (Act.LEFT_OUT, "P-1 RM M6"),
        (Act.CASE_SET_ASIDE, "P-1 RM M6"),
        (Act.CASE_REOPENED, "P-1 RM M6"),
    ) == [
        ("RM wrong-list", Back.RESTORE, ("RM",)),
        ("IPR did-not-come", None, ("IPR",)),
        ("IPR", None, ("IPR",)),
        ("RM M6", Back.TAKE_IN, ("RM", "M6")),
        ("RM M6", Back.PUT_BACK, ("RM", "M6")),
        ("RM M6", Back.CLOSE, ("RM", "M6")),
    ]


def test_entries_addresses_and_successors_are_told_apart() -> None:
    assert lines(
        (Act.PEOPLE_MERGED, "P-2 into P-1"),
        (Act.PEOPLE_MERGED, "P-3 into P-1"),
        (Act.MERGE_UNDONE, "P-3 from P-1"),
        (Act.PERSON_CHANGED, "P-1 new e-mail address"),
        (Act.PERSON_CHANGED, "P-1 hands over to P-4"),
        (Act.PERSON_CHANGED, "P-1 language fr"),
    ) == [
        ("P-2 into", Back.UNMERGE, ("P-2",)),
        ("P-3 into", None, ("P-3",)),
        ("P-3 from", None, ("P-3",)),
        ("new e-mail address", Back.EMAIL_BACK, ()),
        ("hands over to P-4", Back.HAND_BACK, ()),
        ("language fr", None, ()),
    ]
