"""What the office asks, each from its list to the page that somebody reads.

Lists, messages and answers are those of the demonstration, which is lived once; each story reads the
page that came of them. Their numbers are those of the practices that the office follows.
"""

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from analysis.reports.audiences import Wishes
from bot.demo.year import ENDS, demo_office
from bot.desk.reports.report_status import set_status
from bot.desk.reports.reporting import reports_of
from storage.database import Conflict, Database

Story = Callable[[Database], None]
A_DAY_LATER = ENDS + timedelta(days=1)
AFTER_THE_WORKSHOP = ENDS + timedelta(days=30)


def page(database: Database, code: str, wishes: Wishes | None = None, now: datetime = ENDS) -> str:
    """Return a page as text, in one line."""
    made = reports_of(database, demo_office(), [code], ["txt"], now, wishes or Wishes())["txt"]
    return " ".join(made.decode().split())


def survey(database: Database, code: str, wave: str) -> str:
    """Return the page of one survey for the office."""
    return page(database, code, Wishes(survey=wave))


def presented(database: Database, code: str, wave: str, audience: str, whom: str = "") -> str:
    """Return what readers outside get, once the office has presented it."""
    set_status(database, demo_office(), f"{code}/{wave}", ("presented", "members"), ENDS)
    return page(database, code, Wishes(audience, whom, survey=wave), A_DAY_LATER)


def is_refused(database: Database, code: str, wishes: Wishes, now: datetime = ENDS) -> bool:
    """Return whether there is no such page."""
    try:
        page(database, code, wishes, now)
    except Conflict:
        return True
    return False


def s01_who_took_part_is_asked_for_a_year_and_the_report_counts_delegations(
    database: Database,
) -> None:
    read = page(database, "TFA-2017")
    assert re.search(r"of \d+ delegations that replied", read)
    assert "Contact points, 12 months: administrations are counted, not people." in read


def s02_what_became_institution_and_what_was_suggested_stand_apart(database: Database) -> None:
    read = page(database, "RM-2017")
    assert read.index("What is in force") < read.index("Suggestions")


def s03_needs_and_obstacles_of_one_workshop_are_there_to_plan_the_next(
    database: Database,
) -> None:
    assert "Obstacles, by who can remove them" in page(database, "RM-2017")
    read = survey(database, "VAL-2019", "NEEDS")
    assert "7 of 7 administrations have answered." in read
    assert "Needed most, by administration" in read


def s04_participants_say_before_a_workshop_what_they_need_and_its_trainers_read_it(
    database: Database,
) -> None:
    assert survey(database, "VAL-2019", "PRE").startswith("CONFIDENTIAL Needed most: ")
    read = presented(database, "VAL-2019", "PRE", "trainer")
    assert re.search(r"People who replied: (\d+ of 21|not shown)", read)
    assert "by administration" not in read
    assert "People on the list: 21. Administrations: 7." in read
    of_administrations = presented(database, "VAL-2019", "NEEDS", "trainer")
    assert "For the trainers of the workshop" in of_administrations
    assert "Needed most, by administration" in of_administrations
    trainer = Wishes("trainer", survey="PRE")
    assert is_refused(database, "VAL-2019", trainer, AFTER_THE_WORKSHOP)


def s05_what_people_planned_at_the_end_is_asked_about_later(database: Database) -> None:
    assert "What was planned and what was done" in page(database, "RM-2017")


def s06_administrations_assess_themselves_twice_and_see_where_there_is_more_and_less(
    database: Database,
) -> None:
    read = survey(database, "IPR-2017", "IPR12")
    assert "More in place The same Less in place" in read
    assert all(f" {number} " in read for number in range(1, 10))
    assert "Administrations are not ranked." in read


def s07_the_letter_to_an_administration_has_its_plans_in_the_advised_order(
    database: Database,
) -> None:
    read = presented(database, "IPR-2017", "IPR12", "member", "KH")
    assert "The answers of Cambodia." in read
    assert "Your plans, in the order that we advise" in read
    assert "Tonga" not in read


def s08_good_practice_is_told_under_four_headings_to_members_that_may_read_it(
    database: Database,
) -> None:
    read = survey(database, "FORENSICS-2018", "FORENSICS")
    headings = ("Formal structure", "Legal framework", "Equipment", "Staff")
    assert [one for one in headings if one not in read] == []
    wishes = Wishes("newsletter", survey="FORENSICS")
    assert is_refused(database, "FORENSICS-2018", wishes)


def s09_the_study_of_elearning_is_presented_to_the_training_centres_first(
    database: Database,
) -> None:
    assert is_refused(database, "ELEARN-2018", Wishes("rtc", survey="ELEARN"))
    read = presented(database, "ELEARN-2018", "ELEARN", "rtc")
    assert "For the Heads of Regional Training Centres." in read
    assert "As presented. Version 1." in read
    assert re.search(r"Answers of \d of the 7 administrations that were asked.", read)
    assert "Which difficulties have you met?" in read


def s10_who_comes_has_done_the_elearning_or_has_no_access_to_it(database: Database) -> None:
    read = survey(database, "VAL-2019", "PRE")
    assert "E-learning before the workshop" in read
    assert re.search(r"No access \d", read)


def s11_what_is_in_force_is_told_with_the_evidence_for_it(database: Database) -> None:
    read = page(database, "RM-2017")
    assert "Kind New or changed Document seen Corroborated Described Claimed" in read


def s12_no_page_quotes_the_number_of_a_case_or_a_name(database: Database) -> None:
    read = page(database, "RM-2017") + survey(database, "FORENSICS-2018", "FORENSICS")
    assert "K-204" not in read
    assert "Siosaia Vea" not in read


def s13_an_operation_stands_beside_the_follow_up_and_its_units_are_not_added(
    database: Database,
) -> None:
    read = page(database, "IPR-OC-2017")
    assert "CORAL-2018 IPR-OC-2017 Operation Coral (invented) 10 2018-09" in read
    assert "8210" in read
    assert "20610" not in read


def s14_a_questionnaire_of_the_office_has_a_page_by_itself(database: Database) -> None:
    read = survey(database, "ELEARN-2018", "SCANNERS")
    assert "6 of 7 administrations have answered." in read
    assert "Answers Median Middle half Lowest Highest 6" in read


STORIES: tuple[Story, ...] = tuple(
    told for name, told in sorted(globals().items()) if re.match(r"s\d\d_", name)
)
