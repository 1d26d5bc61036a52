"""Stages, anchors by kind and plans, computed again in SQL alone, beside the figures by delegation."""

from collections import Counter

from tests.analysis.recount_delegations import Recount

KINDS = ("procedure", "training", "unit", "budget", "system", "law")
PIPELINE = ("proposed", "drafted", "approved")
UNCLAIMED = """
    SELECT seat.w, seat.p, status.kind,
           MAX(status = 'before') AS before, MAX(status = 'in_force') AS in_force,
           MAX(CASE status WHEN 'proposed' THEN 1 WHEN 'drafted' THEN 2 WHEN 'approved' THEN 3
               ELSE 0 END) AS furthest
    FROM seat JOIN status USING (who)
    WHERE NOT EXISTS (SELECT 1 FROM claim WHERE claim.w = seat.w AND claim.p = seat.p
                      AND claim.kind = status.kind)
    GROUP BY seat.w, seat.p, status.kind
"""
"""What nobody claims as new or changed, by delegation and kind."""


class Stages(Recount):
    """Counts of stages and anchors by delegation, each by a query."""

    def stages(self) -> tuple[int, ...]:
        """How many delegations are on each stage from 0 to 5; the others are on none."""
        query = """
            SELECT CASE WHEN state = 'yes' THEN 5 WHEN MAX(routine) = 1 THEN 4
                        WHEN MAX(accepted) = 1 THEN 3 WHEN MAX(shared) = 1 THEN 2
                        WHEN MAX(tried) = 1 THEN 1 WHEN COUNT(*) = COUNT(tried) THEN 0 END
            FROM word JOIN embedded USING (w, p)
            WHERE EXISTS (SELECT 1 FROM seat JOIN told USING (who) WHERE told.role = 'participant'
                          AND told.wave = :moment AND seat.w = word.w AND seat.p = word.p)
            GROUP BY w, p
        """
        found = Counter(stage for (stage,) in self._rows(query))
        return tuple(found[stage] for stage in range(6))

    def anchors(self) -> list[tuple[int, ...]]:
        """Of each kind: new or changed, by grade from the best, disputed, before, since not asked."""
        by_grade = "SELECT kind, grade, COUNT(*) FROM standing WHERE state = 'yes' GROUP BY 1, 2"
        grades = Counter({row[:-1]: row[-1] for row in self._rows(by_grade)})
        query = "SELECT kind, COUNT(*) FROM standing WHERE state = 'disputed' GROUP BY 1"
        disputed = Counter(dict(self._rows(query)))
        query = (
            f"SELECT kind, SUM(before), SUM(in_force AND NOT before) FROM ({UNCLAIMED}) GROUP BY 1"
        )
        others = {row[0]: row[1:] for row in self._rows(query)}
        fresh = {kind: [grades[kind, grade] for grade in (4, 3, 2, 1)] for kind in KINDS}
        return [
            (sum(fresh[kind]), *fresh[kind], disputed[kind], *others.get(kind, (0, 0)))
            for kind in KINDS
        ]

    def coming(self) -> list[tuple[int, ...]]:
        """Of each kind on its way: proposed, drafted, approved."""
        query = f"""
            SELECT kind, furthest, COUNT(*) FROM ({UNCLAIMED})
            WHERE NOT before AND NOT in_force GROUP BY 1, 2
        """
        found = Counter({row[:-1]: row[-1] for row in self._rows(query)})
        return [tuple(found[kind, step] for step in (1, 2, 3)) for kind in KINDS]

    def places(self, figure: str) -> int:
        """How many administrations are yes in at least one of their workshops."""
        states = "SELECT p, state = 'yes' AS yes FROM embedded"
        if figure != "embedded":
            states = f"SELECT p, MAX({figure}) = 1 AS yes FROM word GROUP BY w, p"
        return int(self._rows(f"SELECT COUNT(DISTINCT p) FROM ({states}) WHERE yes")[0][0])

    def plans(self) -> Counter[tuple[str, ...]]:
        """What became of each planned change, by the latest word: people by code and use."""
        query = """,
            plan AS (SELECT who, TRIM(value) || ' ' AS codes FROM told
                     WHERE role = 'participant' AND wave = 'END' AND item = 'changes'),
            rest AS (SELECT who, SUBSTR(codes, INSTR(codes, ' ') + 1) AS codes FROM plan),
            planned AS (
                SELECT who, 'use_1' AS item, SUBSTR(codes, 1, INSTR(codes, ' ') - 1) AS code
                FROM plan UNION ALL
                SELECT who, 'use_2', SUBSTR(codes, 1, INSTR(codes, ' ') - 1) FROM rest),
            fate AS (
                SELECT code, value, ROW_NUMBER() OVER (
                    PARTITION BY told.person, code
                    ORDER BY INSTR('M3 M6 M12', told.wave) DESC, told.case_id DESC) AS choice
                FROM planned
                JOIN told ON told.who = planned.who AND told.item = planned.item
                    AND told.role = 'participant' AND told.wave IN ('M3', 'M6', 'M12')
                WHERE code NOT IN ('', 'none'))
            SELECT code, CASE WHEN value IN ('regular', 'improved') THEN 'tried' ELSE value END,
                   COUNT(*)
            FROM fate WHERE choice = 1 GROUP BY 1, 2
        """
        return Counter({row[:-1]: row[-1] for row in self._rows(query)})
