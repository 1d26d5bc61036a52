"""The tables, one schema for SQLite and PostgreSQL. They hold facts; `surveys` derives statuses.

Names are in `participants`, addresses in `addresses`; `analysis` reads neither. For a short time they
are also in `walk_ins` and `notices`.
"""

from sqlalchemy import (
    DDL,
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
    false,
    text,
    true,
)

from storage.indexes import PartialIndex
from storage.types import UtcDateTime

REVISION = "0036"
"""The newest revision in `storage.migrations`: a database that has it is opened without Alembic."""

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _one(name: str, *columns: str, where: str) -> Index:
    """Return the index that allows one row with these columns among those that meet a condition."""
    return PartialIndex(name, *columns, unique=True, where=where)


administrations = Table(
    "administrations",
    metadata,
    Column("code", String(8), primary_key=True),
    Column("name", Text, nullable=False),
    Column("subregion", Text, nullable=False),
    Column("timezone", Text, nullable=False),
    Column("weekend", JSON, nullable=False),  # list of weekday numbers, Monday is 0
    Column("languages", JSON, nullable=False),
    Column("telegram", String(16), nullable=False),
    Column("note", Text, nullable=False),
    Column("sids", Boolean, nullable=False, server_default=false()),  # a small island State
    Column("ldc", String(10), nullable=False, server_default=""),  # yes, or the day of leaving
)

workshops = Table(
    "workshops",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("title", Text, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("city", Text, nullable=False),
    Column("country", String(8), nullable=False),
    Column("plan", String(40), nullable=False),
    Column("note", Text, nullable=False),
    Column("cancelled_at", UtcDateTime),
    Column("hold_reason", Text, nullable=False, server_default=""),
    Column("remind_on", Date),  # when organisers are reminded of the hold
    Column("planned_since", UtcDateTime),  # when its days were given, confirmed or released
    Column("held_at", UtcDateTime),
    Column("moved_at", UtcDateTime),  # when staff moved it; calendars then ask before they do
    Index("ix_workshops_ends_on", "ends_on"),
)

workshop_names = Table(  # other names of a workshop: its former codes, its numbers in calendars
    "workshop_names",
    metadata,
    Column("kind", String(8), primary_key=True),  # code or uid
    Column("name", String(255), primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False),
    Index("ix_workshop_names_workshop_code", "workshop_code"),
)

added_waves = Table(  # waves of one workshop beside those of its plan
    "added_waves",
    metadata,
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), primary_key=True),
    Column("key", String(24), primary_key=True),
    Column("role", String(16), nullable=False),
    Column("questionnaire", String(24), nullable=False),
    Column("opens", String(40), nullable=False),  # as in a plan ("end + 3 months"), or a day
    Column("open_days", Integer, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("added_by", Text, nullable=False),
)

plans = Table(  # of the office; packaged ones are in the program
    "plans",
    metadata,
    Column("key", String(40), primary_key=True),
    Column("body", Text, nullable=False),  # YAML
    Column("changed_at", UtcDateTime, nullable=False),
    Column("changed_by", Text, nullable=False),
)

workshop_donors = Table(
    "workshop_donors",
    metadata,
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), primary_key=True),
    Column("donor", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
)

programmes = Table(  # a train-the-trainer workshop, an operation, a follow-up workshop
    "programmes",
    metadata,
    Column("code", String(40), primary_key=True),
    Column("operation", Text, nullable=False),
    Column("days", Integer),
    Column("month", String(7), nullable=False),  # such as 2015-12; empty if unknown
    Column("trainers_workshop", ForeignKey("workshops.code")),
    Column("trainers_month", String(7), nullable=False),
    Column("follow_up_workshop", ForeignKey("workshops.code")),
    Column("follow_up_month", String(7), nullable=False),
)

operation_results = Table(
    "operation_results",
    metadata,
    Column("programme_code", ForeignKey("programmes.code", ondelete="CASCADE"), primary_key=True),
    Column("kind", String(80), primary_key=True),  # of goods; empty for all of them
    Column("unit", String(16), primary_key=True),
    Column("amount", BigInteger, nullable=False),  # whole ones
    Column("position", Integer, nullable=False),
    Column("thousandths", Integer, nullable=False, server_default="0"),  # beside the whole ones
)

participants = Table(
    "participants",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(24), nullable=False, unique=True),  # opaque
    Column("name", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("timezone", Text),
    Column("stopped_at", UtcDateTime),
    Column("channel", String(16)),  # set if the person chose one
    Column("erased_at", UtcDateTime),  # only the code and facts without a name are left
    Column("answers_kept", Boolean),  # whether an erased person agreed to keep them
    Column("stop_reason", String(16), nullable=False, server_default=""),  # set if the office did
    Column("paused_until", Date),  # the local day on which messages go on
    Column("title", Text, nullable=False, server_default=""),  # as a list gave it, such as "Dr."
    Index("ix_participants_language", "language"),
)

WAITS_FOR_OFFICE = text("addresses.state = 'waiting'")
IS_LOST = text("addresses.state IN ('blocked', 'deleted', 'unreachable')")
"""Conditions without parameters, as that of `IS_UNREACHABLE`."""

