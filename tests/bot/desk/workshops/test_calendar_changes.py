"""A calendar that is imported again: moves, new titles and cancellations of known workshops."""

from collections.abc import Mapping
from datetime import date, datetime

import pytest

from bot.desk.waves.acts import open_wave
from bot.desk.workshops import replanning
from bot.desk.workshops.calendars import import_workshops
from bot.importing.calendars.changes import CALENDAR, KEEP
from bot.importing.calendars.codes import LONGEST_CODE
from bot.importing.calendars.matching import NEW
from bot.importing.files import open_list
from bot.importing.rows.imported import Imported
from bot.settings.office import Office
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshop_names import rename_workshop
from storage.fieldwork.workshops import all_workshops
from surveys.planning.plans_file import packaged_plans
from tests.bot.fieldwork_world import utc
from tests.templates import ON_SQLITE

pytestmark = ON_SQLITE

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
HEAD = "title,starts_on,ends_on,place,status,note\n"
NOW = utc("2018-01-10T10:00")


def imports(
    database: Database,
    *rows: str,
    now: datetime = NOW,
    head: str = HEAD,
    answers: Mapping[str, str] | None = None,
) -> Imported:
    text = (head + "\n".join(rows)).encode()
    given = open_list(text, "calendar.csv", answers=answers or {})
    return import_workshops(database, OFFICE, given, now)


def events(
    database: Database, *rows: tuple[str, str, str], answers: Mapping[str, str] | None = None
) -> Imported:
    """Import events with UID, first day and title."""
    text = "".join(
        f"BEGIN:VEVENT\nUID:{uid}\nSUMMARY:{title}\nDTSTART;VALUE=DATE:{day}\n"
        "LOCATION:Suva\\, Fiji\nEND:VEVENT\n"
        for uid, day, title in rows
    )
    content = f"BEGIN:VCALENDAR\n{text}END:VCALENDAR\n".replace("\n", "\r\n").encode()
    return import_workshops(
        database, OFFICE, open_list(content, "c.ics", answers=answers or {}), NOW
    )


def stored(database: Database) -> list[str]:
    return [
        f"{one.code}: {one.title} {one.starts_on}{'' if one.confirmed else ' tbc'}"
        f"{' cancelled' if one.cancelled_at else ''}"
        for one in database.read(all_workshops)
    ]


ORIGIN = 'Origin,2018-03-05,2018-03-09,"Suva, Fiji",'


@pytest.mark.parametrize(
    "row",
    [
        f"{ORIGIN}Cancelled,",
        f"{ORIGIN},cancelled by the host",
        f"CANCELLED: {ORIGIN},",
        ORIGIN.replace("Origin", "Origin (cancelled)") + ",",
        'Origin,cancelled,,"Suva, Fiji",,',
    ],
)
def test_a_known_workshop_is_cancelled_after_asking_wherever_the_calendar_says_it(
    office_database: Database, row: str
) -> None:
    imports(office_database, f"{ORIGIN},")
    (asked,) = imports(office_database, row).questions
    assert asked.text.startswith("ORIGIN-FJ-2018 'Origin' is cancelled in the calendar.")
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05"]
    imports(office_database, row, answers={"ORIGIN-FJ-2018 cancelled": KEEP})
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05"]
    imports(office_database, row, answers={"ORIGIN-FJ-2018 cancelled": CALENDAR})
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05 cancelled"]
    assert imports(office_database, row).questions == ()


def test_a_title_may_be_about_what_is_cancelled(office_database: Database) -> None:
    imports(office_database, 'Workshop on cancelled declarations,2018-03-05,,"Suva, Fiji",,')
    assert len(stored(office_database)) == 1


@pytest.mark.parametrize("row", [f"{ORIGIN}tbc,", f"{ORIGIN},dates to be confirmed"])
def test_days_that_are_not_certain_any_more_are_asked_about(
    office_database: Database, row: str
) -> None:
    imports(office_database, f"{ORIGIN},")
    (asked,) = imports(office_database, row).questions
    assert "has no certain days any more" in asked.text
    imports(office_database, row, answers={"ORIGIN-FJ-2018 confirmed": CALENDAR})
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05 tbc"]
    imports(office_database, f"{ORIGIN}confirmed,")
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05"]


def test_columns_of_their_own_say_that_one_is_cancelled_or_not_certain(
    office_database: Database,
) -> None:
    head = "title,starts_on,ends_on,place,Cancelled,TBC\n"
    imports(office_database, f"{ORIGIN}no,", head=head)
    (asked,) = imports(office_database, f"{ORIGIN}x,", head=head).questions
    assert asked.key == "ORIGIN-FJ-2018 cancelled"
    (asked,) = imports(office_database, f"{ORIGIN},yes", head=head).questions
    assert asked.key == "ORIGIN-FJ-2018 confirmed"


