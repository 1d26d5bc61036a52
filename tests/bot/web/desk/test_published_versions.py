"""No reader of two versions of a report finds a count of a few people in its files and on its page.

Random small surveys that are presented, and presented again after five to nine people came late; what
is read there, with integer programs over all of it.
"""

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

import pytest

from analysis.disclosure.question import Kind
from tests.analysis.builder import PLACES
from tests.analysis.disclosure.test_earlier_versions import survey
from tests.analysis.disclosure.worlds import PASSED, SILENT, Guest
from tests.bot.desk.reports.conftest import CODE, FIRST, LATE, SECOND, Versions
from tests.bot.web.desk.test_published_worlds import (
    CODES,
    Reader,
    in_a_file,
    keep_figures,
    on_the_page,
    printed,
)

READERS = "good_practice"
SEEDS = [seed for seed in range(20) if survey(seed).kind is Kind.SEVERAL][:3]


def come(office: Versions, guests: Iterable[Guest], *, late: bool) -> None:
    """Let people come and answer what they said, after the first version if they are `late`."""
    for guest in guests:
        ((_, said),) = guest.said
        person = office.told.person(CODE, PLACES[guest.number % len(PLACES)])
        if said == SILENT:
            case = office.told.silent(person, "M6")
        elif said == PASSED:
            case = office.told.answers(person, "M6", skipped="obstacles", use_1="tried")
        else:
            named = " ".join(CODES[one] for one in said)
            case = office.told.answers(person, "M6", use_1="tried", obstacles=named)
        if late:
            office.told.set("cases", case, created_at=LATE)
            office.told.set("enrolments", person, enrolled_at=LATE)
    office.told.connection.commit()


def seen(office: Versions) -> dict[str, str]:
    """Return what stands on the page beside each option, which is what stands in the file."""
    keep_figures(office.database, CODE, READERS)
    page, file = (
        printed(read(office.database, CODE, READERS)) for read in (on_the_page, in_a_file)
    )
    assert page == file
    return page


@pytest.mark.parametrize("seed", SEEDS)
def test_two_versions_on_the_page_and_in_a_file_tell_no_count_of_a_few(
    seed: int, tmp_path: Path
) -> None:
    world = survey(seed)
    reader = Reader(world)
    first, late = ([g for g in world.guests if g.workshops == (w,)] for w in ("A", "late"))
    office = Versions(f"sqlite:///{tmp_path / 'office.sqlite3'}")
    with closing(office.database), closing(office.told):
        come(office, first, late=False)
        office.close()
        for key, at in (("before", FIRST), ("now", SECOND)):
            if key == "now":
                come(office, late, late=True)
            office.present(at)
            if told := seen(office):
                reader.reads(key, told)
    assert list(reader.finds()) == []
