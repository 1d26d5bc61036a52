"""The figures of the one page, computed again in SQL alone, without the code under test.

Runs on SQLite, for reports that count administrations.
"""

import re
from collections import Counter

from sqlalchemy import Connection, text

from analysis.model import Report, Section, Table
from tests.analysis.recount_delegations import DEEDS
from tests.analysis.recount_stages import Stages

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
# Administrations (or delegations) in one wave: replied, replied but all moved or left, silent, no
# message arrived.
STATES = f"""
    WITH everybody AS (
        SELECT DISTINCT %(unit)s AS unit FROM enrolments WHERE role = 'participant' AND %(scope)s
    ), due AS (
        SELECT %(unit)s AS unit, cases.id AS case_id, {USABLE} AS usable,
               cases.started_at IS NOT NULL OR EXISTS (
                   SELECT 1 FROM attempts WHERE attempts.case_id = cases.id
                   AND outcome IN ('sent', 'unknown', 'leaving')) AS arrived
        FROM cases JOIN waves ON waves.id = cases.wave_id
        JOIN enrolments ON enrolments.id = cases.enrolment_id
        WHERE waves.key = :wave AND waves.role = 'participant'
    ), usable AS (
        SELECT unit, (SELECT value FROM answers WHERE answers.case_id = due.case_id
                      AND item = 'job' AND state = 'answered') AS job
        FROM due WHERE usable
    ), place AS (
        SELECT EXISTS (SELECT 1 FROM usable WHERE usable.unit = everybody.unit) AS replied,
               EXISTS (SELECT 1 FROM usable WHERE usable.unit = everybody.unit
                       AND COALESCE(job, '') NOT IN ('moved', 'left')) AS stayed,
               (SELECT MAX(arrived) FROM due WHERE due.unit = everybody.unit) AS arrived
        FROM everybody
    )
    SELECT SUM(replied AND stayed), SUM(replied AND NOT stayed),
           SUM(NOT replied AND COALESCE(arrived, 1)), SUM(NOT replied AND NOT COALESCE(arrived, 1))
    FROM place
"""
PLACES = text(STATES % {"unit": "administration_code", "scope": "1"})
# Workshops of one administration have no delegations to count beside others.
SEVERAL = """
    SELECT workshop_code FROM enrolments WHERE role = 'participant' AND removed_at IS NULL
    GROUP BY workshop_code HAVING COUNT(DISTINCT administration_code) > 1
"""
DELEGATIONS = text(
    STATES
    % {
        "unit": "enrolments.workshop_code || ' ' || administration_code",
        "scope": f"enrolments.workshop_code IN ({SEVERAL}) AND enrolments.workshop_code IN ("
        "SELECT workshop_code FROM waves WHERE key = :wave AND opened_at IS NOT NULL)",
    }
)
TOOK_PART = text("""
    SELECT COUNT(DISTINCT administration_code), COUNT(DISTINCT participant_id)
    FROM enrolments JOIN workshops ON workshops.code = workshop_code
    WHERE role = 'participant' AND kind <> 'survey' AND starts_on <= :until
""")
# Whole percent, half up.
PERCENT = text("SELECT (200 * :part + :base) / (2 * :base)")
# How far people say that the administration is, who told it in every wave in which anybody of their
# workshop did; who told it of several workshops, of the last one.
STAGE_TOLD = text(f"""
    WITH said AS (
        SELECT workshop_code, participant_id AS person, waves.key AS wave, value
        FROM cases JOIN waves ON waves.id = wave_id
        JOIN enrolments USING (workshop_code)
        JOIN answers ON answers.case_id = cases.id
        WHERE enrolments.id = enrolment_id AND {USABLE} AND enrolments.role = 'participant'
        AND item = 'stage_now' AND value <> 'dont_know' AND state = 'answered'
    ), every AS (
        SELECT workshop_code, COUNT(DISTINCT wave) AS waves FROM said GROUP BY 1
    ), whole AS (
        SELECT person, MAX(workshop_code) AS workshop_code FROM (
            SELECT person, workshop_code, COUNT(*) AS told FROM said GROUP BY 1, 2
        ) AS them JOIN every USING (workshop_code) WHERE told = waves AND told > 1 GROUP BY 1
    )
    SELECT SUM(b.value > a.value), SUM(b.value = a.value), SUM(b.value < a.value), COUNT(*)
    FROM whole JOIN said AS a USING (person, workshop_code)
    JOIN said AS b USING (person, workshop_code)
    WHERE a.wave = :earlier AND b.wave = :later
""")
FIGURES = (*DEEDS, "embedded")

