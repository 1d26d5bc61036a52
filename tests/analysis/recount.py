"""The figures of the one page, computed again in SQL alone, without the code under test.

Runs on SQLite, for reports that count administrations.
"""

import re
from collections import Counter

from sqlalchemy import Connection, text

from analysis.model import Report, Section, Table
from tests.analysis.recount_ladder import KINDS, Ladder

USABLE = """
    (cases.disposition IN ('complete', 'partial')
     OR (cases.disposition IS NULL AND cases.completed_at IS NOT NULL))
    AND enrolments.refused_at IS NULL
"""
# One usable response of each person: complete or half answered, not declined, the latest word.
LATEST = text("""
    WITH usable AS (
        SELECT cases.id AS case_id, enrolments.participant_id AS person,
               (SELECT MAX(answered_at) FROM answers WHERE case_id = cases.id) AS told_at
        FROM cases
        JOIN waves ON waves.id = cases.wave_id
        JOIN enrolments ON enrolments.id = cases.enrolment_id
        WHERE (cases.disposition IN ('complete', 'partial')
               OR (cases.disposition IS NULL AND cases.completed_at IS NOT NULL))
          AND enrolments.refused_at IS NULL
          AND enrolments.role = 'participant' AND waves.role = 'participant'
          AND ' ' || :waves || ' ' LIKE '% ' || waves.key || ' %'
    ), ranked AS (
        SELECT answers.value, ROW_NUMBER() OVER (
                   PARTITION BY usable.person ORDER BY usable.told_at DESC, usable.case_id DESC
               ) AS place
        FROM usable JOIN answers ON answers.case_id = usable.case_id
        WHERE answers.item = :item AND answers.state = 'answered'
    )
    SELECT value FROM ranked WHERE place = 1
""")
LABELS = text("""
    SELECT DISTINCT json_extract(option.value, '$.label.en'), json_extract(option.value, '$.name')
    FROM questionnaires, json_each(questionnaires.body, '$.choices.' || :item) AS option
""")
# Of each wave: asked, how far they have come, and how many were not asked.
FUNNEL = text("""
    WITH tried AS (
        SELECT waves.key, waves.workshop_code, cases.*, enrolments.withdrawn_at, enrolments.refused_at,
               cases.disposition = 'complete'
                   OR (cases.disposition IS NULL AND cases.completed_at IS NOT NULL) AS complete,
               EXISTS (SELECT 1 FROM attempts WHERE attempts.case_id = cases.id
                       AND outcome = 'failed') OR cases.hold = 'unreachable' AS failed,
               EXISTS (SELECT 1 FROM attempts WHERE attempts.case_id = cases.id
                       AND outcome IN ('sent', 'unknown', 'leaving')) AS arrived,
               julianday(cases.created_at) - julianday(waves.opened_at) > 1 AS late
        FROM cases JOIN waves ON waves.id = cases.wave_id
        JOIN enrolments ON enrolments.id = cases.enrolment_id
    ), fact AS (
        SELECT * FROM tried
        WHERE COALESCE(disposition, '') NOT IN ('not_eligible', 'not_asked')
          AND (disposition IS NOT NULL OR complete OR arrived OR failed OR started_at IS NOT NULL
               OR refused_at IS NOT NULL OR withdrawn_at IS NOT NULL)
    ), meant AS (
        SELECT waves.key, enrolments.id IN (
                   SELECT enrolment_id FROM fact WHERE fact.key = waves.key
               ) OR ((refused_at IS NOT NULL OR withdrawn_at IS NOT NULL) AND waves.workshop_code IN (
                   SELECT workshop_code FROM fact WHERE fact.key = waves.key
               )) AS asked
        FROM enrolments JOIN waves
            ON waves.workshop_code = enrolments.workshop_code AND waves.role = enrolments.role
        WHERE (waves.opened_at IS NOT NULL OR waves.missed_at IS NOT NULL)
          AND (handed_over_at IS NULL OR enrolments.id IN (
              SELECT enrolment_id FROM fact WHERE fact.key = waves.key))
    )
    SELECT key,
           (SELECT SUM(asked) FROM meant WHERE meant.key = fact.key) AS asked,
           SUM(arrived) AS invited,
           SUM(NOT arrived AND (complete OR started_at IS NOT NULL)) AS uninvited,
           SUM(complete OR started_at IS NOT NULL) AS started,
           SUM(complete) AS completed,
           (SELECT SUM(NOT asked) FROM meant WHERE meant.key = fact.key) AS not_asked,
           SUM(late) AS late, SUM(complete AND withdrawn_at IS NOT NULL) AS gone
    FROM fact GROUP BY key
""")
FATES = text("""
    SELECT waves.key, COUNT(*), SUM(disposition = 'complete'), SUM(disposition = 'partial'),
           SUM(disposition = 'break_off'), SUM(disposition = 'refusal'),
           SUM(disposition = 'non_contact'), SUM(disposition = 'unknown'),
           SUM(disposition = 'not_eligible'), SUM(disposition = 'not_asked'),
           SUM(disposition IS NULL)
    FROM cases JOIN waves ON waves.id = cases.wave_id
    WHERE waves.opened_at IS NOT NULL GROUP BY waves.key
""")
# Administrations in one wave: replied, replied but all moved or left, silent, no message arrived.
PLACES = text(f"""
    WITH place AS (
        SELECT administration_code AS country, EXISTS (
                   SELECT 1 FROM usable WHERE usable.country = everybody.administration_code
               ) AS replied, EXISTS (
                   SELECT 1 FROM usable WHERE usable.country = everybody.administration_code
                   AND COALESCE(job, '') NOT IN ('moved', 'left')
               ) AS stayed, (
                   SELECT MAX(arrived) FROM due WHERE due.country = everybody.administration_code
               ) AS arrived
        FROM (SELECT DISTINCT administration_code FROM enrolments WHERE role = 'participant')
            AS everybody
    ), due AS (
        SELECT enrolments.administration_code AS country, cases.id AS case_id, {USABLE} AS usable,
               cases.started_at IS NOT NULL OR EXISTS (
                   SELECT 1 FROM attempts WHERE attempts.case_id = cases.id
                   AND outcome IN ('sent', 'unknown', 'leaving')) AS arrived
        FROM cases JOIN waves ON waves.id = cases.wave_id
        JOIN enrolments ON enrolments.id = cases.enrolment_id
        WHERE waves.key = :wave AND waves.role = 'participant'
    ), usable AS (
        SELECT country, (SELECT value FROM answers WHERE answers.case_id = due.case_id
                         AND item = 'job' AND state = 'answered') AS job
        FROM due WHERE usable
    )
    SELECT SUM(replied AND stayed), SUM(replied AND NOT stayed),
           SUM(NOT replied AND COALESCE(arrived, 1)), SUM(NOT replied AND NOT COALESCE(arrived, 1))
    FROM place
""")
TOOK_PART = text("""
    SELECT COUNT(DISTINCT administration_code), COUNT(DISTINCT participant_id)
    FROM enrolments WHERE role = 'participant'
""")
# Whole percent, half up; and whether a bound is the root of Wilson's equation for the 95 %
# interval, with the effective size n(N - 1)/(N - n), as nearly as whole percent can say.
PERCENT = text("SELECT (200 * :part + :base) / (2 * :base)")
IS_A_BOUND = text("""
    WITH size(n, share) AS (SELECT :base * (:total - 1.0) / (:total - :base), 1.0 * :part / :base),
    side(p) AS (VALUES ((:bound - 0.501) / 100), ((:bound + 0.501) / 100)),
    gap(g) AS (SELECT n * (share - p) * (share - p) - 1.96 * 1.96 * p * (1 - p) FROM size, side)
    SELECT MIN(g) <= 0 AND MAX(g) >= 0 FROM gap
""")