def test_a_known_workshop_that_has_lost_its_days_is_asked_about(office_database: Database) -> None:
    imports(office_database, f"{ORIGIN},")
    row = 'Origin,,,"Suva, Fiji",tbc,'
    (asked,) = imports(office_database, row).questions
    assert asked.key == "ORIGIN-FJ-2018 confirmed"
    imports(office_database, row, answers={asked.key: CALENDAR})
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05 tbc"]
    assert imports(office_database, row).same == 1
    new = imports(office_database, row.replace("Origin", "Valuation"))
    assert any("has no days yet and was left out" in note for note in new.notes)


def test_a_title_marked_as_not_certain_is_the_same_workshop(office_database: Database) -> None:
    imports(office_database, ORIGIN.replace("Origin", "Origin (tbc)") + ",")
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05 tbc"]
    imports(office_database, f"{ORIGIN},")
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05"]


def test_an_event_keeps_its_workshop_with_another_title_and_day(office_database: Database) -> None:
    events(office_database, ("1@x", "20180305", "Origin"), ("2@x", "20180405", "Origin"))
    before = stored(office_database)
    assert before == ["ORIGIN-FJ-2018: Origin 2018-03-05", "ORIGIN-FJ-2018_2: Origin 2018-04-05"]
    changed = (("2@x", "20190212", "Rules of origin"), ("1@x", "20180305", "Origin"))
    keys = [one.key for one in events(office_database, *changed).questions]
    assert keys == ["ORIGIN-FJ-2018_2 days", "ORIGIN-FJ-2018_2 title"]
    done = events(office_database, *changed, answers=dict.fromkeys(keys, CALENDAR))
    assert done.questions == ()
    assert stored(office_database) == [
        "ORIGIN-FJ-2018: Origin 2018-03-05",
        "ORIGIN-FJ-2018_2: Rules of origin 2019-02-12",
    ]
    assert events(office_database, *changed).changed == 0


def test_days_moved_by_hand_stay_until_the_office_takes_those_of_the_calendar(
    office_database: Database,
) -> None:
    imports(office_database, f"{ORIGIN},")
    days = (date(2018, 3, 12), date(2018, 3, 16))
    office_database.run(replanning.move, OFFICE, "ORIGIN-FJ-2018", days, NOW)
    done = imports(office_database, f"{ORIGIN},")
    assert done.questions == ()
    (offer,) = done.offers
    assert offer.text == (
        "ORIGIN-FJ-2018 was moved by hand to 12 to 16 Mar 2018; "
        "the calendar says 5 to 9 Mar 2018. Kept."
    )
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-12"]
    done = imports(office_database, f"{ORIGIN},", answers={"ORIGIN-FJ-2018 days": CALENDAR})
    assert "ORIGIN-FJ-2018 moves: from Mon 12 March 2018 to Mon 5 March 2018." in done.notes
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-03-05"]
    (asked,) = imports(office_database, f"{ORIGIN},".replace("-03-", "-05-")).questions
    assert asked.text == (
        "ORIGIN-FJ-2018 'Origin' moves from 5 to 9 Mar 2018 to 5 to 9 May 2018? "
        "Its waves move along."
    )


def test_another_title_on_the_same_days_at_the_same_place_is_asked_about(
    office_database: Database,
) -> None:
    imports(office_database, f"{ORIGIN},")
    row = ORIGIN.replace("Origin", "Rules of origin") + ","
    (asked,) = imports(office_database, row).questions
    assert [one.value for one in asked.choices] == ["ORIGIN-FJ-2018", NEW]
    both = {"Rules of origin 2018-03-05": "ORIGIN-FJ-2018"}
    (title,) = imports(office_database, row, answers=both).questions
    assert title.key == "ORIGIN-FJ-2018 title"
    imports(office_database, row, answers={**both, "ORIGIN-FJ-2018 title": CALENDAR})
    assert stored(office_database) == ["ORIGIN-FJ-2018: Rules of origin 2018-03-05"]
    imports(office_database, f"{ORIGIN},", answers={"Origin 2018-03-05": NEW})
    assert len(stored(office_database)) == 2


def test_what_has_taken_place_and_what_else_stands_in_the_file_is_no_question(
    office_database: Database,
) -> None:
    other = ORIGIN.replace("Origin", "Valuation") + ","
    imports(office_database, f"{ORIGIN},", other)
    assert imports(office_database, f"{ORIGIN},", other).questions == ()
    later = imports(
        office_database, f"{ORIGIN},".replace("2018", "2019"), now=utc("2018-06-01T00:00")
    )
    assert (later.new, later.questions) == (1, ())


def test_codes_are_short_and_found_in_any_case_and_after_a_new_code(
    office_database: Database,
) -> None:
    long = "Regional workshop on post-clearance audit and accreditation of experts"
    imports(office_database, f'{long},2018-03-05,,"Suva, Fiji",,')
    (made,) = office_database.read(all_workshops)
    assert made.code == "POST-AUDIT-FJ-2018"
    assert len(made.code) <= LONGEST_CODE
    office_database.run(rename_workshop, made.code, "PCA")
    again = imports(office_database, f'{long},2018-03-05,,"Suva, Fiji",,')
    assert (again.new, again.same) == (0, 1)
    for code in ("pca", "Post-Audit-FJ-2018"):
        text = f'{code},{long},2018-03-05,2018-03-05,"Suva, Fiji"'
        done = imports(office_database, text, head="code,title,starts_on,ends_on,place\n")
        assert (done.new, done.same) == (0, 1)


