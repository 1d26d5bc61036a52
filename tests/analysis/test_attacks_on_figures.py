"""What a figure must not be fooled by: each change to the answers changes what it should."""

from random import Random

import pytest
from sqlalchemy import select, update

from analysis.model import Report, Table
from storage.schema import answers, cases, waves
from tests.analysis.builder import Story
from tests.analysis.new_answers import workshops_told_anew

USES = ("tried", "regular", "improved")


@pytest.fixture
def told() -> Story:
    return workshops_told_anew()


def figures(report: Report) -> dict[str, tuple[int, int]]:
    return {one.key: (one.value, one.base) for one in report.headlines}


def table(report: Report, key: str) -> Table:
    return next(one for part in report.sections for one in part.tables if one.key == key)


def grades(report: Report) -> tuple[int, ...]:
    """Embedded: all, document seen, corroborated, described, claimed."""
    return tuple(int(cell) for cell in table(report, "stages").rows[-1][1:6])


def disputed(report: Report) -> int:
    return int(table(report, "figures").rows[-1][3])


def beside(report: Report) -> list[int]:
    return [int(row[1]) for row in table(report, "beside").rows]


def answer(told: Story, item: str, value: str, *of: str) -> None:
    """Everybody answers some items so; only who answered one of some values, if they are given."""
    new = update(answers).where(answers.c.item.like(item, escape="\\")).values(value=value)
    told.connection.execute(new.where(answers.c.value.in_(of)) if of else new)


def test_titles_that_say_nothing_describe_nothing(told: Story) -> None:
    before = told.report()
    answer(told, "title\\_%", "I do not know")
    after = told.report()
    embedded, seen, corroborated, described, claimed = grades(after)
    assert described < grades(before)[3]
    assert (embedded, seen + corroborated) <= (grades(before)[0], sum(grades(before)[1:3]) + 1)
    assert figures(after)["embedded"][0] == seen + corroborated + described
    assert claimed > grades(before)[4]


def test_a_high_stage_before_the_workshop_moves_no_figure(told: Story) -> None:
    before = told.report()
    responses = select(answers.c.case_id).where(answers.c.item == "exists_today")
    for (case,) in told.connection.execute(responses).all():
        at = told.connection.scalar(select(cases.c.created_at).where(cases.c.id == case))
        told.values(case, at, {"stage_now": "s5"})
    after = told.report()
    assert after.title == before.title
    assert figures(after) == figures(before)


def test_what_all_say_existed_before_is_no_result_without_a_description(told: Story) -> None:
    answer(told, "title\\_%", "I do not know")
    before = told.report()
    answer(told, "exists\\_today", "procedure training unit budget system law")
    after = told.report()
    assert figures(after)["embedded"][0] < figures(before)["embedded"][0]
    assert disputed(after) > disputed(before)
    assert {key: one for key, one in figures(after).items() if key != "embedded"} == {
        key: one for key, one in figures(before).items() if key != "embedded"
    }


def test_witnesses_of_other_administrations_corroborate_less_or_others(told: Story) -> None:
    before = told.report()
    rows = select(answers.c.case_id, answers.c.item, answers.c.value)
    rows = rows.join(cases, cases.c.id == answers.c.case_id).join(waves)
    heard = told.connection.execute(rows.where(waves.c.key.in_(("NCP12", "SUP12")))).all()
    said = [row for row in heard if row.item.startswith(("seen_", "anchor_seen_"))]
    values = [row.value for row in said]
    Random(1).shuffle(values)
    for row, value in zip(said, values, strict=True):
        where = (answers.c.case_id == row.case_id, answers.c.item == row.item)
        told.connection.execute(update(answers).where(*where).values(value=value))
    after = told.report()
    assert (grades(after), disputed(after)) != (grades(before), disputed(before))
    used = ("tried", "in_regular_use", "shared", "accepted")
    assert all(figures(after)[key] == figures(before)[key] for key in used)


def test_who_has_stopped_uses_it_no_more_and_what_nobody_uses_is_on_paper_only(
    told: Story,
) -> None:
    embedded = grades(told.report())[0]
    answer(told, "use\\_%", "stopped", *USES)
    after = told.report()
    assert figures(after)["tried"][0] == figures(after)["in_regular_use"][0] == 0
    assert "in 0 of 35 delegations that replied the knowledge is in regular use" in after.title
    assert grades(after)[0] == embedded
    assert beside(after)[0] == embedded
