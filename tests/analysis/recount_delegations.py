"""The headlines by delegation, computed again in SQL alone from the rules, not from their code.

One long query is built up in steps: answers, words of officers, anchors of delegations, states. Runs on
SQLite. A title is what is not "I do not know"; no other text stands in for one here.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, text

STEPS = """
WITH kind(name) AS (VALUES ('procedure'), ('training'), ('unit'), ('budget'), ('system'), ('law')),
until(moment, wave) AS (VALUES ('M6', 'M3'), ('M6', 'M6'), ('M12', 'M3'), ('M12', 'M6'), ('M12', 'M12')),
witness_wave(moment, wave) AS (VALUES ('M6', 'SUP6'), ('M12', 'SUP12'), ('M12', 'NCP12')),
chosen AS (SELECT code FROM workshops WHERE :scope LIKE '% ' || code || ' %'),
told AS (  -- every answer of a usable response of somebody on the list
    SELECT cases.id AS case_id, enrolments.id AS who, enrolments.participant_id AS person,
           enrolments.workshop_code AS w, enrolments.administration_code AS p, enrolments.role,
           waves.key AS wave, item, value, answered_at, ' ' || value || ' ' AS ticks
    FROM answers JOIN cases ON cases.id = case_id JOIN waves ON waves.id = wave_id
    JOIN enrolments ON enrolments.id = enrolment_id
    JOIN chosen ON chosen.code = enrolments.workshop_code
    WHERE state = 'answered' AND refused_at IS NULL AND removed_at IS NULL AND set_aside_at IS NULL
      AND (disposition IN ('complete', 'partial')
           OR (disposition IS NULL AND completed_at IS NOT NULL))),
seat AS (
    SELECT enrolments.id AS who, participant_id AS person, workshop_code AS w,
           administration_code AS p
    FROM enrolments JOIN chosen ON chosen.code = workshop_code
    WHERE role = 'participant' AND removed_at IS NULL AND EXISTS (
        SELECT 1 FROM waves WHERE waves.workshop_code = enrolments.workshop_code
        AND key = :moment AND opened_at IS NOT NULL)),
left_customs AS (SELECT case_id FROM told WHERE item = 'job' AND value = 'left'),
here AS (
    SELECT told.* FROM told
    JOIN enrolments ON enrolments.id = told.who
    WHERE told.role = 'participant' AND case_id NOT IN (SELECT case_id FROM left_customs)
      AND (present_administration IS NULL OR present_administration = administration_code
           OR present_since > (SELECT MAX(answered_at) FROM answers
                               WHERE answers.case_id = told.case_id))),
word AS (  -- of each officer: yes 1, no 0, no word NULL
    SELECT seat.w, seat.p, seat.who,
        (SELECT MAX(value IN ('tried', 'regular', 'improved')) FROM here WHERE here.who = seat.who
         AND wave = :moment AND item IN ('use_1', 'use_2', 'use_any')) AS tried,
        (SELECT MAX(value IN ('regular', 'improved')) FROM here WHERE here.who = seat.who
         AND wave = :moment AND item IN ('use_1', 'use_2', 'use_any')) AS in_regular_use,
        CASE (SELECT MAX(ticks LIKE '% briefed %' OR ticks LIKE '% trained %' OR ticks LIKE '% shared %')
              FROM here WHERE here.who = seat.who AND wave IN ('M3', 'M6') AND item = 'actions')
             WHEN 1 THEN 1
             WHEN 0 THEN (SELECT 0 FROM here WHERE here.who = seat.who AND wave = 'M6') END AS shared,
        CASE WHEN EXISTS (SELECT 1 FROM here JOIN until USING (wave)
                WHERE here.who = seat.who AND moment = :moment
                AND ((item = 'suggestion' AND value = 'accepted')
                     OR (item GLOB '*_status_*' AND value = 'approved'))) THEN 1
             WHEN EXISTS (SELECT 1 FROM here JOIN until USING (wave) WHERE here.who = seat.who
                AND moment = :moment AND item = 'suggestion')
              AND EXISTS (SELECT 1 FROM here WHERE here.who = seat.who AND wave = :moment) THEN 0
        END AS accepted,
        (SELECT MAX(value = 'most' OR (value = 'few' AND EXISTS (
             SELECT 1 FROM told AS boss JOIN witness_wave USING (wave)
             WHERE boss.role = 'supervisor' AND moment = :moment AND boss.w = seat.w
               AND boss.p = seat.p AND boss.item = 'others_use' AND boss.value = 'most'
               AND boss.person NOT IN (SELECT person FROM seat AS own
                                       WHERE own.w = boss.w AND own.p = boss.p))))
         FROM here WHERE here.who = seat.who AND wave = :moment AND item = 'others_use'
           AND value <> 'not_applicable') AS routine
    FROM seat),