addresses = Table(
    "addresses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("reason", Text, nullable=False, server_default=""),
    Column("since", UtcDateTime, nullable=False),
    Column("text_number", BigInteger),  # the place in the chat of the text that came last
    Column("text_at", UtcDateTime),  # when it was written, by the clock of the channel
    UniqueConstraint("channel", "identifier"),
    Index("ix_addresses_participant_id", "participant_id"),
    PartialIndex(
        "ix_addresses_waiting",
        "since",
        where="state = 'waiting'",
    ),
    PartialIndex(
        "ix_addresses_lost",
        "participant_id",
        where="state IN ('blocked', 'deleted', 'unreachable')",
    ),
)

enrolments = Table(
    "enrolments",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code"), nullable=False),
    Column("participant_id", ForeignKey("participants.id"), nullable=False),
    Column("role", String(16), nullable=False),
    Column("administration_code", ForeignKey("administrations.code"), nullable=False),
    Column("present_administration", ForeignKey("administrations.code")),  # after a later move
    Column("about_enrolment_id", ForeignKey("enrolments.id")),  # answered about, or predecessor
    Column("enrolled_at", UtcDateTime, nullable=False),
    Column("consent_version", Integer),
    Column("consented_at", UtcDateTime),
    Column("declined_once_at", UtcDateTime),
    Column("refused_at", UtcDateTime),
    Column("withdrawn_at", UtcDateTime),
    Column("handed_over_at", UtcDateTime),  # a contact point whose successor has joined
    Column("elearning", String(16)),  # progress, as a list gives it
    Column("elearning_reminder_at", UtcDateTime),  # when its one reminder is due
    Column("elearning_reminded_at", UtcDateTime),  # when it was claimed, once
    Column("passed_over_at", UtcDateTime),  # a contact point out of reach: the next one is asked
    Column("removed_at", UtcDateTime),  # taken off the workshop by the office
    Column("removed_why", String(16), nullable=False, server_default=""),
    Column("listed", JSON),  # short hashes of what the newest list said, by field
    Column("present_since", UtcDateTime),  # the day of the later move
    UniqueConstraint("workshop_code", "participant_id", "role"),
    Index("ix_enrolments_participant_id", "participant_id"),
    Index("ix_enrolments_elearning_reminder_at", "elearning_reminder_at"),
)

left_out = (
    Table(  # people who are not asked in one wave, by the office; it may not have opened yet
        "left_out",
        metadata,
        Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True),
        Column("wave_key", String(24), primary_key=True),
        Column("left_out_at", UtcDateTime, nullable=False),
    )
)

merges = Table(  # two entries of one person; `moved` is what undoing needs
    "merges",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kept_id", ForeignKey("participants.id"), nullable=False),
    Column("other_id", ForeignKey("participants.id"), nullable=False),
    Column("merged_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Column("moved", JSON, nullable=False),  # ids of moved rows, and the rows that were set aside
    _one("ix_merges_in_force", "other_id", where="undone_at IS NULL"),
)

people_apart = Table(  # entries that look like one person, and are two: the office has said so
    "people_apart",
    metadata,
    Column("one_id", ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True),
    Column("other_id", ForeignKey("participants.id", ondelete="CASCADE"), primary_key=True),
    Column("decided_at", UtcDateTime, nullable=False),
    Index("ix_people_apart_other_id", "other_id"),
)

imports = Table(  # files of people for a workshop, or of workshops; not their content
    "imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE")),  # none: a calendar
    Column("ending", String(8), nullable=False),  # of the name of the file, such as .xlsx
    Column("file_hash", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("undone_at", UtcDateTime),
    Index("ix_imports_workshop_code", "workshop_code"),
)

import_changes = (
    Table(  # what an import did, a row for each person enrolled and each value changed
        "import_changes",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("import_id", ForeignKey("imports.id", ondelete="CASCADE"), nullable=False),
        Column("participant_id", ForeignKey("participants.id"), nullable=False),
        Column("enrolment_id", ForeignKey("enrolments.id", ondelete="SET NULL")),
        Column("field", String(16), nullable=False),
        Column("before", Text),
        Column("after", Text),
        Column("undone_at", UtcDateTime),
        Index("ix_import_changes_import_id", "import_id"),
        Index("ix_import_changes_participant_id", "participant_id"),
        Index("ix_import_changes_enrolment_id", "enrolment_id"),
    )
)

calendar_changes = Table(  # what the import of a calendar did, a row for each workshop
    "calendar_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("imports.id", ondelete="CASCADE"), nullable=False),
    Column("workshop_code", String(40), nullable=False),  # which may be gone
    Column("before", JSON(none_as_null=True)),  # none for a new workshop
    Column("after", JSON, nullable=False),
    Column("undone_at", UtcDateTime),
    Index("ix_calendar_changes_import_id", "import_id"),
)

list_columns = Table(  # which column of a list is what, as people chose for files of a shape
    "list_columns",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("shape", String(64), nullable=False, unique=True),  # a hash of the headings
    Column("kind", String(16), nullable=False),
    Column("columns", JSON, nullable=False),  # numbers by field, 0 for none
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("forgotten_at", UtcDateTime),
)

keys = Table(  # random keys of hashes
    "keys",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("secret", String(64), nullable=False),
)

erased_marks = Table(  # keyed hashes by which a list is known to name an erased person
    "erased_marks",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("erased_at", UtcDateTime, nullable=False),
)