TALLIES = (
    ("effects", "effects", "M6 M12"),
    ("effects", "effect_source", "M6 M12"),
    ("effects", "contribution", "M6 M12"),
    ("suggestions", "suggestion", "M3 M6 M12"),
    ("projects", "project", "M6 M12"),
    ("obstacles", "obstacles", "M3 M6"),
)
"""Section, item (also the key of its table and of its list of choices) and waves of every list."""

WORDS = {"rule": "rule", "training": "course", "unit": "unit", "budget": "budget"}
WORDS |= {"system": "system"}


def numbers(words: str) -> list[int]:
    """The whole numbers in a text."""
    return [int(number) for number in re.findall(r"\d+", words)]


def section(report: Report, key: str) -> Section:
    return next(s for s in report.sections if s.key == key)


def table(report: Report, key: str, name: str) -> Table:
    return next(t for t in section(report, key).tables if t.key == name)


def counts(report: Report, key: str, name: str) -> list[tuple[object, ...]]:
    """The counts of every row, without its label and its words."""
    found = table(report, key, name).rows
    return [tuple(cell for cell in row if isinstance(cell, int)) for row in found]


def people_by_code(connection: Connection, item: str, waves: str) -> tuple[Counter[str], int]:
    """People by the code they chose, and how many chose any; "I cannot say" is no answer."""
    rows = connection.execute(LATEST, {"item": item, "waves": waves}).all()
    given = [value.split() for (value,) in rows if value != "cannot_say"]
    return Counter(code for codes in given for code in codes), len(given)