ticked AS (  -- what was ticked in the question for anchors, with its status
    SELECT box.who, box.wave, name AS kind, COALESCE(far.value, '') AS status
    FROM here AS box JOIN kind ON box.ticks LIKE '% ' || name || ' %'
    LEFT JOIN here AS far ON far.case_id = box.case_id
        AND far.item IN ('anchor_status_' || name, 'new_status_' || name)
    WHERE (box.wave, box.item) IN (('M6', 'anchors'), ('M12', 'anchors_new'))),
offered AS (SELECT * FROM ticked
            WHERE wave = 'M6' AND status IN ('new', 'changed', 'before', 'in_force')),
status AS (
    SELECT who, kind, status FROM ticked WHERE wave = :moment
    UNION ALL
    SELECT offered.who, offered.kind, CASE
        WHEN still.ticks IS NULL THEN ''
        WHEN still.ticks LIKE '% dont_know %' THEN 'dont_know'
        WHEN still.ticks LIKE '% ' || offered.kind || ' %' THEN offered.status ELSE 'ended' END
    FROM offered
    LEFT JOIN here AS still ON still.who = offered.who AND still.item = 'still'
    WHERE :moment = 'M12'
      AND EXISTS (SELECT 1 FROM here WHERE here.who = offered.who AND here.wave = 'M12')
      AND NOT EXISTS (SELECT 1 FROM ticked WHERE ticked.who = offered.who
                      AND ticked.kind = offered.kind AND ticked.wave = 'M12')),
none_of AS (
    SELECT who, name AS kind FROM here JOIN kind
    WHERE wave = :moment AND ticks LIKE '% none %' AND CASE item
        WHEN 'anchors' THEN wave = 'M6'
        WHEN 'still' THEN EXISTS (SELECT 1 FROM offered
                                  WHERE offered.who = here.who AND offered.kind = name)
        WHEN 'anchors_new' THEN NOT EXISTS (SELECT 1 FROM offered
                                  WHERE offered.who = here.who AND offered.kind = name)
        ELSE 0 END),
unsure AS (
    SELECT seat.w, seat.p FROM seat
    WHERE NOT EXISTS (SELECT 1 FROM here WHERE here.who = seat.who AND wave = :moment
                      AND item = CASE :moment WHEN 'M6' THEN 'anchors' ELSE 'anchors_new' END
                      AND ticks NOT LIKE '% dont_know %')
       OR EXISTS (SELECT 1 FROM here WHERE here.who = seat.who AND wave = :moment
                  AND item = 'still' AND ticks LIKE '% dont_know %')
       OR EXISTS (SELECT 1 FROM status WHERE status.who = seat.who
                  AND status.status IN ('', 'dont_know', 'in_force'))),
witness AS (  -- supervisors, and the contact point who answered last
    SELECT told.* FROM told JOIN witness_wave USING (wave)
    WHERE moment = :moment AND told.role <> 'participant'
      AND NOT EXISTS (SELECT 1 FROM told AS later WHERE told.role = 'contact_point'
          AND later.role = 'contact_point' AND later.w = told.w AND later.p = told.p
          AND later.wave = told.wave AND later.case_id <> told.case_id AND later.answered_at >
              (SELECT MAX(answered_at) FROM answers WHERE answers.case_id = told.case_id))
      AND NOT EXISTS (SELECT 1 FROM seat WHERE seat.w = told.w AND seat.p = told.p
                      AND seat.person = told.person)),