TALLIES = (
    ("effects", "effects", "M6 M12"),
    ("effects", "effect_source", "M6 M12"),
    ("effects", "contribution", "M6 M12"),
    ("suggestions", "suggestion", "M3 M6 M12"),
    ("projects", "project", "M6 M12"),
    ("obstacles", "obstacles", "M3 M6"),
)
"""Section, item (also the key of its table and of its list of choices) and waves of every list."""


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
    several = {code for (code,) in connection.execute(text(SEVERAL))}
    scope = [code for code in report.workshops if code in several]
    found = Stages(connection, scope, wave)
    check_places(connection, report, wave)
    check_figures(connection, report, found)
    check_stages(connection, report, found, wave)
    check_words(connection, report, found)
    check_moves(connection, report)
    check_anchors(report, found)
    check_tallies(connection, report)
    check_plans(connection, report, Stages(connection, report.workshops, wave))
    check_fieldwork(connection, report)


def check_places(connection: Connection, report: Report, wave: str) -> None:
    """Who replied: the line of response, and the third sentence."""
    _, people = connection.execute(TOOK_PART, {"until": report.cut_off.date().isoformat()}).one()
    states = tuple(connection.execute(PLACES, {"wave": wave}).one())
    assert counts(report, "places", "places") == [(count,) for count in states]
    assert f"{people} participants" in report.subtitle
    units = tuple(connection.execute(DELEGATIONS, {"wave": wave}).one())
    missing = numbers(report.in_short[2])
    assert missing == [sum(units), *(count for count in units[2:] if count)]


def check_figures(connection: Connection, report: Report, found: Stages) -> None:
    """The six figures: as headlines, and with what stands behind them."""
    rows = counts(report, "stages", "figures")
    for key, figure, row in zip(FIGURES, report.headlines, rows, strict=True):
        yes, no, disputed, not_known = found.states(key)
        replied, total = found.replied(*waves_of(key)), yes + no + disputed + not_known
        assert row == (yes, no, disputed, not_known, total, total - no, replied)
        claimed = found.grades()[0] if key == "embedded" else 0
        better = yes - claimed
        assert (figure.key, figure.value, figure.base) == (key, better, total)
        assert numbers(figure.text) == [better, total, total - no]
        shares = [percent(connection, better, total)] if total >= 10 else []
        beside = [count for count in (claimed, disputed) if count]
        assert numbers(figure.note) == [*shares, better, replied, *beside]


def waves_of(figure: str) -> tuple[str, ...]:
    """The waves whose answers a figure of twelve months is made of."""
    waves = {"shared": ("M3", "M6"), "accepted": ("M3", "M6", "M12")}
    return waves.get(figure, ("M12",))


def check_stages(connection: Connection, report: Report, found: Stages, wave: str) -> None:
    """The picture of stages: every delegation once."""
    replied, moved, silent, away = connection.execute(DELEGATIONS, {"wave": wave}).one()
    reached = found.stages()
    rows = counts(report, "stages", "stages")
    unknown = replied + moved - sum(reached)
    assert unknown >= 0
    assert rows[:3] == [(n, 0, 0, 0, 0, 0, n) for n in (away, silent, unknown)]
    assert rows[3:8] == [(n, 0, 0, 0, 0, n, 0) for n in reached[:5]]
    assert rows[8] == (reached[5], *reversed(found.grades()), 0, 0)


def check_words(connection: Connection, report: Report, found: Stages) -> None:
    """The title and the first two sentences."""
    used, embedded = found.states("in_regular_use")[0], found.grades()
    yes, no, disputed, not_known = found.states("embedded")
    told = numbers(report.title.partition(":")[2])
    assert told == [used, found.replied("M12"), sum(embedded[1:])]
    best_first = tuple(reversed(embedded))
    most = yes + disputed + not_known
    assert numbers(report.in_short[0]) == [yes, most + no, most, *best_first, disputed]
    obstacles, base = people_by_code(connection, "obstacles", "M3 M6")
    del obstacles["none"]
    _, alone, *_ = found.stages()
    _, none, *_ = found.states("tried")
    assert numbers(report.in_short[1]) == [alone, none, max(obstacles.values()), base]


def check_moves(connection: Connection, report: Report) -> None:
    """How the same people answered the question about the stage again."""
    pairs = (("PRE", "M6"), ("M6", "M12"))
    values = [dict(zip(("earlier", "later"), pair, strict=True)) for pair in pairs]
    rows = [tuple(connection.execute(STAGE_TOLD, one).one()) for one in values]
    assert counts(report, "moves", "moves") == [
        tuple(int(count or 0) for count in row) for row in rows
    ]


def check_anchors(report: Report, found: Stages) -> None:
    """What is in force and on its way, by kind."""
    told = found.anchors()
    assert counts(report, "anchors", "anchors") == [row[:5] for row in told]
    assert counts(report, "anchors", "not_counted") == [row[5:] for row in told]
    assert counts(report, "anchors", "pipeline") == found.coming()
    beside = [row[0] for row in counts(report, "anchors", "beside")]
    assert beside[3:] == [found.row_of_anchors("before"), found.row_of_anchors("in_force")]


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


def check_plans(connection: Connection, report: Report, found: Stages) -> None:
    """What was planned at the end, and what became of it."""
    fates = found.plans()
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
