"""Retention deletes addresses after the last wave and texts after two years."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import Connection, select

from analysis.findings.headlines import in_short
from bot.operations.housekeeping import Housekeeping
from bot.operations.retention import BATCH_SIZE, Expired, delete_expired, find_expired
from bot.operations.retention_due import retention_due
from bot.settings.office import Office, Retention
from storage.database import Database
from storage.fieldwork.next_contact import Rules
from storage.fieldwork.workshops import put_workshop
from storage.file_folder import KeptFile
from storage.office.report_versions import Edition
from storage.office.share_links import NewShare, add_share, all_shares
from storage.people.addresses import add_addresses
from storage.people.codes import add_code
from storage.people.enrolments import NewEnrolment, enrol, enrol_all
from storage.people.office_messages import keep_message
from storage.people.participants import NewParticipant, add_participants
from storage.people.room_codes import Room, add_room_code, enter_room
from storage.people.walk_ins import NewWalkIn, put_walk_in
from storage.responses.shown_files import ANSWER, Belongs, add_file
from storage.schema import addresses, answers, codes, office_messages, walk_ins
from surveys.planning.plans_file import packaged_plans
from surveys.workshop import Workshop
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.bot.breaking import ends_at
from tests.bot.fieldwork_world import utc
from tests.storage.everything import holding
from tests.storage.world import NOW, WORKSHOP, World, made, wrote

OFFICE = Office(Rules(packaged_plans(), ("demo",)))
WORDS, EARLIER = "it works in Vaiola", "it may work"


@pytest.fixture
def world(database: Database) -> World:
    """Ada has an address, a code and a text in her own words in M6."""

    def begun(connection: Connection) -> World:
        world = made(connection)
        add_code(connection, "adas-code", world.adas.id, NOW)
        wrote(connection, world.case, WORDS, EARLIER)
        return world

    return database.run(begun)


def last_day() -> date:
    """Return the day on which the last wave of Ada's workshop closes."""
    dated = OFFICE.rules.plans[WORKSHOP.plan].dated(WORKSHOP)
    return max(wave.closes_on for wave in dated if wave.planned.role == "participant")


def after(days: int) -> datetime:
    return utc(f"{last_day() + timedelta(days=days)}T12:00")


def test_addresses_go_thirty_days_after_the_last_wave_and_not_before(
    database: Database, world: World
) -> None:
    assert database.read(find_expired, OFFICE, after(30)).nothing
    assert delete_expired(database, OFFICE, after(30)).nothing
    assert database.read(find_expired, OFFICE, after(31)) == Expired(("P-ADA",), 0)
    assert delete_expired(database, OFFICE, after(31)) == Expired(("P-ADA",), 0)
    left = database.read(lambda c: [c.execute(select(t)).all() for t in (addresses, codes)])
    assert left == [[], []]
    assert delete_expired(database, OFFICE, after(31)).nothing


def test_somebody_in_a_later_workshop_is_still_reached(database: Database, world: World) -> None:
    later = Workshop("AEO", "AEO", "regional", date(2019, 6, 3), date(2019, 6, 7), "Suva", "FJ")

    def enrolled(connection: Connection) -> None:
        put_workshop(connection, later)
        enrol(connection, NewEnrolment("AEO", world.ada.id, "NP"), NOW)

    database.run(enrolled)
    assert delete_expired(database, OFFICE, after(31)).people == ()


def test_texts_in_own_words_go_after_two_years_and_other_answers_stay(
    database: Database, world: World
) -> None:
    # They were written on 9 August 2018.
    assert delete_expired(database, OFFICE, utc("2020-08-09T23:00")).texts == 0
    assert delete_expired(database, OFFICE, utc("2020-08-10T01:00")).texts == 2
    left = select(answers.c.value, answers.c.state).order_by(answers.c.value)
    found = database.read(lambda c: [tuple(row) for row in c.execute(left)])
    assert found == [("", "deleted"), ("same", "answered")]
    assert delete_expired(database, OFFICE, utc("2020-08-10T01:00")).texts == 0


def written(url: str) -> Story:
    """Six people who describe their rules and give examples; some words were changed later."""
    story = Story(url).workshop("TFA")
    for number, place in enumerate(PLACES[:6]):
        person = story.person("TFA", place)
        story.answers(person, "M3", job="same", example="A new form", quote="anonymous")
        rule = {"anchors": "procedure", "anchor_status_procedure": "new"}
        rule |= {"title_procedure": "Order 12"}
        case = story.answers(person, "M6", job="same", use_1="regular", **rule)
        if number % 2:
            story.changes(
                case, "title_procedure", "Order 12 of 2018", CUT_OFF - timedelta(days=30)
            )
        story.answers(person, "M12", job="same", still="procedure", would_continue="continues")
    return story


def said(story: Story) -> list[object]:
    """All that a report says, but for what people have said in their own words."""
    report = story.report()
    parts = [section for section in report.sections if section.key != "words"]
    earlier = story.reading(cut_off=CUT_OFF - timedelta(days=60))
    return [report.title, report.headlines, report.in_short, parts, in_short(earlier)]