heard AS (
    SELECT w, p, name AS kind, value AS status FROM witness JOIN kind ON item = 'seen_' || name
    UNION ALL
    SELECT box.w, box.p, name, far.value FROM witness AS box JOIN kind
    JOIN witness AS far ON far.case_id = box.case_id AND far.item = 'anchor_seen_' || name
    WHERE box.item = 'anchors' AND box.ticks LIKE '% ' || name || ' %'
    UNION ALL
    SELECT w, p, name, 'in_force' FROM witness JOIN kind
    WHERE item = 'in_force' AND ticks LIKE '% ' || name || ' %'
    UNION ALL
    SELECT w, p, name, 'none' FROM witness JOIN kind
    WHERE item IN ('anchors', 'in_force') AND ticks LIKE '% none %'),
title AS (  -- the newest title of an officer, and what the office says of it
    SELECT who, kind, value, verdict FROM (
        SELECT here.who, name AS kind, here.value,
               (SELECT NULLIF(decision, 'undecided') FROM anchor_decisions AS said
                WHERE said.case_id = here.case_id AND said.anchor = name
                  AND about = 'description' AND said.answered_at = here.answered_at
                ORDER BY said.id DESC LIMIT 1) AS verdict,
               ROW_NUMBER() OVER (PARTITION BY here.who, name ORDER BY wave = 'M6') AS place
        FROM here JOIN kind ON item = 'title_' || name
        WHERE wave IN ('M6', :moment)) WHERE place = 1),
claim AS (
    SELECT seat.w, seat.p, seat.who, status.kind, status.status,
           COALESCE(verdict = 'accepted', value <> 'I do not know', 0) AS described,
           COALESCE(verdict = 'rejected', 0) AS rejected
    FROM seat JOIN status USING (who) LEFT JOIN title ON title.who = seat.who
        AND title.kind = status.kind
    WHERE status.status IN ('new', 'changed')),
dispute AS (  -- the newest decision about an anchor as told in each case
    SELECT told.w, told.p, anchor, told.wave, decision, MAX(anchor_decisions.id) AS number
    FROM anchor_decisions JOIN told USING (case_id) JOIN until USING (wave)
    WHERE moment = :moment AND about = 'dispute' GROUP BY case_id, anchor),
anchor AS (
    SELECT w, p, kind, MAX(described) AS described, MAX(rejected) AS rejected,
        EXISTS (SELECT 1 FROM seat JOIN status USING (who) WHERE seat.w = claim.w
                AND seat.p = claim.p AND status.kind = claim.kind
                AND status.status IN ('proposed', 'drafted', 'approved', 'before'))
        OR EXISTS (SELECT 1 FROM seat JOIN none_of USING (who) WHERE seat.w = claim.w
                   AND seat.p = claim.p AND none_of.kind = claim.kind)
        OR EXISTS (SELECT 1 FROM heard WHERE heard.w = claim.w AND heard.p = claim.p
                   AND heard.kind = claim.kind AND status IN ('not_in_force', 'before', 'none'))
        OR (MAX(status = 'changed') = 0 AND MAX(described) = 0 AND EXISTS (
                SELECT 1 FROM told WHERE told.w = claim.w AND told.p = claim.p
                AND role = 'participant' AND wave = 'PRE' AND item = 'exists_today'
                AND ticks LIKE '% ' || claim.kind || ' %')) AS denied,
        EXISTS (SELECT 1 FROM heard WHERE heard.w = claim.w AND heard.p = claim.p
                AND heard.kind = claim.kind AND status IN ('new', 'changed', 'in_force'))
            AS confirmed,
        EXISTS (SELECT 1 FROM verifications JOIN told USING (case_id) JOIN until USING (wave)
                WHERE told.w = claim.w AND told.p = claim.p AND anchor = claim.kind
                AND moment = :moment AND withdrawn_at IS NULL) AS seen,
        (SELECT decision FROM dispute WHERE dispute.w = claim.w AND dispute.p = claim.p
         AND anchor = claim.kind AND decision <> 'undecided'
         ORDER BY wave = 'M12' DESC, number DESC LIMIT 1) AS decided
    FROM claim GROUP BY w, p, kind),