def percent(connection: Connection, part: int, base: int) -> int:
    return int(connection.execute(PERCENT, {"part": part, "base": base}).scalar_one())


def check(connection: Connection, report: Report, wave: str) -> None:
    """Every figure of the page against queries. `wave` is the one that it is about."""
    ladder = Ladder(connection)
    check_places(connection, report, wave)
    check_stages(connection, report, ladder, wave)
    check_words(connection, report, ladder, wave)
    check_moves(report, ladder)
    check_anchors(report, ladder, wave)
    check_tallies(connection, report)
    check_plans(connection, report, ladder)
    check_fieldwork(connection, report)


def check_places(connection: Connection, report: Report, wave: str) -> None:
    """Who replied: the first number, and the line of response."""
    places, people = connection.execute(TOOK_PART).one()
    states = tuple(connection.execute(PLACES, {"wave": wave}).one())
    assert counts(report, "places", "places") == [(count,) for count in states]
    replied = states[0] + states[1]
    first = report.headlines[0]
    assert (first.value, first.base) == (replied, places)
    assert numbers(first.note)[0] == percent(connection, replied, places)
    assert f"{people} participants" in report.subtitle
    missing = numbers(report.in_short[2])
    assert missing == [places, *(count for count in states[2:] if count)]


def check_stages(connection: Connection, report: Report, ladder: Ladder, wave: str) -> None:
    """The stage chart, its flags, and the three numbers made of it."""
    found = ladder.stages(wave)
    known = found.total()
    rows = counts(report, "stages", "stages")
    places, _ = connection.execute(TOOK_PART).one()
    replied, moved, silent, away = connection.execute(PLACES, {"wave": wave}).one()
    assert [row[0] for row in rows[:3]] == [away, silent, replied + moved - known]
    for stage, row in enumerate(rows[3:]):
        grades = tuple(found[stage, grade] for grade in (3, 2, 1))
        assert row == (sum(grades), *grades, 0)
    told = [int(note.rsplit(" ", 1)[1].rstrip(".")) for note in section(report, "stages").notes]
    assert told == [flag for flag in ladder.flags(wave) if flag]
    parts = [
        sum(number for (stage, grade), number in found.items() if stage >= least and grade >= good)
        for least, good in ((1, 1), (2, 1), (5, 2))
    ]
    for figure, part in zip(report.headlines[1:], parts, strict=True):
        assert (figure.value, figure.base) == (part, known)
        check_share(connection, figure.note, (part, known, places))


def check_share(connection: Connection, note: str, share: tuple[int, int, int]) -> None:
    """Percent, interval and bounds of a share of those with a stage, out of all."""
    part, base, total = share
    shown = numbers(note)
    most = part + total - base
    ends = [percent(connection, low_or_high, total) for low_or_high in (part, most)]
    assert [shown[0], *shown[3:]] == [percent(connection, part, base), part, most, total, *ends]
    for bound in shown[1:3]:
        values = {"part": part, "base": base, "total": total, "bound": bound}
        assert connection.execute(IS_A_BOUND, values).scalar_one(), note


