"""The counts of the one page once more, in SQL alone: no line of the reading is used here."""

from collections import Counter

from sqlalchemy import Connection, text

from analysis.model import Report, Table

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
FUNNEL = text("""
    SELECT waves.key, COUNT(*),
           SUM(CASE WHEN cases.disposition = 'complete' OR
               (cases.disposition IS NULL AND cases.completed_at IS NOT NULL) THEN 1 ELSE 0 END)
    FROM cases JOIN waves ON waves.id = cases.wave_id
    WHERE waves.opened_at IS NOT NULL GROUP BY waves.key
""")
REPLIED = text("""
    SELECT COUNT(DISTINCT enrolments.administration_code)
    FROM cases
    JOIN waves ON waves.id = cases.wave_id
    JOIN enrolments ON enrolments.id = cases.enrolment_id
    WHERE waves.key = :wave AND enrolments.role = 'participant'
      AND (cases.disposition IN ('complete', 'partial')
           OR (cases.disposition IS NULL AND cases.completed_at IS NOT NULL))
      AND enrolments.refused_at IS NULL
""")
TOOK_PART = text("""
    SELECT COUNT(DISTINCT administration_code), COUNT(DISTINCT participant_id)
    FROM enrolments WHERE role = 'participant'
""")

TALLIES = (
    ("effects", "effects", "M6 M12"),
    ("effects", "effect_source", "M6 M12"),
    ("effects", "contribution", "M6 M12"),
    ("suggestions", "suggestion", "M3 M6 M12"),
    ("projects", "project", "M6 M12"),
    ("obstacles", "obstacles", "M3 M6"),
)
"""Section, item (also the key of its table) and waves of every list on the page."""


def people_by_code(connection: Connection, item: str, waves: str) -> Counter[str]:
    """People by the code they chose."""
    rows = connection.execute(LATEST, {"item": item, "waves": waves})
    return Counter(code for (value,) in rows for code in value.split())


def table(report: Report, section: str, key: str) -> Table:
    found = (t for s in report.sections if s.key == section for t in s.tables if t.key == key)
    return next(found)


def check(connection: Connection, report: Report, wave: str) -> None:
    """Every count of the page that SQL can count, against the report. `wave` is the current one."""
    for section, item, waves in TALLIES:
        counted = sorted(people_by_code(connection, item, waves).values())
        column = 2 if item == "obstacles" else 1
        printed = sorted(int(row[column]) for row in table(report, section, item).rows)
        assert [n for n in printed if n] == counted, item
    places, people = connection.execute(TOOK_PART).one()
    replied = connection.execute(REPLIED, {"wave": wave}).scalar_one()
    assert (report.headlines[0].value, report.headlines[0].base) == (replied, places)
    assert f"{people} participants" in report.subtitle
    stages = table(report, "stages", "stages").rows
    assert sum(int(row[1]) for row in stages) == places
    assert sum(int(row[1]) for row in stages[2:]) == replied
    cases = {key: (number, complete) for key, number, complete in connection.execute(FUNNEL)}
    fates = table(report, "fieldwork", "dispositions").rows
    assert sorted((row[1], row[2]) for row in fates) == sorted(cases.values())