standing AS (
    SELECT w, p, kind, CASE WHEN seen OR decided = 'yes' THEN 'yes' WHEN decided = 'no' THEN 'no'
               WHEN denied THEN 'disputed' ELSE 'yes' END AS state,
           CASE WHEN seen THEN 4 WHEN rejected AND NOT described THEN 1 WHEN confirmed THEN 3
                WHEN described THEN 2 ELSE 1 END AS grade
    FROM anchor),
counting AS (  -- a law counts only beside a procedure that is in force
    SELECT * FROM standing WHERE kind <> 'law' OR EXISTS (
        SELECT 1 FROM standing AS other WHERE other.w = standing.w AND other.p = standing.p
        AND other.kind = 'procedure' AND other.state = 'yes')
      OR (EXISTS (SELECT 1 FROM seat JOIN status USING (who) WHERE seat.w = standing.w
                  AND seat.p = standing.p AND status.kind = 'procedure'
                  AND status.status IN ('before', 'in_force'))
          AND NOT EXISTS (SELECT 1 FROM standing AS other WHERE other.w = standing.w
                          AND other.p = standing.p AND other.kind = 'procedure'))),
embedded AS (
    SELECT w, p, CASE
        WHEN MAX(counting.state = 'yes') THEN 'yes'
        WHEN MAX(counting.state = 'disputed') THEN 'disputed'
        WHEN EXISTS (SELECT 1 FROM unsure WHERE unsure.w = seat.w AND unsure.p = seat.p)
            THEN 'not_known' ELSE 'no' END AS state,
        MAX(CASE WHEN counting.state = 'yes' THEN grade END) AS grade
    FROM seat LEFT JOIN counting USING (w, p) GROUP BY w, p)
"""
DEEDS = ("tried", "in_regular_use", "shared", "accepted", "routine")
ORDER = ("yes", "no", "disputed", "not_known")


class Recount:
    """Counts by delegation of some workshops at six or twelve months, each by a query."""

    def __init__(self, connection: Connection, scope: Sequence[str], moment: str) -> None:
        self.connection = connection
        self.values = {"scope": f" {' '.join(scope)} ", "moment": moment}

    def _rows(self, query: str) -> list[tuple[Any, ...]]:
        found = self.connection.execute(text(STEPS + query), self.values)
        return [tuple(row) for row in found]

    def states(self, figure: str) -> tuple[int, ...]:
        """How many delegations are yes, no, disputed, not known."""
        by_delegation = "SELECT state FROM embedded"
        if figure in DEEDS:
            by_delegation = f"""
                SELECT CASE WHEN MAX({figure}) = 1 THEN 'yes' WHEN COUNT(*) = COUNT({figure})
                       THEN 'no' ELSE 'not_known' END AS state FROM word GROUP BY w, p
            """
        found = Counter(state for (state,) in self._rows(by_delegation))
        return tuple(found[state] for state in ORDER)

    def grades(self) -> tuple[int, ...]:
        """How many embedded delegations have each best grade, from claimed to document seen."""
        rows = self._rows("SELECT grade FROM embedded WHERE state = 'yes'")
        found = Counter(grade for (grade,) in rows)
        return tuple(found[grade] for grade in (1, 2, 3, 4))

    def replied(self, *waves: str) -> int:
        """How many delegations have a usable response of a member in one of some waves."""
        query = f"""
            SELECT COUNT(DISTINCT seat.w || '/' || seat.p) FROM seat JOIN told USING (who)
            WHERE told.role = 'participant' AND told.wave IN ({", ".join(map(repr, waves))})
        """
        return int(self._rows(query)[0][0])

    def row_of_anchors(self, status: str) -> int:
        """How many delegations have an anchor that nobody claims, with a status at best."""
        query = f"""
            SELECT COUNT(DISTINCT w || '/' || p) FROM seat JOIN status USING (who)
            WHERE status.status = '{status}' AND NOT EXISTS (
                SELECT 1 FROM claim WHERE claim.w = seat.w AND claim.p = seat.p
                AND claim.kind = status.kind)
              AND (status.status = 'before' OR NOT EXISTS (
                SELECT 1 FROM seat AS own JOIN status AS better USING (who)
                WHERE own.w = seat.w AND own.p = seat.p AND better.kind = status.kind
                  AND better.status = 'before'))
        """
        return int(self._rows(query)[0][0])
