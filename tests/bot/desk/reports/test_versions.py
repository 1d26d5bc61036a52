"""What readers outside the office got stays as it is, and no few people stand out between versions."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from bot.desk.reports.checking import check_versions
from bot.desk.reports.choices import Wishes
from bot.desk.reports.publications import publications
from bot.desk.reports.report_status import get_status
from storage.database import Conflict
from storage.erasure.erasing import erase
from storage.fieldwork import case_changes
from storage.fieldwork.cases import cases_of
from storage.office.report_versions import cut_offs_of
from storage.people.enrolments import enrolments_of
from storage.people.removals import set_removed
from storage.responses.verifications import add_verification
from surveys.people import RemovalReason
from tests.analysis.builder import PLACES
from tests.bot.desk.reports.conftest import CODE, FIRST, LATE, OFFICE, RTC, SECOND, Versions
from tests.storage.everything import columns_with

STAFF = Wishes()
NEWSLETTER = Wishes("newsletter")
DAY = timedelta(days=1)


def erased(versions: Versions, place: str) -> None:
    """An officer takes all answers back."""
    person = versions.people[place]
    versions.database.run(erase, person, LATE, keep_answers=False)


def removed(versions: Versions, place: str) -> None:
    """The office takes an officer off the workshop."""

    def take_off(connection: Connection) -> None:
        for one in enrolments_of(connection, versions.people[place]):
            set_removed(connection, one.id, RemovalReason.DID_NOT_COME, LATE)

    versions.database.run(take_off)


def set_aside(versions: Versions, place: str) -> None:
    """The office sets the cases of an officer aside."""

    def aside(connection: Connection) -> None:
        for one in enrolments_of(connection, versions.people[place]):
            for number in cases_of(connection, one.id):
                case_changes.set_aside(connection, number, "asked twice", LATE)

    versions.database.run(aside)


def test_three_late_people_are_in_no_figure_that_leaves_the_office(versions: Versions) -> None:
    versions.present(FIRST)
    before, at_home = versions.report(FIRST), versions.report(FIRST, wishes=STAFF)
    versions.change(PLACES[:3])
    again = versions.present(SECOND)
    assert (again.changed, again.report_status.version) == (False, 1)
    assert versions.report(SECOND) == before
    assert versions.report(SECOND, wishes=STAFF) != at_home
    # A version that was begun anew has the same figures.
    versions.present(SECOND, "draft")
    assert versions.present(SECOND).report_status.version == 2
    newer = json.loads(versions.report(SECOND))
    assert newer["sections"] == json.loads(before)["sections"]


@pytest.mark.parametrize(
    ("people", "administrations", "moves"),
    [(4, 4, False), (5, 5, True), (5, 2, False), (5, 3, True)],
)
def test_a_cut_off_moves_with_five_people_of_three_administrations(
    versions: Versions, people: int, administrations: int, moves: bool
) -> None:
    versions.present(FIRST)
    for number in range(people):
        place = PLACES[number % administrations]
        person = versions.told.person(CODE, place)
        case = versions.told.answers(person, "M6", use_1="regular")
        versions.told.set("cases", case, created_at=LATE)
        versions.told.set("enrolments", person, enrolled_at=LATE)
    versions.told.connection.commit()
    again = versions.present(SECOND)
    assert again.report_status.version == (2 if moves else 1)
    assert again.waves == {"M6": SECOND if moves else FIRST}
    assert ("17 participants" in versions.report(SECOND)) is moves


def test_what_the_office_has_seen_counts_as_a_change_of_the_people_behind_it(
    versions: Versions,
) -> None:
    versions.present(FIRST)
    for place in PLACES[:5]:
        seen = (versions.cases[place, "M6"], "procedure")
        versions.database.run(add_verification, seen, "Ana", "document", LATE)
    assert versions.present(SECOND).report_status.version == 2


def test_a_final_version_is_the_same_before_and_after_an_erasure(on_both: Versions) -> None:
    on_both.present(FIRST, "final")
    before = on_both.report(FIRST, "txt")
    erased(on_both, PLACES[0])
    assert on_both.report(SECOND, "txt") == before
    # A form that was not made before is made of the same figures.
    figures = json.loads(on_both.report(SECOND))
    assert figures["title"] in " ".join(before.split())
    assert figures["headlines"][0]["text"] == "at least 8 of 12"
    assert "11 of 12" in json.loads(on_both.report(SECOND, wishes=STAFF))["headlines"][0]["text"]
    checked = on_both.database.read(check_versions, CODE, OFFICE)
    assert [(one.form, one.intact, one.ok) for one in checked] == [
        ("json", True, True),
        ("txt", True, True),
    ]
    assert checked[0].erased == 1
    assert checked[0].differences


@pytest.mark.parametrize("gone", [erased, removed, set_aside])
def test_what_was_not_made_before_an_erasure_or_a_removal_is_not_made_beside_it(
    versions: Versions, gone: Callable[[Versions, str], None]
) -> None:
    versions.present(FIRST)
    versions.report(FIRST)
    gone(versions, PLACES[0])
    with pytest.raises(
        Conflict, match="1 person had their answers deleted or set aside, or were removed, since"
    ):
        versions.report(SECOND, wishes=NEWSLETTER)


def test_a_final_version_has_the_figures_that_were_presented(versions: Versions) -> None:
    versions.present(FIRST)
    presented = json.loads(versions.report(FIRST))
    versions.change(PLACES[:8])
    erased(versions, PLACES[11])
    versions.present(SECOND, "final")
    final = json.loads(versions.report(SECOND))
    assert final["sections"] == presented["sections"]
    assert final["footer"] == presented["footer"].replace("As presented.", "Final.")
    assert final["method"] == [
        "This version is final. What comes later needs a new version.",
        *presented["method"],
    ]


def test_a_wave_is_told_outside_once_it_is_over(versions: Versions) -> None:
    versions.officers(PLACES[:12], "M12", use="regular")
    after = FIRST + timedelta(days=200)
    assert versions.present(after).waves == {"M6": after}
    assert "12 months" not in versions.report(after)
    versions.close("M12", after + DAY)
    again = versions.present(after + 2 * DAY)
    assert again.waves == {"M6": after, "M12": after + 2 * DAY}
    newer = json.loads(versions.report(after + 2 * DAY))
    assert "after 12 months" in newer["subtitle"]
    assert "6 months: answers until 6 January 2019, 00:00 UTC." in newer["method"]


def test_a_wave_with_few_erased_people_is_left_out_of_the_next_version(versions: Versions) -> None:
    versions.present(FIRST)
    versions.report(FIRST)
    erased(versions, PLACES[0])
    versions.officers(PLACES[1:12], "M12", use="regular")
    after = FIRST + timedelta(days=200)
    versions.close("M12", after - DAY)
    again = versions.present(after)
    assert (again.report_status.version, again.waves) == (2, {"M12": after})
    # What was shared is told "by 6 months", whichever wave is counted.
    assert "6 months" not in versions.report(after).replace("by 6 months", "")


def test_another_report_on_the_same_people_counts_them_until_the_same_moment(
    on_both: Versions,
) -> None:
    on_both.present(FIRST)
    on_both.change(PLACES[:3])
    assert on_both.present(SECOND, scope="donor:JICA").waves == {"M6": FIRST}
    assert on_both.present(SECOND, scope="all").waves == {"M6": FIRST}


def test_few_people_of_one_workshop_are_not_told_by_all_workshops_and_hold_up_no_other(
    versions: Versions,
) -> None:
    versions.present(FIRST, scope="all")
    told = versions.told.workshop("W1")
    for place in PLACES[:8]:
        told.answers(told.person("W1", place), "M6", use_1="tried")
    told.set("waves", told.wave("W1", "M6"), closed_at=LATE)
    versions.change(PLACES[:2])
    again = versions.present(SECOND, scope="all")
    assert again.report_status.version == 2
    found = versions.database.read(cut_offs_of, "all", 2)
    assert found == {(CODE, "M6"): FIRST, ("W1", "M6"): SECOND}
    method = json.loads(versions.report(SECOND, codes=()))["method"]
    assert "6 months · W0: answers until 20 June 2018, 00:00 UTC." in method


def test_a_version_that_was_presented_without_cut_offs_is_presented_again(
    versions: Versions,
) -> None:
    versions.present(FIRST)
    with versions.database.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE report_statuses SET cut_off_at = NULL")
        connection.exec_driver_sql("DELETE FROM report_cut_offs")
    with pytest.raises(Conflict, match="presented"):
        versions.report(FIRST)
    again = versions.present(SECOND)
    assert (again.report_status.version, again.waves) == (1, {"M6": SECOND})
    assert versions.database.read(get_status, CODE).report_status.published
    assert versions.report(SECOND, wishes=RTC)


def test_the_words_of_somebody_who_is_erased_are_in_no_stored_file(on_both: Versions) -> None:
    said = {place: f"Our unit in {place} checks every container now" for place in PLACES[:6]}
    on_both.officers(PLACES[:12], "M3")
    on_both.close("M3")
    for place, text in said.items():
        case = on_both.cases[place, "M3"]
        at = FIRST - 2 * DAY
        on_both.told.values(case, at, {"quote": "anonymous", "example": text})
        on_both.told.decides(case, "example", at=at)
    on_both.told.connection.commit()
    on_both.present(FIRST)
    members = Wishes("good_practice")
    before = {form: on_both.report(FIRST, form, members) for form in ("json", "html")}
    assert all(text in page for text in said.values() for page in before.values())
    gone = said.pop(PLACES[0])
    erased(on_both, PLACES[0])
    assert columns_with(on_both.database, gone) == []
    figures, page = (on_both.report(SECOND, form, members) for form in ("json", "html"))
    assert all(text in page and text in figures for text in said.values())
    assert gone not in figures + page
    now, then = json.loads(figures), json.loads(before["json"])
    assert [one["tables"] for one in now["sections"]] == [
        one["tables"] for one in then["sections"]
    ]
    assert all(one.intact for one in on_both.database.read(check_versions, CODE, OFFICE))
    assert [one.told is not None for one in on_both.database.read(publications)] == [True]
