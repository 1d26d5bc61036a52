"""The ladder, computed again in SQL alone from the rules of the scale, not from their code.

One long query is built up in steps: answers, anchors, rungs of people, values of administrations.
Runs on SQLite. It counts administrations, so five or more must have taken part.
"""

from collections import Counter
from typing import Any

from sqlalchemy import Connection, text

STEPS = """
WITH follow_up(wave, place_in_time) AS (VALUES ('M3', 1), ('M6', 2), ('M12', 3)),
code(name, kind, priority) AS (VALUES
    ('procedure', 'rule', 1), ('training', 'training', 2), ('unit', 'unit', 3),
    ('budget', 'budget', 4), ('system', 'system', 5), ('law', 'rule', 6)),
use_of(name, rank) AS (VALUES
    ('not_yet', 0), ('stopped', 1), ('preparing', 2), ('tried', 3), ('regular', 4), ('improved', 5)),
heard(witness_wave, wave) AS (VALUES
    ('SUP6', 'M6'), ('SUP6', 'M12'), ('SUP12', 'M12'), ('NCP12', 'M12')),
told AS (  -- every answer of a usable response: complete or at least half, consent not refused
    SELECT cases.id AS case_id, enrolments.id AS who, enrolments.participant_id AS person,
           enrolments.workshop_code AS workshop, enrolments.administration_code AS country,
           enrolments.role, waves.key AS wave, answers.item, answers.value,
           ' ' || answers.value || ' ' AS ticks
    FROM answers
    JOIN cases ON cases.id = answers.case_id
    JOIN waves ON waves.id = cases.wave_id
    JOIN enrolments ON enrolments.id = cases.enrolment_id
    WHERE answers.state = 'answered' AND enrolments.refused_at IS NULL
      AND (cases.disposition IN ('complete', 'partial')
           OR (cases.disposition IS NULL AND cases.completed_at IS NOT NULL))),
response AS (
    SELECT who, person, workshop, country, told.wave, place_in_time,
           MAX(CASE WHEN item = 'job' THEN value END) AS job,
           MAX(CASE WHEN item IN ('use_1', 'use_2', 'use_any') THEN use_of.rank END) AS use_rank,
           MAX(CASE WHEN item = 'others_use' AND value <> 'not_applicable'
               THEN value IN ('few', 'most') END) AS routine,
           MAX(CASE WHEN item = 'would_continue' THEN value END) AS continues,
           MAX(CASE WHEN item = 'suggestion' THEN value END) AS suggestion,
           MAX(CASE WHEN item = 'still' THEN ticks END) AS still,
           MAX(CASE WHEN item = 'actions' THEN ticks LIKE '% reported %' OR ticks LIKE '% briefed %'
               OR ticks LIKE '% trained %' OR ticks LIKE '% shared %' END) AS shared,
           MAX(CASE WHEN item = 'proof' AND TRIM(value) <> '' THEN 1 ELSE 0 END) AS proof
    FROM told
    JOIN follow_up ON follow_up.wave = told.wave
    LEFT JOIN use_of ON use_of.name = told.value
    WHERE role = 'participant'
    GROUP BY who, person, workshop, country, told.wave, place_in_time),
claim AS (  -- an anchor that was ticked, and how far it is, as told in one response
    SELECT ticked.who, ticked.wave, code.name, code.kind, code.priority, CASE
               WHEN far.value IN ('new', 'changed', 'before') THEN 'in_force' ELSE far.value
           END AS status
    FROM told AS ticked
    JOIN code ON ticked.ticks LIKE '% ' || code.name || ' %'
    JOIN told AS far ON far.case_id = ticked.case_id AND far.item =
         CASE ticked.wave WHEN 'M6' THEN 'anchor_status_' ELSE 'new_status_' END || code.name
    WHERE ticked.role = 'participant'
      AND ticked.item = CASE ticked.wave WHEN 'M6' THEN 'anchors' WHEN 'M12' THEN 'anchors_new' END),
described AS (  -- by a title, or in an earlier version by the proof of the first one in force
    SELECT claim.who, claim.wave, claim.name FROM claim
    JOIN told ON told.who = claim.who AND told.wave = claim.wave
        AND told.item = 'title_' || claim.name AND TRIM(told.value) <> ''
    WHERE claim.status = 'in_force'
    UNION
    SELECT claim.who, claim.wave, claim.name FROM claim
    JOIN response ON response.who = claim.who AND response.wave = claim.wave AND response.proof = 1
    WHERE claim.status = 'in_force' AND claim.priority = (
        SELECT MIN(other.priority) FROM claim AS other
        WHERE other.who = claim.who AND other.wave = claim.wave AND other.status = 'in_force')),
anchor AS (  -- the status of each anchor of a person at a wave; those of M6 live on unless they ended
    SELECT response.who, response.person, response.workshop, response.country, response.wave,
           code.name, code.kind,
           COALESCE(newer.status, CASE
               WHEN older.status <> 'in_force' OR response.still IS NULL OR response.wave = 'M6'
                   THEN older.status
               WHEN response.still LIKE '% dont_know %' THEN 'dont_know'
               WHEN response.still LIKE '% ' || code.name || ' %' THEN 'in_force'
               ELSE 'ended' END) AS status,
           EXISTS (SELECT 1 FROM described WHERE described.who = response.who
                   AND described.name = code.name
                   AND described.wave IN ('M6', response.wave)) AS described
    FROM response JOIN code
    LEFT JOIN claim AS older
        ON older.who = response.who AND older.name = code.name AND older.wave = 'M6'
    LEFT JOIN claim AS newer ON newer.who = response.who AND newer.name = code.name
        AND newer.wave = 'M12' AND response.wave = 'M12'
    WHERE response.wave IN ('M6', 'M12')),
seen(workshop, country, wave, name, person) AS (  -- what others say, or the office has seen
    SELECT told.workshop, told.country, heard.wave, code.name, told.person
    FROM told JOIN heard ON heard.witness_wave = told.wave
    JOIN code ON told.ticks LIKE '% ' || code.name || ' %'
    WHERE told.role <> 'participant'
      AND told.item = CASE told.wave WHEN 'NCP12' THEN 'in_force' ELSE 'anchors' END
      AND NOT EXISTS (SELECT 1 FROM told AS status WHERE status.case_id = told.case_id
                      AND status.item LIKE 'anchor_seen_%')
    UNION ALL
    SELECT told.workshop, told.country, heard.wave, code.name, told.person
    FROM told JOIN heard ON heard.witness_wave = told.wave
    JOIN code ON told.item IN ('seen_' || code.name, 'anchor_seen_' || code.name)
    WHERE told.role <> 'participant' AND told.value IN ('new', 'changed', 'before', 'in_force')
    UNION ALL
    SELECT enrolments.workshop_code, enrolments.administration_code, later.wave, anchor, -1
    FROM verifications
    JOIN cases ON cases.id = verifications.case_id
    JOIN waves ON waves.id = cases.wave_id
    JOIN enrolments ON enrolments.id = cases.enrolment_id
    JOIN follow_up AS own ON own.wave = waves.key
    JOIN follow_up AS later ON later.place_in_time >= own.place_in_time
    WHERE verifications.withdrawn_at IS NULL),
in_force AS (  -- kinds that score: a law does so only with a procedure, and adds no grade to it
    SELECT who, country, wave, kind, MAX(CASE
               WHEN EXISTS (SELECT 1 FROM seen WHERE seen.workshop = anchor.workshop
                            AND seen.country = anchor.country AND seen.wave = anchor.wave
                            AND seen.name = anchor.name AND seen.person <> anchor.person) THEN 3
               WHEN described THEN 2 ELSE 1 END) AS grade
    FROM anchor WHERE status = 'in_force' AND name <> 'law'
    GROUP BY who, country, wave, kind),
supports AS (
    SELECT response.*, use_rank >= 3 AS used,
           (SELECT MAX(r.shared) FROM response AS r WHERE r.who = response.who
            AND r.place_in_time <= response.place_in_time) AS ever_shared,
           CASE WHEN EXISTS (SELECT 1 FROM anchor WHERE anchor.who = response.who
                AND anchor.wave = response.wave AND status IN ('drafted', 'approved')) THEN 1
           ELSE (SELECT r.suggestion = 'accepted' FROM response AS r WHERE r.who = response.who
                 AND r.place_in_time <= response.place_in_time AND r.suggestion IS NOT NULL
                 ORDER BY r.place_in_time DESC LIMIT 1) END AS accepted,
           (SELECT MAX(grade) FROM in_force
            WHERE in_force.who = response.who AND in_force.wave = response.wave) AS anchored
    FROM response),
highest AS (
    SELECT supports.*, CASE WHEN anchored THEN 5 WHEN routine THEN 4 WHEN accepted THEN 3
           WHEN ever_shared THEN 2 WHEN used THEN 1 WHEN used = 0 THEN 0 END AS supported
    FROM supports),
rung AS (  -- paper only: in force, but not used or no more used
    SELECT highest.*, supported = 5 AND COALESCE(use_rank, 9) < 2 AS paper,
           supported BETWEEN 1 AND 3 AND COALESCE(continues, '') = 'stops' AS depends,
           (supported > 1 AND COALESCE(used, 1) = 0)
               OR (supported > 2 AND COALESCE(ever_shared, 1) = 0)
               OR (supported > 3 AND COALESCE(accepted, 1) = 0)
               OR (supported > 4 AND COALESCE(routine, 1) = 0) AS gap
    FROM highest),
graded AS (
    SELECT rung.*, CASE WHEN paper THEN 3 ELSE supported END AS stage, CASE
           WHEN supported = 5 THEN anchored
           WHEN EXISTS (
               SELECT 1 FROM told JOIN heard ON heard.witness_wave = told.wave
               WHERE told.role = 'supervisor' AND heard.wave = rung.wave
                 AND told.workshop = rung.workshop AND told.country = rung.country
                 AND told.person <> rung.person
                 AND ((supported = 1 AND item = 'observes' AND value IN ('tried', 'regular', 'improved'))
                      OR (supported = 4 AND item = 'others_use' AND value IN ('few', 'most'))))
           THEN 3 ELSE 1 END AS grade
    FROM rung),
source AS (  -- of people who moved, the last known stage is kept
    SELECT now.who, now.wave, CASE WHEN COALESCE(now.job, '') NOT IN ('moved', 'left') THEN now.wave
           ELSE COALESCE((SELECT before.wave FROM graded AS before WHERE before.who = now.who
                AND before.place_in_time < now.place_in_time AND before.stage IS NOT NULL
                AND COALESCE(before.job, '') NOT IN ('moved', 'left')
                ORDER BY before.place_in_time DESC LIMIT 1),
                CASE now.job WHEN 'moved' THEN now.wave END) END AS told_in
    FROM graded AS now),
standing AS (
    SELECT source.wave, graded.who, person, country, told_in, stage, grade, paper, depends, gap
    FROM source JOIN graded ON graded.who = source.who AND graded.wave = source.told_in
    WHERE stage IS NOT NULL
    UNION ALL
    SELECT 'PRE', who, person, country, 'PRE', CAST(SUBSTR(value, 2) AS INTEGER), 1, 0, 0, 0
    FROM told WHERE role = 'participant' AND wave = 'PRE' AND item = 'stage_now' AND value LIKE 's_'),
best AS (  -- each person's best change, among those with evidence if there are any
    SELECT * FROM (SELECT standing.*, ROW_NUMBER() OVER (
        PARTITION BY wave, country, person
        ORDER BY grade > 1 DESC, stage DESC, grade DESC, who) AS choice FROM standing)
    WHERE choice = 1),
administration AS (  -- the best verified one; without any, the lowest of what people say
    SELECT * FROM (SELECT best.*, ROW_NUMBER() OVER (
        PARTITION BY wave, country ORDER BY grade = 3 DESC,
        CASE WHEN grade = 3 THEN -stage ELSE stage END, grade DESC, person) AS choice_of_all,
        MAX(grade) OVER country_then < 3
            AND MIN(stage) OVER country_then <> MAX(stage) OVER country_then AS disputed
    FROM best WINDOW country_then AS (PARTITION BY wave, country))
    WHERE choice_of_all = 1),
anchored AS (  -- what the people of an administration say is in force, with the best grade
    SELECT source.wave, in_force.country, in_force.kind, MAX(in_force.grade) AS grade
    FROM source JOIN in_force ON in_force.who = source.who AND in_force.wave = source.told_in
    GROUP BY source.wave, in_force.country, in_force.kind),
coming AS (  -- not in force with anybody there: the furthest that somebody says
    SELECT source.wave, anchor.country, anchor.kind,
           MAX(CASE status WHEN 'proposed' THEN 1 WHEN 'drafted' THEN 2 ELSE 3 END) AS furthest
    FROM source JOIN anchor ON anchor.who = source.who AND anchor.wave = source.told_in
    WHERE anchor.status IN ('proposed', 'drafted', 'approved') AND NOT EXISTS (
        SELECT 1 FROM anchored WHERE anchored.wave = source.wave
        AND anchored.country = anchor.country AND anchored.kind = anchor.kind)
    GROUP BY source.wave, anchor.country, anchor.kind),
law_alone AS (
    SELECT DISTINCT source.wave, law.country FROM source
    JOIN anchor AS law ON law.who = source.who AND law.wave = source.told_in
        AND law.name = 'law' AND law.status = 'in_force'
    WHERE NOT EXISTS (SELECT 1 FROM anchor WHERE anchor.who = law.who AND anchor.wave = law.wave
                      AND anchor.name = 'procedure' AND anchor.status = 'in_force'))
"""
KINDS = ("rule", "training", "unit", "budget", "system")
WAVES = ("PRE", "M3", "M6", "M12")