# It makes two whole reports on each database.
def test_no_figure_of_a_report_changes_when_texts_are_deleted(empty_url: str) -> None:
    story = written(empty_url)
    before = said(story)
    assert "described 6, claimed 0" in str(before[2]) and before[2] == before[4]
    story.connection.commit()
    database = Database(empty_url)
    assert delete_expired(database, OFFICE, CUT_OFF + timedelta(days=900)).texts == 15
    database.close()
    assert said(story) == before
    story.close()


def test_the_office_may_keep_things_shorter(database: Database, world: World) -> None:
    soon = Office(OFFICE.rules, retention=Retention(addresses_days=1, open_text_months=1))
    assert delete_expired(database, soon, after(2)) == Expired(("P-ADA",), 2)


def test_the_daily_upkeep_does_it_once_a_day_and_leaves_no_trace(
    database: Database, world: World
) -> None:
    housekeeping = Housekeeping(database, office=OFFICE)
    housekeeping.after_round(utc("2020-08-09T20:00"), 0.1)
    housekeeping.after_round(utc("2020-08-10T19:00"), 0.1)
    assert holding(database, WORDS)
    housekeeping.after_round(utc("2020-08-10T20:00"), 0.1)
    assert holding(database, WORDS) == holding(database, EARLIER) == []


def test_an_end_half_way_leaves_the_others_for_the_next_round(
    database: Database, world: World
) -> None:
    def many(connection: Connection) -> None:
        new = [NewParticipant(f"P-{number}", f"Officer {number}") for number in range(BATCH_SIZE)]
        numbers = add_participants(connection, new)
        add_addresses(connection, "demo", [(one, f"chat-{one}") for one in numbers], NOW)
        enrol_all(connection, [NewEnrolment(WORKSHOP.code, one, "FJ") for one in numbers], NOW)

    database.run(many)
    housekeeping = Housekeeping(database, office=OFFICE)
    with ends_at(database, "DELETE FROM addresses"):
        housekeeping.after_round(after(31), 0.1)
    left = database.read(find_expired, OFFICE, after(31)).people
    assert left
    assert len(left) < BATCH_SIZE
    housekeeping.after_round(after(31) + timedelta(minutes=1), 0.1)
    assert database.read(find_expired, OFFICE, after(31)).nothing
    assert holding(database, "chat-") == []


def test_nobody_is_forgotten_whose_workshop_has_a_plan_that_is_gone(
    database: Database, world: World
) -> None:
    office = Office(Rules({}, ("demo",)))
    Housekeeping(database, office=office).after_round(after(3_000), 0.1)
    assert database.read(find_expired, office, after(3_000)).people == ()


def test_messages_go_like_texts_and_guests_of_a_room_like_addresses(
    database: Database, world: World
) -> None:
    def written(connection: Connection) -> None:
        keep_message(connection, world.ada.id, "Wrong workshop", NOW)
        add_room_code(connection, "ROOM", Room(WORKSHOP.code, "S-1", NOW, NOW, after(0)))
        guest = ("demo", "901")
        enter_room(connection, "ROOM", guest, Room(WORKSHOP.code, "S-1", NOW, NOW, after(0)), NOW)
        put_walk_in(connection, NewWalkIn(guest, "en", "Mele Fonua", "TO"), NOW)

    database.run(written)
    assert delete_expired(database, OFFICE, NOW + timedelta(days=30)).nothing
    assert database.read(kept_texts) == (1, 1)
    delete_expired(database, OFFICE, NOW + timedelta(days=31))
    assert database.read(kept_texts) == (1, 0)
    assert delete_expired(database, OFFICE, NOW + timedelta(days=740)).texts == 3
    assert database.read(kept_texts) == (0, 0)


def test_files_of_answers_go_like_texts_and_are_counted_apart(
    database: Database, world: World
) -> None:
    kept, place = KeptFile("a" * 32, "pdf", 4, "0" * 64), Belongs(world.case, ANSWER, "photo", "")
    database.run(add_file, kept, place, NOW)
    gone, late = Expired(("P-ADA",), 2, 1), NOW + timedelta(days=740)
    assert database.read(find_expired, OFFICE, late) == gone
    due = database.read(retention_due, OFFICE, late).kept
    assert [one.due[0] for one in due if one.what.startswith(("Texts", "Files"))] == [2, 1]
    assert delete_expired(database, OFFICE, late) == gone
    assert delete_expired(database, OFFICE, late).nothing


def test_share_links_go_thirty_days_after_their_last_day(database: Database, world: World) -> None:
    edition = Edition(WORKSHOP.code, 1, "presented", "", "donor", "JICA", "en")
    last = NOW + timedelta(days=60)
    new = NewShare("L-1", "page", edition, "Tokyo desk", "", "S-1", NOW, last)
    database.run(add_share, "secret", new)
    delete_expired(database, OFFICE, last + timedelta(days=30))
    assert [one.label for one in database.read(all_shares)] == ["Tokyo desk"]
    delete_expired(database, OFFICE, last + timedelta(days=31))
    assert database.read(all_shares) == []


def kept_texts(connection: Connection) -> tuple[int, int]:
    """Return how many messages and guests are stored."""
    rows = [connection.execute(select(table)).all() for table in (office_messages, walk_ins)]
    return len(rows[0]), len(rows[1])
