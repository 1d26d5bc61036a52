"""Guarantees of the tables: claims are unique, answers keep their history, versions never change."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, select

from storage import schema
from storage.database import Database, NotFound
from storage.fieldwork.answers import Saving, answers_of, save_step
from storage.fieldwork.attempts import Claim, Result, attempts_of_cases, claim, finish
from storage.fieldwork.case_files import load_file
from storage.fieldwork.cases import CardShown, case_with_card, open_cases_of, set_cards
from storage.fieldwork.claims import unfinished
from storage.fieldwork.due_contacts import due_cases, set_contact
from storage.fieldwork.interviews import load_interview
from storage.fieldwork.next_contact import Rules, refresh, refresh_person
from storage.fieldwork.wave_decisions import Held, set_held, set_missed
from storage.fieldwork.waves import waves_of
from storage.fieldwork.workshops import get_workshop, move_workshop, put_workshop, set_cancelled
from storage.instruments.questionnaires import (
    get_questionnaire,
    list_questionnaires,
    newest_version,
    publish,
)
from storage.people.addresses import (
    add_address,
    find_address,
    get_address,
    move_address,
    set_address_state,
)
from storage.people.codes import add_code, find_code, hash_of, plain_code, use_code
from storage.people.enrolments import NewEnrolment, enrol, get_enrolment
from surveys.authoring.packaged import packaged_questionnaire
from surveys.interview.interview import Answer, AnswerState
from surveys.people import AddressState
from surveys.planning.contacts import Hold, Kind, NextContact
from surveys.planning.dispositions import Outcome
from surveys.planning.plan import Offset, PlannedWave
from surveys.planning.plans_file import packaged_plans
from tests.storage.world import NOW, WORKSHOP, World

Overlapping = Callable[[Callable[[Connection], Any], Callable[[Connection], Any]], tuple[Any, Any]]


def claimed(connection: Connection, world: World, ordinal: int = 1) -> int | None:
    found = claim(connection, world.case, Claim(Kind.INVITATION, ordinal, world.address, 1, NOW))
    return found.id if found else None


def test_of_many_that_claim_one_message_one_wins(database: Database, world: World) -> None:
    url = database.url.render_as_string(hide_password=False)
    twins = [Database(url), Database(url)]
    with ThreadPoolExecutor(8) as pool:
        won = list(pool.map(lambda n: twins[n % 2].run(claimed, world), range(24)))
    assert len([number for number in won if number is not None]) == 1
    assert len(database.read(attempts_of_cases, [world.case])[world.case]) == 1
    for twin in twins:
        twin.close()


def test_a_message_that_may_be_tried_again_keeps_its_ordinal(
    database: Database, world: World
) -> None:
    number = database.run(claimed, world)
    assert number is not None
    database.run(finish, number, Result(Outcome.RETRY, "flood", retry_at=NOW), NOW)
    assert database.run(claimed, world) == number
    assert database.run(claimed, world) is None
    (attempt,) = database.read(attempts_of_cases, [world.case])[world.case]
    assert (attempt.ordinal, attempt.outcome) == (1, Outcome.CLAIMED)


def test_a_message_that_is_taken_up_again_is_what_it_is_by_then(
    database: Database, world: World
) -> None:
    number = database.run(claimed, world)
    assert number is not None
    database.run(finish, number, Result(Outcome.RETRY, "flood", retry_at=NOW), NOW)
    other = database.run(add_address, world.ada.id, "web", "ada", NOW)
    database.run(claim, world.case, Claim(Kind.REMINDER, 1, other, 1, NOW))
    (attempt,) = database.read(attempts_of_cases, [world.case])[world.case]
    assert attempt.kind is Kind.REMINDER
    channel = database.read(lambda c: c.scalar(select(schema.attempts.c.channel)))
    assert channel == "web"


@pytest.mark.parametrize("outcome", [Outcome.SENT, Outcome.UNKNOWN, Outcome.FAILED])
def test_a_message_with_a_final_outcome_is_never_claimed_again(
    database: Database, world: World, outcome: Outcome
) -> None:
    number = database.run(claimed, world)
    assert number is not None
    database.run(finish, number, Result(outcome), NOW)
    assert database.run(claimed, world) is None
    assert database.read(unfinished, NOW, ()) == []


def save(
    connection: Connection, world: World, values: dict[str, str], cleared: tuple[str, ...] = ()
) -> None:
    file = load_file(connection, world.case, lock=True)
    interview = load_interview(connection, file, NOW)
    given = tuple(
        Answer(item, value, AnswerState.ANSWERED, "en", NOW) for item, value in values.items()
    )
    replaced = tuple(name for name in values if name in interview.answers)
    saving = Saving(interview, given, replaced, cleared, (len(given), 12), "demo", NOW)
    save_step(connection, file.case, saving)


def test_an_overwritten_answer_goes_to_history(database: Database, world: World) -> None:
    database.run(save, world, {"job": "same", "use_1": "tried"})
    database.run(save, world, {"job": "moved"}, ("use_1",))
    present = database.read(answers_of, [world.case])[world.case]
    assert {name: answer.value for name, answer in present.items()} == {"job": "moved"}
    table = schema.answer_history
    history = database.read(
        lambda c: {
            (row.item, row.value, row.why, row.answered_at, row.replaced_at)
            for row in c.execute(select(table))
        }
    )
    assert history == {
        ("job", "same", "changed", NOW, NOW),
        ("use_1", "tried", "cleared", NOW, NOW),
    }


def test_the_start_of_an_interview_is_kept_when_it_goes_on(
    database: Database, world: World
) -> None:
    database.run(save, world, {"job": "same"})
    database.run(save, world, {"use_1": "tried"})
    file = database.read(load_file, world.case)
    assert file.case.started_at == NOW
    assert (file.case.answered, file.case.asked) == (1, 12)
    assert [case.id for case in database.read(open_cases_of, world.ada.id)] == [world.case]


def test_a_case_is_loaded_with_everything_around_it(database: Database, world: World) -> None:
    file = database.read(load_file, world.case)
    assert (file.wave, file.enrolment, file.participant) == (world.wave, world.adas, world.ada)
    assert file.workshop == WORKSHOP
    assert file.administration.code == "NP"
    assert str(file.calendar.zone) == "Asia/Kathmandu"
    with pytest.raises(NotFound, match="no case 4711"):
        database.read(load_file, 4711)
    with pytest.raises(NotFound, match="no enrolment 4711"):
        database.read(get_enrolment, 4711)


def test_a_published_version_never_changes(database: Database, world: World) -> None:
    first = packaged_questionnaire("M6")
    again, new = database.run(publish, first, NOW)
    assert (again.version, new) == (1, False)
    changed = first.model_copy(update={"minutes": first.minutes + 1})
    second, new = database.run(publish, changed, NOW)
    assert (second.version, new) == (2, True)
    assert database.read(get_questionnaire, "M6", 1).minutes == first.minutes
    assert database.read(get_questionnaire, "M6", 2).minutes == first.minutes + 1
    # The pinned wave goes on with what it was opened with.
    assert database.read(load_file, world.case).wave.questionnaire_version == 1
    back, new = database.run(publish, first, NOW)
    assert (back.version, new) == (3, True)
    assert database.read(newest_version, "M6") == 3
    assert [(one.key, one.version) for one in database.read(list_questionnaires)] == [
        ("M6", 1), ("M6", 2), ("M6", 3)
    ]  # fmt: skip


def test_only_hashes_of_codes_are_kept(database: Database, world: World) -> None:
    code = "a-code-of-128-bits-1234"
    database.run(add_code, code, world.adas.id, NOW)
    rows = database.read(lambda c: [tuple(row) for row in c.execute(select(schema.codes))])
    assert code not in str(rows)
    assert hash_of(plain_code(code)) in str(rows)
    facts = database.run(find_code, code)
    assert facts is not None
    assert (facts.enrolment_id, facts.used_by, facts.revoked) == (world.adas.id, None, False)


def test_a_new_code_ends_the_older_unused_one(database: Database, world: World) -> None:
    database.run(add_code, "first", world.adas.id, NOW)
    database.run(add_code, "second", world.adas.id, NOW)
    first, second = (database.run(find_code, code) for code in ("first", "second"))
    assert first is not None
    assert second is not None
    assert (first.revoked, second.revoked) == (True, False)
    database.run(use_code, "second", world.address.id, NOW)
    database.run(add_code, "third", world.adas.id, NOW)
    used = database.run(find_code, "second")
    assert used is not None
    assert (used.used_by, used.revoked) == (world.address.id, False)


def test_of_two_chats_that_use_one_code_the_second_sees_it_used(
    database: Database, world: World, overlapping: Overlapping
) -> None:
    database.run(add_code, "code", world.adas.id, NOW)

    def use(connection: Connection) -> bool:
        facts = find_code(connection, "code")
        if facts is None or facts.used_by is not None:
            return False
        use_code(connection, "code", world.address.id, NOW)
        return True

    assert overlapping(use, use) == (True, False)


def test_a_state_of_an_address_is_set_and_never_flipped(database: Database, world: World) -> None:
    for minutes, state in enumerate((AddressState.BLOCKED, AddressState.BLOCKED)):
        at = NOW + timedelta(minutes=minutes)
        database.run(set_address_state, world.address.id, state, "blocked", at)
    since = database.read(lambda c: c.scalar(select(schema.addresses.c.since)))
    assert since == NOW
    address = database.read(get_address, world.address.id)
    assert address is not None
    assert address.state is AddressState.BLOCKED


def test_a_chat_that_moves_to_a_known_one_ends_the_old_address(
    database: Database, world: World
) -> None:
    later = NOW + timedelta(days=1)
    database.run(move_address, world.address.id, "new", later)
    moved = database.read(find_address, "demo", "new")
    assert moved is not None
    assert (moved.id, moved.state) == (world.address.id, AddressState.ACTIVE)
    assert (moved.reason, moved.since) == ("moved", later)
    other = database.run(add_address, world.ada.id, "demo", "newest", NOW)
    later += timedelta(days=1)
    database.run(move_address, world.address.id, "newest", later)
    kept = database.read(find_address, "demo", "newest")
    assert kept is not None
    assert (kept.id, kept.state) == (other.id, AddressState.ACTIVE)
    old = database.read(get_address, world.address.id)
    assert old is not None
    assert (old.state, old.since) == (AddressState.DELETED, later)


def test_enrolling_twice_keeps_the_first_enrolment(database: Database, world: World) -> None:
    again = NewEnrolment(WORKSHOP.code, world.ada.id, "FJ")
    assert database.run(enrol, again, NOW + timedelta(days=1)) == world.adas


def test_cases_are_due_by_their_column_longest_due_first(database: Database, world: World) -> None:
    database.run(set_contact, world.case, NextContact(NOW, Kind.INVITATION))
    assert database.read(due_cases, NOW - timedelta(seconds=1), 10) == []
    assert database.read(due_cases, NOW, 10) == [world.case]
    database.run(set_contact, world.case, NextContact(None, hold=Hold.HELD))
    assert database.read(due_cases, NOW + timedelta(days=400), 10) == []


def test_a_card_is_found_by_its_message(database: Database, world: World) -> None:
    database.run(set_cards, [CardShown(world.case, ("demo", "ada"), "77", None, NOW)])
    assert database.read(case_with_card, world.address.id, "77") == world.case
    assert database.read(case_with_card, world.address.id, "78") is None


def test_the_question_last_shown_stays_until_another_one_is(
    database: Database, world: World
) -> None:
    use, why = ("use", NOW), ("why", NOW + timedelta(minutes=1))
    for ref, news, shown in (("77", use, use), ("78", (None, why[1]), use), ("78", why, why)):
        database.run(set_cards, [CardShown(world.case, ("demo", "ada"), ref, *news)])
        case = database.read(load_file, world.case).case
        assert (case.card_ref, (case.shown_item, case.asked_at)) == (ref, shown)


def test_a_workshop_that_moves_may_have_its_missed_waves_ahead_again(
    database: Database, world: World
) -> None:
    planned = PlannedWave("M3", world.wave.role, Offset("end", 3, "months"), "M3", open_days=28)
    database.run(set_missed, planned.dated(WORKSHOP), NOW)
    database.run(put_workshop, WORKSHOP)
    database.run(claimed, world)  # somebody may have seen M6, which therefore stays
    assert set(database.read(waves_of, WORKSHOP.code)) == {"M6", "M3"}
    moved = database.run(move_workshop, WORKSHOP.code, date(2018, 9, 3), date(2018, 9, 7))
    assert moved.ends_on == date(2018, 9, 7)
    assert set(database.read(waves_of, WORKSHOP.code)) == {"M6"}


def test_a_cancellation_outlives_a_corrected_list(database: Database, world: World) -> None:
    database.run(set_cancelled, WORKSHOP.code, NOW)
    assert database.run(put_workshop, WORKSHOP) is False
    assert database.read(get_workshop, WORKSHOP.code).cancelled_at == NOW
    database.run(set_cancelled, WORKSHOP.code, None)
    assert database.read(get_workshop, WORKSHOP.code) == WORKSHOP


def test_what_is_planned_for_a_case_rests_on_facts_that_are_committed(
    database: Database, world: World, overlapping: Overlapping
) -> None:
    """A wave is released at the moment at which something else happens in one of its cases."""
    rules = Rules(packaged_plans(), ("demo",))

    def hold(connection: Connection, held: Held | None) -> None:
        set_held(connection, world.wave.id, held)
        refresh(connection, [world.case], rules, NOW)

    database.run(hold, Held(NOW))
    assert database.read(load_file, world.case).case.hold == "held"
    overlapping(lambda c: hold(c, None), lambda c: refresh_person(c, world.ada.id, rules, NOW))
    case = database.read(load_file, world.case).case
    assert (case.hold, case.next_contact_kind) == ("", "invitation")