def test_one_answer_is_enough_for_all_of_a_kind_but_not_for_what_was_moved_by_hand(
    office_database: Database,
) -> None:
    rows = [ORIGIN.replace("Origin", title) + "," for title in ("Origin", "Valuation", "Risk")]
    imports(office_database, *rows)
    days = (date(2018, 3, 12), date(2018, 3, 16))
    office_database.run(replanning.move, OFFICE, "RISK-FJ-2018", days, NOW)
    later = [row.replace("-03-", "-04-") for row in rows]
    assert len(imports(office_database, *later).questions) == 2
    imports(office_database, *later, answers={"days": CALENDAR})
    assert stored(office_database) == [
        "RISK-FJ-2018: Risk 2018-03-12",
        "ORIGIN-FJ-2018: Origin 2018-04-05",
        "VALUATION-FJ-2018: Valuation 2018-04-05",
    ]


def test_a_cancelled_workshop_that_is_not_known_is_left_out_and_takes_no_code(
    office_database: Database,
) -> None:
    done = imports(office_database, f"{ORIGIN}cancelled,", f"{ORIGIN},".replace("-03-", "-04-"))
    assert any("'Origin' is cancelled and was left out." in note for note in done.notes)
    assert stored(office_database) == ["ORIGIN-FJ-2018: Origin 2018-04-05"]


def test_a_question_names_the_open_waves_that_stay(office_database: Database) -> None:
    imports(office_database, f"{ORIGIN},")
    now = utc("2018-06-10T00:00")
    office_database.run(open_wave, OFFICE, "ORIGIN-FJ-2018", "M3", now)
    (asked,) = imports(office_database, f"{ORIGIN},".replace("-03-", "-04-"), now=now).questions
    assert asked.text.endswith("Its waves move along, except open ones: M3.")
    (asked,) = imports(office_database, f"{ORIGIN}cancelled,", now=now).questions
    assert asked.text.endswith("Then no wave opens and no message is sent, also of M3.")


def test_n03_a_workshop_that_is_cancelled_under_another_title_is_asked_about(
    office_database: Database,
) -> None:
    imports(office_database, 'Risk tools,2018-02-05,2018-02-09,"Suva, Fiji",,')
    (code,) = [one.code for one in office_database.read(all_workshops)]
    gone = 'Profiling,2018-02-05,2018-02-09,"Suva, Fiji",cancelled,'
    (asked,) = imports(office_database, gone).questions
    assert [one.value for one in asked.choices] == [code, NEW]
    answers = {asked.key: code, "cancelled": CALENDAR}
    imports(office_database, gone, answers=answers)
    (after,) = office_database.read(all_workshops)
    assert after.cancelled_at is not None


def test_n03_a_workshop_that_was_moved_and_renamed_is_asked_about(
    office_database: Database,
) -> None:
    imports(office_database, 'Workshop on risk tools,2018-02-05,2018-02-09,"Suva, Fiji",,')
    (code,) = [one.code for one in office_database.read(all_workshops)]
    moved = 'Workshop on risk tool,2018-06-04,2018-06-08,"Nadi, Fiji",,'
    (asked,) = imports(office_database, moved).questions
    assert [one.value for one in asked.choices] == [code, NEW]
    other = 'Rules of origin,2018-06-04,2018-06-08,"Nadi, Fiji",,'
    assert imports(office_database, other).new == 1


def test_n03_a_workshop_of_the_past_that_was_renamed_is_asked_about(
    office_database: Database,
) -> None:
    later = utc("2018-03-10T10:00")
    imports(office_database, 'Risk tools,2018-02-05,2018-02-09,"Suva, Fiji",,')
    renamed = 'Profiling,2018-02-05,2018-02-09,"Suva, Fiji",,'
    (asked,) = imports(office_database, renamed, now=later).questions
    answers = {asked.key: asked.choices[0].value, "title": CALENDAR}
    imports(office_database, renamed, now=later, answers=answers)
    assert [one.title for one in office_database.read(all_workshops)] == ["Profiling"]


def test_n03_a_cancelled_invitation_is_about_the_workshop_with_its_number(
    office_database: Database,
) -> None:
    events(office_database, ("a", "20180205", "Risk"))
    text = (
        "BEGIN:VCALENDAR\nMETHOD:CANCEL\nBEGIN:VEVENT\nUID:a\nSUMMARY:Profiling\nSEQUENCE:3\n"
        "DTSTART;VALUE=DATE:20180301\nEND:VEVENT\nEND:VCALENDAR\n"
    ).replace("\n", "\r\n")
    given = open_list(text.encode(), "c.ics", answers={})
    (asked,) = import_workshops(office_database, OFFICE, given, NOW).questions
    assert asked.key.endswith(" cancelled")
