"""What the office has decided about answers, as queries that start at the cases which count."""

from sqlalchemy import Join, Select, Table, select

from storage import schema

_CASE = schema.cases.c
_ANCHOR = ("case_id", "anchor", "about", "decision", "answered_at", "decided_at")
_TEXT = (
    "case_id",
    "item",
    "fingerprint",
    "state",
    "text",
    "decided_by",
    "decided_at",
    "second_by",
    "translation",
)
_MARKS = (
    "case_id",
    "item",
    "fingerprint",
    "part",
    "themes",
    "taken_back",
    "marked_by",
    "marked_at",
)
_SEEN = ("case_id", "anchor", "verified_by", "how", "verified_at", "withdrawn_at")


def verified(wave_cases: Join) -> Select[tuple[object, ...]]:
    """Return the documents seen, with the workshop, administration and wave of their cases."""
    people = schema.enrolments.c
    where = (people.workshop_code, people.administration_code, schema.waves.c.key)
    return _of(schema.verifications, _SEEN, wave_cases).add_columns(*where)


def about_anchors(wave_cases: Join) -> Select[tuple[object, ...]]:
    """Return the decisions about descriptions and disputes, oldest first."""
    return _of(schema.anchor_decisions, _ANCHOR, wave_cases)


def about_texts(wave_cases: Join) -> Select[tuple[object, ...]]:
    """Return the decisions about texts, oldest first."""
    return _of(schema.text_decisions, _TEXT, wave_cases)


def about_themes(wave_cases: Join) -> Select[tuple[object, ...]]:
    """Return what readers have marked in texts, and decided where they differ, oldest first."""
    return _of(schema.theme_marks, _MARKS, wave_cases)


def code_book() -> Select[tuple[object, ...]]:
    """Return all changes of themes, oldest first; without who made them."""
    table = schema.themes.c
    names = ("code", "name", "definition", "example", "retired", "changed_at")
    return select(*(table[name] for name in names)).order_by(table.id)


def about_help() -> Select[tuple[object, ...]]:
    """Return how far help is that administrations asked for, oldest first; no sentences."""
    change, act = schema.help_changes, schema.help_acts
    told = (change.c[name] for name in ("workshop_code", "administration_code", "help", "state"))
    joined = change.join(act, act.c.id == change.c.act_id)
    return select(*told, act.c.changed_at).select_from(joined).order_by(change.c.id)


def _of(table: Table, columns: tuple[str, ...], wave_cases: Join) -> Select[tuple[object, ...]]:
    joined = wave_cases.join(table, table.c.case_id == _CASE.id)
    return select(*(table.c[name] for name in columns)).select_from(joined).order_by(table.c.id)