codes = Table(  # one-time enrolment codes, as hashes
    "codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("used_at", UtcDateTime),
    Column("used_by", Integer),  # the address that used it
    Column("revoked_at", UtcDateTime),
    Column(
        "seed", String(32)
    ),  # with the key of the office it gives the code; none for random ones
    Index("ix_codes_enrolment_id", "enrolment_id"),
    _one("ix_codes_unused", "enrolment_id", where="used_at IS NULL AND revoked_at IS NULL"),
)

room_codes = Table(  # for the room of a workshop on one day; the office confirms the guests
    "room_codes",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("made_by", Text, nullable=False),
    Column("begins_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("revoked_at", UtcDateTime),
    _one("ix_room_codes_not_ended", "workshop_code", where="revoked_at IS NULL"),
)

room_guests = Table(  # chats that sent a room code and are asked who they are, as hashes
    "room_guests",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("room_hash", ForeignKey("room_codes.hash", ondelete="CASCADE"), nullable=False),
    Column("came_at", UtcDateTime, nullable=False),
)

walk_ins = Table(  # guests of a room who are on no list and wait for an organiser
    "walk_ins",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("room_hash", ForeignKey("room_codes.hash", ondelete="CASCADE"), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("language", String(12), nullable=False),
    Column("name", Text, nullable=False),
    Column("administration_code", ForeignKey("administrations.code"), nullable=False),
    Column("asked_at", UtcDateTime, nullable=False),
    UniqueConstraint("channel", "identifier"),
)

links = Table(  # personal links to the web page, as hashes of their secrets
    "links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("purpose", String(16), nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime),  # none for stop links
    Column("revoked_at", UtcDateTime),
    Index("ix_links_enrolment_id", "enrolment_id"),
)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("key", String(24), primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("revision", Integer, primary_key=True),  # 0, then one more for each text correction
    Column("checksum", String(64), nullable=False),
    Column("body", Text, nullable=False),  # canonical JSON; never changes
    Column("published_at", UtcDateTime, nullable=False),
    Column("base_version", Integer),  # the base of a version with a workshop's own lists
    Column("workshop_code", ForeignKey("workshops.code")),
)

workshop_lists = Table(  # the newest ones; a wave pins those at its opening
    "workshop_lists",
    metadata,
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), primary_key=True),
    Column("list_name", String(64), primary_key=True),
    Column("options", Text, nullable=False),  # JSON: options as in a questionnaire
    Column("changed_at", UtcDateTime, nullable=False),
)

text_changes = Table(  # of plans, choices of workshops, questionnaires, programmes: for their undo
    "text_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("plan", String(40), index=True),  # its key, or
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), index=True),
    Column("before", Text, nullable=False),  # "" for no plan; choices are JSON by list
    Column("after", Text, nullable=False),
    Column("undoes", Integer),  # the number of the change that it takes back
    Column("in_open_waves", Boolean, nullable=False, server_default=false()),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("questionnaire", String(24), index=True),  # whose texts were corrected
    Column("programme", String(40), index=True),
    Column("corrected", Text, nullable=False, server_default="[]"),  # JSON: key, version, revision
)

questionnaire_drafts = Table(  # sent by organisers and checked; published on their command
    "questionnaire_drafts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("body", Text, nullable=False),
    Column("sent_by", Text, nullable=False),  # a staff code
    Column("sent_at", UtcDateTime, nullable=False),
    Column("published_at", UtcDateTime),
    Column("published_version", Integer),
)

waves = Table(  # those that opened, and planned ones about which the office has decided something
    "waves",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code"), nullable=False),
    Column("key", String(24), nullable=False),
    Column("role", String(16), nullable=False),
    Column("questionnaire_key", String(24)),  # pinned at opening
    Column("questionnaire_version", Integer),
    Column("opens_on", Date, nullable=False),
    Column("closes_on", Date, nullable=False),
    Column("host_zone", Text),  # the host's time zone, if people are asked in it
    Column("opened_at", UtcDateTime),
    Column("opened_by", Text, nullable=False, server_default=""),  # "plan", or a member of staff
    Column("held_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("missed_at", UtcDateTime),  # its last day passed before it opened
    Column("midpoint_told_at", UtcDateTime),  # when organisers were told the progress
    Column("hold_reason", Text, nullable=False, server_default=""),
    Column("remind_on", Date),  # when organisers are reminded of the hold
    Column("sends_from", UtcDateTime),  # no message leaves before; set if it was opened by hand
    Column("days_set_at", UtcDateTime),  # when its days were set by hand
    Column("asked_at", UtcDateTime),  # since when it waits for a yes of the office
    Column("skipped_at", UtcDateTime),
    Column("asks_files", Boolean, nullable=False, server_default=false()),  # to be shown
    UniqueConstraint("workshop_code", "key"),
    PartialIndex(
        "ix_waves_not_closed",
        "workshop_code",
        where="closed_at IS NULL",
    ),
    PartialIndex(  # which questionnaires are asked now
        "ix_waves_asking",
        "questionnaire_key",
        "questionnaire_version",
        where="opened_at IS NOT NULL AND closed_at IS NULL",
    ),
)

due_workshops = Table(  # when a round checks the waves of a workshop; it then deletes the row
    "due_workshops",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False),
    Column("at", UtcDateTime, nullable=False),
    Index("ix_due_workshops_at", "at"),
    Index("ix_due_workshops_workshop_code", "workshop_code"),
)

