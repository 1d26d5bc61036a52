"""What protecting the counts of outside reports costs: variables, programs and processor time.

Eight workshops of an office of many years, or thirty: four donors, people at two workshops, several
members of some administrations. All questions are those of the report for Member administrations
on all of them.
"""

import time

from analysis.findings.reading import read_outside
from analysis.findings.report_facts import ReportFacts
from analysis.reports.audiences import Wishes
from analysis.reports.workshops import compose
from tests.analysis.builder import CUT_OFF, PLACES, Story
from tests.benchmarks.figure import Figure

WORKSHOPS = 8
PEOPLE = 24
DONORS = ("CCF/Japan", "CCF/Korea", "JICA", "NORAD")
ALL_GOAL, ONE_MORE_GOAL = 60.0, 5.0


def measure(workshops: int = WORKSHOPS) -> dict[str, Figure]:
    """Processor seconds of a report on all workshops, of one on one workshop, and what they took."""
    office = _office(workshops)
    whole, reading = _seconds(office, None)
    one, _ = _seconds(office, [f"W{min(7, workshops - 1)}"])
    office.connection.close()
    assert reading.published is not None
    work = reading.published.work
    return {
        f"{workshops} workshops: report on all": _goal(whole, ALL_GOAL),
        f"{workshops} workshops: report on one": _goal(one, ONE_MORE_GOAL),
        "variables of the largest program": Figure(work.variables, ""),
        "facts of the largest program": Figure(work.facts, ""),
        "programs solved": Figure(work.programs, ""),
    }


def _goal(seconds: float, goal: float) -> Figure:
    return Figure(seconds, "seconds", f"under {goal:.0f}", seconds < goal)


def _seconds(office: Story, codes: list[str] | None) -> tuple[float, ReportFacts]:
    begun = time.process_time()
    reading = read_outside(office.frames(), codes, CUT_OFF)
    assert reading is not None
    compose(reading, Wishes("good_practice"))
    return time.process_time() - begun, reading


def _office(workshops: int) -> Story:
    """An office in memory in which everybody answered the waves of three and six months."""
    story = Story()
    for number in range(workshops):
        code = f"W{number}"
        story.workshop(code, f"Topic {number}", donors=(DONORS[number % len(DONORS)],))
        for seat in range(PEOPLE):
            place = PLACES[(seat * 7 + number * 5) % len(PLACES)]
            _answers(story, story.person(code, place), seat * 31 + number * 17)
    return story


def _answers(story: Story, person: int, pick: int) -> None:
    if pick % 5 == 0:
        story.silent(person, "M6")
        return
    use = ("not_yet", "tried", "regular", "improved")[pick % 4]
    effects = ("faster accurate", "detections", "none", "revenue safety", "cooperation")[pick % 5]
    obstacles = ("staff", "time law", "none", "budget", "chief it")[pick % 5]
    story.answers(person, "M3", job="same", use_1=use, obstacles=obstacles, actions="trained")
    story.answers(
        person,
        "M6",
        job="same",
        use_1=use,
        effects=effects,
        others_use=("nobody", "few", "most")[pick % 3],
        project=("none", "planned", "running", "done")[pick % 4],
    )