class Ladder:
    """Counts of the ladder, each by a query. Grades are 1 claimed, 2 described, 3 verified."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def _rows(self, query: str, **values: object) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in self.connection.execute(text(STEPS + query), values)]

    def _pairs(self, query: str, wave: str) -> Counter[tuple[Any, ...]]:
        return Counter({row[:-1]: row[-1] for row in self._rows(query, wave=wave)})

    def stages(self, wave: str) -> Counter[tuple[int, int]]:
        """Administrations by stage and grade."""
        query = (
            "SELECT stage, grade, COUNT(*) FROM administration WHERE wave = :wave GROUP BY 1, 2"
        )
        return self._pairs(query, wave)

    def flags(self, wave: str) -> tuple[int, ...]:
        """Administrations on paper only, depending on one person, disputed; changes with a gap."""
        query = """
            SELECT COALESCE(SUM(paper), 0), COALESCE(SUM(depends), 0), COALESCE(SUM(disputed), 0),
                   (SELECT COUNT(*) FROM standing WHERE wave = :wave AND gap)
            FROM administration WHERE wave = :wave
        """
        return self._rows(query, wave=wave)[0]

    def moves(self, earlier: str, later: str) -> tuple[int, ...]:
        """The same administrations at two waves: up, same, down, in both."""
        query = """
            SELECT SUM(b.stage > a.stage), SUM(b.stage = a.stage), SUM(b.stage < a.stage), COUNT(*)
            FROM administration AS a JOIN administration AS b ON a.country = b.country
            WHERE a.wave = :earlier AND b.wave = :later
        """
        return self._rows(query, earlier=earlier, later=later)[0]

    def sizes(self) -> tuple[list[int], int]:
        """Administrations with a stage at each wave, and those with one in every follow-up."""
        query = "SELECT wave, COUNT(*) FROM administration GROUP BY wave"
        by_wave = {str(wave): count for wave, count in self._rows(query)}
        always = """
            SELECT COUNT(*) FROM (SELECT country FROM administration WHERE wave <> 'PRE'
                                  GROUP BY country HAVING COUNT(*) = 3)
        """
        return [by_wave[wave] for wave in WAVES], self._rows(always)[0][0]

    def anchors(self, wave: str) -> list[tuple[int, ...]]:
        """Of each kind in force: all, verified, described, claimed."""
        query = "SELECT kind, grade, COUNT(*) FROM anchored WHERE wave = :wave GROUP BY 1, 2"
        found = self._pairs(query, wave)
        by_kind = ([found[kind, grade] for grade in (3, 2, 1)] for kind in KINDS)
        return [(sum(grades), *grades) for grades in by_kind]

    def coming(self, wave: str) -> list[tuple[int, ...]]:
        """Of each kind on its way: proposed, drafted, approved."""
        query = "SELECT kind, furthest, COUNT(*) FROM coming WHERE wave = :wave GROUP BY 1, 2"
        found = self._pairs(query, wave)
        return [tuple(found[kind, step] for step in (1, 2, 3)) for kind in KINDS]

    def laws_alone(self, wave: str) -> int:
        query = "SELECT COUNT(*) FROM law_alone WHERE wave = :wave"
        return int(self._rows(query, wave=wave)[0][0])

    def kinds_of_embedded(self, wave: str) -> list[str]:
        """The kinds in force where the administration stands at stage 5, in their order."""
        query = """
            SELECT DISTINCT kind FROM anchored JOIN administration USING (wave, country)
            WHERE wave = :wave AND stage = 5
        """
        found = {kind for (kind,) in self._rows(query, wave=wave)}
        return [kind for kind in KINDS if kind in found]

    def plans(self) -> Counter[tuple[str, ...]]:
        """What became of each planned change, by the latest word: people by code and use."""
        query = """,
            plan AS (SELECT who, TRIM(value) || ' ' AS codes FROM told
                     WHERE role = 'participant' AND wave = 'END' AND item = 'changes'),
            rest AS (SELECT who, SUBSTR(codes, INSTR(codes, ' ') + 1) AS codes FROM plan),
            chosen AS (
                SELECT who, 'use_1' AS item, SUBSTR(codes, 1, INSTR(codes, ' ') - 1) AS code
                FROM plan UNION ALL
                SELECT who, 'use_2', SUBSTR(codes, 1, INSTR(codes, ' ') - 1) FROM rest),
            fate AS (
                SELECT code, value, ROW_NUMBER() OVER (
                    PARTITION BY told.person, code
                    ORDER BY place_in_time DESC, told.case_id DESC) AS choice
                FROM chosen
                JOIN told ON told.who = chosen.who AND told.item = chosen.item
                    AND told.role = 'participant'
                JOIN follow_up ON follow_up.wave = told.wave
                WHERE code NOT IN ('', 'none'))
            SELECT code, CASE WHEN value IN ('regular', 'improved') THEN 'tried' ELSE value END,
                   COUNT(*)
            FROM fate WHERE choice = 1 GROUP BY 1, 2
        """
        return Counter({row[:-1]: row[-1] for row in self._rows(query)})