language_fallbacks = Table(  # languages without a translation, to be asked in the default language
    "language_fallbacks",
    metadata,
    Column("workshop_code", ForeignKey("workshops.code"), primary_key=True),
    Column("wave_key", String(24), primary_key=True),  # the wave may not have opened yet
    Column("language", String(12), primary_key=True),
    Column("accepted_at", UtcDateTime, nullable=False),
    Column("accepted_by", Text, nullable=False),
)

IS_UNREACHABLE = text("cases.hold = 'unreachable' AND cases.closed_at IS NULL")
IS_FAULTY = text("cases.hold = 'fault' AND cases.closed_at IS NULL")
"""Conditions without parameters, so that SQLite finds the partial index that has the same one."""

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("wave_id", ForeignKey("waves.id"), nullable=False),
    Column("enrolment_id", ForeignKey("enrolments.id"), nullable=False),
    Column("created_at", UtcDateTime, nullable=False),
    Column("language", String(12)),  # chosen for this interview
    Column("started_at", UtcDateTime),
    Column("completed_at", UtcDateTime),
    Column("closed_at", UtcDateTime),
    Column("answered", Integer, nullable=False, server_default="0"),  # of `asked` on the route
    Column("asked", Integer, nullable=False, server_default="0"),
    Column("position", String(64)),  # the item a person went back to
    Column("draft", Text),  # ticks of the question asked, before Done
    Column("asked_at", UtcDateTime),  # when a question of this case was last shown
    Column("card_address_id", ForeignKey("addresses.id", ondelete="SET NULL")),
    Column("card_ref", String(64)),  # the one message this interview lives in
    Column("shown_item", String(64)),  # the question last delivered there
    Column("next_contact_at", UtcDateTime),
    Column("next_contact_kind", String(16)),
    Column("hold", String(24), nullable=False, server_default=""),  # why no contact is due
    Column("disposition", String(16)),  # frozen at closing
    Column("disposition_detail", String(24)),
    Column("entered_mode", String(16)),  # paper or telephone; imported: from an earlier table
    Column("entered_by", String(24)),  # who entered last, by staff code
    Column("next_contact_channel", String(16), nullable=False, server_default=""),
    Column("set_aside_at", UtcDateTime),  # by the office: such a case is in no figure
    Column("set_aside_reason", Text, nullable=False, server_default=""),
    Column("reopened_until", UtcDateTime),  # the office has opened this case of a closed wave
    UniqueConstraint("wave_id", "enrolment_id"),
    PartialIndex(
        "ix_cases_next_contact_at",
        "next_contact_at",
        where="next_contact_at IS NOT NULL",
    ),
    PartialIndex(  # what one channel has to send: the queues of others may be long
        "ix_cases_next_contact_channel",
        "next_contact_channel",
        "next_contact_at",
        where="next_contact_at IS NOT NULL",
    ),
    Index("ix_cases_enrolment_id", "enrolment_id"),
    PartialIndex(
        "ix_cases_unreachable",
        "id",
        where="hold = 'unreachable' AND closed_at IS NULL",
    ),
    PartialIndex(
        "ix_cases_faulty",
        "id",
        where="hold = 'fault' AND closed_at IS NULL",
    ),
    Index("ix_cases_card_address_id", "card_address_id"),
)

IS_IN_FLIGHT = text("attempts.outcome IN ('claimed', 'leaving')")
IS_UNKNOWN = text("attempts.outcome = 'unknown'")
"""Conditions without parameters, so that SQLite finds the partial index that has the same one."""

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("ordinal", Integer, nullable=False),
    Column("kind", String(16), nullable=False),
    Column("address_id", ForeignKey("addresses.id", ondelete="SET NULL")),
    Column("channel", String(16), nullable=False),
    Column("claimed_at", UtcDateTime, nullable=False),
    Column("claimed_by", Integer, nullable=False),  # the number of the process
    Column("outcome", String(16), nullable=False),
    Column("outcome_at", UtcDateTime),
    Column("retry_at", UtcDateTime),
    Column("detail", String(40), nullable=False, server_default=""),  # such as blocked
    Column("ref", String(64)),  # the message, if the channel identifies it
    UniqueConstraint("case_id", "ordinal"),
    *(
        PartialIndex(name, column, where=these)
        for name, column, these in (
            ("ix_attempts_in_flight", "claimed_by", "outcome IN ('claimed', 'leaving')"),
            ("ix_attempts_unknown", "case_id", "outcome = 'unknown'"),
        )
    ),
    Index("ix_attempts_address_id", "address_id"),
)