def check_words(connection: Connection, report: Report, ladder: Ladder, wave: str) -> None:
    """The title and the first two sentences."""
    found = ladder.stages(wave)
    known = found.total()
    embedded = [sum(found[5, grade] for grade in range(least, 4)) for least in (1, 2, 3)]
    alone, none = (sum(found[stage, grade] for grade in (1, 2, 3)) for stage in (1, 0))
    assert numbers(report.title) == [known - none, known, embedded[1]]
    there = [kind for kind in KINDS if re.search(rf"\ba {WORDS[kind]}\b", report.title)]
    assert there == ladder.kinds_of_embedded(wave)
    assert numbers(report.in_short[0]) == [embedded[0], known, *embedded[1:]]
    obstacles, base = people_by_code(connection, "obstacles", "M3 M6")
    del obstacles["none"]
    most = max(obstacles.values())
    assert numbers(report.in_short[1]) == [*(n for n in (alone, none) if n), most, base]


def check_moves(report: Report, ladder: Ladder) -> None:
    """Moves between the waves that ask the same, and the panel."""
    assert counts(report, "moves", "moves") == [ladder.moves("M6", "M12")]
    sizes, always = ladder.sizes()
    assert numbers(table(report, "moves", "moves").note) == [*sizes, always, 3]


def check_anchors(report: Report, ladder: Ladder, wave: str) -> None:
    """What is in force and on its way, by kind."""
    assert counts(report, "anchors", "anchors") == ladder.anchors(wave)
    assert counts(report, "anchors", "pipeline") == ladder.coming(wave)
    laws = ladder.laws_alone(wave)
    assert numbers(" ".join(section(report, "anchors").notes)) == ([laws] if laws else [])


def check_tallies(connection: Connection, report: Report) -> None:
    """Every list: who chose each label, and the share in words."""
    for key, item, waves in TALLIES:
        counted, base = people_by_code(connection, item, waves)
        codes = {row[0]: row[1] for row in connection.execute(LABELS, {"item": item})}
        told = {}
        apart = [table(report, key, "unwanted_effects")] if item == "effects" else []
        rows = (row for one in (table(report, key, item), *apart) for row in one.rows)
        for *_, label, people, share in rows:
            told[codes[str(label)]] = int(people)
            shares = [percent(connection, int(people), base)] if base >= 10 else []
            assert numbers(str(share)) == [people, base, *shares], label
        assert {code: people for code, people in told.items() if people} == counted, item


def check_plans(connection: Connection, report: Report, ladder: Ladder) -> None:
    """What was planned at the end, and what became of it."""
    fates = ladder.plans()
    codes = {row[0]: row[1] for row in connection.execute(LABELS, {"item": "takeaways"})}
    planned, _ = people_by_code(connection, "changes", "END")
    for label, people, asked, *told in table(report, "commitments", "commitments").rows:
        code = codes.get(str(label), str(label))  # a code that stands in no list is its own label
        states = ("tried", "preparing", "not_yet", "stopped")
        assert told == [fates[code, state] for state in states], label
        assert asked == sum(fates[code, state] for state in states)
        assert int(people) >= planned[code]


def check_fieldwork(connection: Connection, report: Report) -> None:
    """The table of waves with both rates, what became of the cases, and who came or left late."""
    printed = table(report, "fieldwork", "fieldwork").rows
    waves = [tuple(row[1:]) for row in connection.execute(FUNNEL)]
    found = sorted((*row[1:6], row[8]) for row in printed)
    assert found == sorted(row[:6] for row in waves)
    for _, asked, invited, uninvited, _, completed, of_reachable, of_asked, _ in printed:
        reachable = int(invited) + int(uninvited)
        for base, share in ((reachable, of_reachable), (asked, of_asked)):
            rate = percent(connection, int(completed), int(base))
            assert numbers(str(share)) == [completed, base, *([rate] if int(base) >= 10 else [])]
    fates = [tuple(row[1:]) for row in connection.execute(FATES)]
    assert sorted(counts(report, "fieldwork", "dispositions")) == sorted(fates)
    excesses = [count for row in waves for count in row[6:] if count]
    notes = section(report, "fieldwork").notes
    assert sorted(int(note.rsplit(" ", 1)[1].rstrip(".")) for note in notes) == sorted(excesses)