answers = Table(
    "answers",
    metadata,
    Column("case_id", ForeignKey("cases.id"), primary_key=True),
    Column("item", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("language", String(12), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
)

answer_history = Table(
    "answer_history",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id"), nullable=False),
    Column("item", String(64), nullable=False),
    Column("value", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("language", String(12), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
    Column("replaced_at", UtcDateTime, nullable=False),
    Column("why", String(16), nullable=False),  # changed or cleared
    Index("ix_answer_history_case_id", "case_id"),
)

answer_imports = Table(  # tables of earlier answers that were imported into a wave
    "answer_imports",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("wave_id", ForeignKey("waves.id", ondelete="CASCADE"), nullable=False),
    Column("ending", String(8), nullable=False),  # of the name of the file, such as .xlsx
    Column("file_hash", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("finished_at", UtcDateTime),  # none: it ended half-way, and goes on when sent again
    Column("undone_at", UtcDateTime),
    Column("wave_before", JSON(none_as_null=True)),  # of a wave that opened for the import
    _one("ix_answer_imports_in_force", "wave_id", "file_hash", where="undone_at IS NULL"),
)

imported_cases = Table(  # cases whose answers come from an earlier table
    "imported_cases",
    metadata,
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), primary_key=True),
    Column("import_id", ForeignKey("answer_imports.id", ondelete="CASCADE"), nullable=False),
    Column("made", Boolean, nullable=False),  # by the import; else it was there without answers
    Index("ix_imported_cases_import_id", "import_id"),
)

unlinked_responses = Table(  # from earlier tables, of nobody whom the office knows
    "unlinked_responses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("import_id", ForeignKey("answer_imports.id", ondelete="CASCADE"), nullable=False),
    Column("row", Integer, nullable=False),  # in the table
    Column("administration_code", ForeignKey("administrations.code")),  # none: not told
    Column("created_at", UtcDateTime, nullable=False),
    Column("started_at", UtcDateTime, nullable=False),
    Column("completed_at", UtcDateTime),
    Column("answered", Integer, nullable=False),
    Column("asked", Integer, nullable=False),
    Column("disposition", String(16), nullable=False),
    UniqueConstraint("import_id", "row"),
)

unlinked_answers = Table(
    "unlinked_answers",
    metadata,
    Column(
        "response_id", ForeignKey("unlinked_responses.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("item", String(64), primary_key=True),
    Column("value", Text, nullable=False),
    Column("state", String(16), nullable=False),
    Column("language", String(12), nullable=False),
    Column("answered_at", UtcDateTime, nullable=False),
)

verifications = Table(  # staff has seen evidence of an anchor that a person reported
    "verifications",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("anchor", String(64), nullable=False),
    Column("verified_by", Text, nullable=False),
    Column("how", Text, nullable=False),
    Column("verified_at", UtcDateTime, nullable=False),
    Column("withdrawn_at", UtcDateTime),
    Column("withdrawn_by", Text, nullable=False, server_default=""),
    Index("ix_verifications_case_id", "case_id"),
    _one("ix_verifications_in_force", "case_id", "anchor", where="withdrawn_at IS NULL"),
)

files = Table(  # shown by people, or seen by the office; each lies in a folder, under its name
    "files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", String(32), nullable=False, unique=True),  # random; says nothing of the sender
    Column("case_id", ForeignKey("cases.id", ondelete="SET NULL")),  # none: it is to be removed
    Column("about", String(8), nullable=False),  # claim: seen by the office; answer: of the person
    Column("item", String(64), nullable=False),  # the anchor, or the question that it answers
    Column("kind", String(8), nullable=False),  # pdf, jpeg, png, docx: what the content is
    Column("size", Integer, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("with_claim", Boolean, nullable=False),  # the claim was verified by adding it
    Column("added_by", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Index("ix_files_case_id", "case_id"),
    PartialIndex(
        "ix_files_gone",
        "id",
        where="case_id IS NULL",
    ),
)

anchor_decisions = Table(  # what the office says of an anchor; the newest row counts
    "anchor_decisions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("anchor", String(64), nullable=False),
    Column("about", String(16), nullable=False),  # description, dispute
    Column("decision", String(16), nullable=False),  # accepted, rejected; yes, no; undecided
    Column("answered_at", UtcDateTime),  # when the description that was read was written
    Column("decided_by", Text, nullable=False),
    Column("decided_at", UtcDateTime, nullable=False),
    Index("ix_anchor_decisions_case_id", "case_id"),
)

text_decisions = (
    Table(  # whether a text may be quoted, and as what; the newest row of a text counts
        "text_decisions",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
        Column("item", String(64), nullable=False),
        Column("fingerprint", String(64), nullable=False),  # of the text that was read
        Column("answered_at", UtcDateTime, nullable=False),  # when that text was written
        Column("state", String(16), nullable=False),  # released, withheld, unread
        Column("text", Text, nullable=False),  # as released
        Column("decided_by", Text, nullable=False),
        Column("decided_at", UtcDateTime, nullable=False),
        Column("second_by", Text, nullable=False, server_default=""),  # who else has read it
        Column("second_at", UtcDateTime),
        Column("translation", Text, nullable=False, server_default=""),  # into English, if any
        Column("reason", String(16), nullable=False, server_default=""),  # why it is withheld
        Index("ix_text_decisions_case_id", "case_id"),
    )
)

themes = Table(  # the code book of the office; the newest change of a theme counts
    "themes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(20), nullable=False),
    Column("change", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("definition", Text, nullable=False),
    Column("example", Text, nullable=False),
    Column("retired", Boolean, nullable=False),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_themes_code_change", "code", "change", unique=True),
)

theme_marks = Table(  # the themes of a text; the newest of a reader counts, or that of a decision
    "theme_marks",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_id", ForeignKey("cases.id", ondelete="CASCADE"), nullable=False),
    Column("item", String(64), nullable=False),
    Column("fingerprint", String(64), nullable=False),  # of the text that was read; or gone
    Column("answered_at", UtcDateTime, nullable=False),  # when that text was written
    Column("part", String(16), nullable=False),  # reading, decision
    Column("themes", Text, nullable=False),  # codes with spaces between them; empty for none
    Column("taken_back", Boolean, nullable=False),
    Column("marked_by", Text, nullable=False),
    Column("marked_at", UtcDateTime, nullable=False),
    Index("ix_theme_marks_case_id", "case_id"),
)

recommendations = Table(  # of the report on a fiscal year; what they say are their changes
    "recommendations",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("fiscal_year", Integer, nullable=False),  # the year in which it begins
    Column(
        "rule", String(40), nullable=False
    ),  # what proposed it, such as obstacle:staff, or empty
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index("ix_recommendations_fiscal_year", "fiscal_year"),
    _one("ix_recommendations_rule", "fiscal_year", "rule", where="rule <> ''"),
)

recommendation_changes = Table(  # the newest row of a recommendation counts
    "recommendation_changes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column(
        "recommendation_id", ForeignKey("recommendations.id", ondelete="CASCADE"), nullable=False
    ),
    Column("words", Text, nullable=False),
    Column("owner", Text, nullable=False, server_default=""),  # a body or a post, not a person
    Column("due_on", Date),
    Column("state", String(16), nullable=False),  # proposed, released, withdrawn
    Column("outcome", String(16), nullable=False, server_default="open"),  # open, done, dropped
    Column("outcome_words", Text, nullable=False, server_default=""),
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_recommendation_changes_recommendation_id", "recommendation_id"),
)

next_steps = Table(  # what the office does next, by the scope of a report; the newest row counts
    "next_steps",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String(80), nullable=False),
    Column("step", String(20), nullable=False),  # a rule, such as help, or own-1
    Column("change", Integer, nullable=False),
    Column("words", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("state", String(16), nullable=False),  # office, released, dropped
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Index("ix_next_steps_scope_step_change", "scope", "step", "change", unique=True),
)

help_acts = (
    Table(  # of the office about help that people asked for; an undo takes back a whole one
        "help_acts",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("changed_by", Text, nullable=False),
        Column("changed_at", UtcDateTime, nullable=False),
    )
)

help_changes = (
    Table(  # where the help that an administration asked for stands; the newest row counts
        "help_changes",
        metadata,
        Column("id", Integer, primary_key=True),
        Column("act_id", ForeignKey("help_acts.id", ondelete="CASCADE"), nullable=False),
        Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False),
        Column("administration_code", ForeignKey("administrations.code"), nullable=False),
        Column("help", String(64), nullable=False),  # the option of the questionnaire
        Column("state", String(16), nullable=False),  # waiting, taken, done
        Column("due_on", Date),
        Column("sentence", Text, nullable=False, server_default=""),  # what was done, in English
        Column("translations", JSON, nullable=False),  # of the sentence, by language
        Column("approved", Boolean, nullable=False, server_default=false()),  # invitations say it
        Index("ix_help_changes_act_id", "act_id"),
        Index("ix_help_changes_workshop_code", "workshop_code"),
    )
)

help_told = Table(  # who was told in an invitation what was done, before it leaves: once
    "help_told",
    metadata,
    Column("enrolment_id", ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True),
    Column("help", String(64), primary_key=True),
    # NULL: by a message of an invitation that a merge has set aside
    Column("attempt_id", ForeignKey("attempts.id", ondelete="CASCADE")),
    Column("told_at", UtcDateTime, nullable=False),
    Index("ix_help_told_attempt_id", "attempt_id"),
)

digest_wishes = Table(  # members of staff who wish a message at the beginning of each month
    "digest_wishes",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("way", String(8), nullable=False),  # chat or email
    Column("wished_at", UtcDateTime, nullable=False),
)

digests = Table(  # the monthly messages; the row is stored before the first byte
    "digests",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("month", String(7), primary_key=True),  # in which it is sent, such as 2018-12
    Column("left_at", UtcDateTime, nullable=False),  # or since when it is claimed
    # claimed, leaving, sent, failed or unknown
    Column("outcome", String(16), nullable=False, server_default="sent"),
)

office_messages = Table(  # what people wrote to the office that answers no question
    "office_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("participant_id", ForeignKey("participants.id", ondelete="CASCADE"), nullable=False),
    Column("text", Text, nullable=False),
    Column("written_at", UtcDateTime, nullable=False),
    Column("settled_by", Text, nullable=False, server_default=""),  # a staff code
    Column("settled_at", UtcDateTime),
    Index("ix_office_messages_participant_id", "participant_id"),
)

report_statuses = Table(  # the newest row of a scope is its status
    "report_statuses",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String(80), nullable=False),  # a workshop, a fiscal year, or all
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("level", String(16), nullable=False),  # public, members, rocb
    Column("changed_by", Text, nullable=False),
    Column("changed_at", UtcDateTime, nullable=False),
    Column("cut_off_at", UtcDateTime),  # the newest moment in a presented or final version
    Index("ix_report_statuses_scope", "scope"),
)

report_cut_offs = Table(  # the moment until which a version counts a wave; others are not in it
    "report_cut_offs",
    metadata,
    Column("scope", String(80), primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("workshop", String(40), primary_key=True),
    Column("wave", String(24), primary_key=True),
    Column("cut_off_at", UtcDateTime, nullable=False),
)

report_files = Table(  # what readers outside got; only quotes of the erased are taken out
    "report_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("scope", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("level", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("whom", String(80), nullable=False),  # a donor or an administration, or empty
    Column("language", String(12), nullable=False),
    Column("form", String(16), nullable=False),  # json: the figures; told: for later reports
    Column("content", LargeBinary, nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Index(
        "ix_report_files_same",
        *("scope", "version", "status", "level", "audience", "whom", "language", "form"),
        unique=True,
    ),
)

share_links = Table(  # addresses of one edition for its readers, as hashes of their secrets
    "share_links",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(16), nullable=False, unique=True),
    Column("kind", String(8), nullable=False),  # a page for readers, or a feed for a program
    Column("hash", String(64), nullable=False, unique=True),
    Column("scope", String(80), nullable=False),
    Column("version", Integer, nullable=False),
    Column("status", String(16), nullable=False),
    Column("level", String(16), nullable=False),
    Column("audience", String(16), nullable=False),
    Column("whom", String(80), nullable=False),
    Column("language", String(12), nullable=False),
    Column("label", Text, nullable=False),  # for whom it is; only staff see it
    Column("passphrase", String(200), nullable=False, server_default=""),  # salted and hashed
    Column("made_by", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("ends_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("opened", Integer, nullable=False, server_default="0"),
    Column("opened_at", UtcDateTime),  # last
    Column("tries", Integer, nullable=False, server_default="0"),  # wrong passphrases in a row
    Column("tried_at", UtcDateTime),
    Index("ix_share_links_scope", "scope"),
)

heartbeats = Table(  # when each job ran last, for other processes to check
    "heartbeats",
    metadata,
    Column("name", String(16), primary_key=True),
    Column("at", UtcDateTime, nullable=False),
)

notices = Table(  # to chats of staff; sent ones stay for a week, so that none is repeated
    "notices",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", String(16), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("next_at", UtcDateTime),  # when it is sent (again); empty once it was sent
    Column("doubts", Integer, nullable=False, server_default="0"),  # possible deliveries
    Column("button", String(64), nullable=False, server_default=""),  # token of its button
    Column("for_role", String(16), nullable=False, server_default=""),  # who may read it
    Column("text_hash", String(64), nullable=False, server_default=""),  # long texts have no index
    Column("is_reply", Boolean, nullable=False, server_default=false()),  # to what a person sent
    Index("ix_notices_same", "channel", "identifier", "text_hash", unique=True),
)

staff = Table(  # the office; a chat joins with a one-time code
    "staff",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", String(24), nullable=False, unique=True),  # opaque
    Column("role", String(16), nullable=False),
    Column("label", Text, nullable=False),  # chosen by the office
    Column("scope", JSON, nullable=False),  # workshops and donors a manager may see; empty for all
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("channel", String(16)),
    Column("identifier", Text),
    Column("added_by", Text, nullable=False),
    Column("added_at", UtcDateTime, nullable=False),
    Column("joined_at", UtcDateTime),
    Column("removed_at", UtcDateTime),
    Column("email", Text),  # where letters to sign in go; erased with the access
    Column("email_before", Text),  # which the present one has replaced
    _one("ix_staff_channel_identifier", "channel", "identifier", where="removed_at IS NULL"),
    _one("ix_staff_email", "email", where="removed_at IS NULL"),
)

sign_in_links = Table(  # to the desk in the browser, as hashes of their secrets
    "sign_in_links",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("made_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Column("once", Boolean, nullable=False, server_default=true()),
    Column("used_at", UtcDateTime),
    Index("ix_sign_in_links_staff", "staff_id"),
)

sign_in_wishes = Table(  # somebody typed an address; a letter leaves if it is one of the staff
    "sign_in_wishes",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE")),  # NULL: no letter is sent
    Column("asked_at", UtcDateTime, nullable=False),
    Column("left_at", UtcDateTime),  # just before the first byte of its letter
    Index("ix_sign_in_wishes_staff", "staff_id"),
    Index("ix_sign_in_wishes_asked_at", "asked_at"),
)

desk_sessions = Table(  # browsers in which somebody is signed in, as hashes of their cookies
    "desk_sessions",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("hash", String(64), nullable=False, unique=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("role", String(16), nullable=False),  # at the sign-in; a session ends when it changes
    Column("browser", String(80), nullable=False),  # such as "Firefox on Windows"
    Column("began_at", UtcDateTime, nullable=False),
    Column("seen_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),
    Column("note", JSON),  # what the last act said, and its undo
    Index("ix_desk_sessions_staff", "staff_id"),
)

staff_accounts = Table(  # accounts of the office with which members sign in to the desk
    "staff_accounts",
    metadata,
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True),
    Column("issuer", Text, nullable=False),
    Column("subject", String(255), nullable=False),  # who it is at the provider; no address
    Column("by_email", Boolean, nullable=False),  # known by the address of the member
    Column("bound_at", UtcDateTime, nullable=False),
    Column("ended_at", UtcDateTime),  # does not sign in any more
    UniqueConstraint("issuer", "subject"),
)

used_sign_ins = Table(  # answers of the provider that were taken, as hashes: each works once
    "used_sign_ins",
    metadata,
    Column("hash", String(64), primary_key=True),
    Column("used_at", UtcDateTime, nullable=False),
    Index("ix_used_sign_ins_used_at", "used_at"),
)

jobs = Table(  # long work that staff have begun at the desk
    "jobs",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", String(24), nullable=False),
    Column("about", Text, nullable=False),  # in codes
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("address", Text, nullable=False),  # of the page that began it, below /desk
    Column("state", String(16), nullable=False),
    Column("done", Integer, nullable=False, server_default="0"),
    Column("total", Integer, nullable=False, server_default="0"),  # 0 while nobody knows it
    Column("said", Text, nullable=False, server_default=""),
    Column("began_at", UtcDateTime, nullable=False),
    Column("beat_at", UtcDateTime, nullable=False),  # the last sign of life, or the end
    Column("file_name", Text, nullable=False, server_default=""),
    Column("media_type", Text, nullable=False, server_default=""),
    Column("content", LargeBinary),  # of its file, kept for an hour
    Column("after", JSON),  # the undo of what was done, and the page that shows it
    Index("ix_jobs_beat_at", "beat_at"),
    Index("ix_jobs_staff", "staff_id"),
    _one("ix_jobs_running", "kind", "about", where="state = 'running'"),
)

waiting_files = Table(  # lists that organisers sent and have not saved yet; deleted when they end
    "waiting_files",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("staff_id", ForeignKey("staff.id", ondelete="CASCADE"), nullable=False),
    Column("workshop_code", Text, nullable=False),  # "" for a calendar
    Column("name", String(80), nullable=False),  # of the file, for messages to its sender
    Column("content", LargeBinary, nullable=False),
    Column("answers", JSON, nullable=False),
    Column("later", Boolean, nullable=False, server_default=false()),  # for all organisers
    Column("sent_at", UtcDateTime, nullable=False),
    Column("expires_at", UtcDateTime, nullable=False),
    Index("ix_waiting_files_expires_at", "expires_at"),
)

wave_messages = Table(  # messages in which chats of staff follow a wave
    "wave_messages",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("workshop_code", ForeignKey("workshops.code", ondelete="CASCADE"), nullable=False),
    Column("key", String(24), nullable=False),
    Column("channel", String(16), nullable=False),
    Column("identifier", Text, nullable=False),
    Column("member", String(24), nullable=False),  # a staff code
    Column("ref", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("shown_at", UtcDateTime, nullable=False),
    Index("ix_wave_messages_chat", "workshop_code", "key", "channel", "identifier", unique=True),
)

inbox = Table(  # what a messenger has brought; a settled row is a number without content for a day
    "inbox",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bot", BigInteger, nullable=False),  # the number before the colon of its token
    Column("number", BigInteger, nullable=False),  # of the messenger, for this bot
    Column("conversation", String(32), nullable=False),  # the chat
    Column("kind", String(32), nullable=False),  # such as message or callback_query
    Column("content", Text, nullable=False),  # JSON in ASCII
    Column("holder", Integer, nullable=False),  # the number of the process that handles it
    Column("received_at", UtcDateTime, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),  # that failed
    Column("handled_at", UtcDateTime),  # when the changes that it asks for were committed
    Column("settled_at", UtcDateTime),  # when it was answered, or given up
    Column("failed_at", String(80), nullable=False, server_default=""),  # of one that was given up
    UniqueConstraint("bot", "number"),
    PartialIndex(
        "ix_inbox_unsettled",
        "id",
        where="settled_at IS NULL",
    ),
)

failed_codes = Table(  # wrong codes by chat; the chat is stored as a hash
    "failed_codes",
    metadata,
    Column("chat", String(64), primary_key=True),
    Column("wrong", Integer, nullable=False),
    Column("wait_until", UtcDateTime),
)

audit = Table(  # who did what, in codes and counts
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", UtcDateTime, nullable=False),
    Column("who", Text, nullable=False),
    Column("act", String(32), nullable=False),
    Column("about", Text, nullable=False),
    Column("counts", JSON, nullable=False),
    Index("ix_audit_at", "at"),
)

APPEND_ONLY = {
    "sqlite": (
        "CREATE TRIGGER audit_keeps_lines BEFORE UPDATE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
        "CREATE TRIGGER audit_loses_nothing BEFORE DELETE ON audit "
        "BEGIN SELECT RAISE(ABORT, 'the audit log is append-only'); END",
    ),
    "postgresql": (
        "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'the audit log is append-only'; END $$",
        "CREATE TRIGGER audit_keeps_lines BEFORE UPDATE OR DELETE OR TRUNCATE ON audit "
        "FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    ),
}
"""The statements that make the audit log append-only, by kind of database."""

for _kind, _statements in APPEND_ONLY.items():
    for _statement in _statements:
        trigger = DDL(_statement).execute_if(dialect=_kind)  # type: ignore[no-untyped-call]
        event.listen(audit, "after_create", trigger)
