"""Cells in the row of a person: language, e-learning, time zone and refusal."""

from collections.abc import Mapping

from bot.importing.rows.countries import country_code
from bot.importing.rows.language_words import READERS, languages_in
from bot.importing.rows.rows import Reading, Row
from bot.importing.tables.headings import plain
from surveys.elearning import Elearning, read_elearning
from surveys.names import is_language, language_in
from surveys.people import Administration
from surveys.planning.timezones import zone
from surveys.problems import BadInput
from surveys.wording import ENGLISH

YES = frozenset({"yes", "y", "true", "1", "agreed", "agree", "oui", "是", "同意"})
NO = frozenset({"no", "n", "false", "0", "non", "否"})
DISAGREES = NO | {"refused", "declined", "disagreed", "disagree", "不同意"}
"""Words of somebody who does not agree. A mere no is none where the heading says what is not wanted."""


def read_language(row: Row, reading: Reading) -> str:
    """Return the language of a row; of several the first that the bot speaks, and a warning."""
    text = row.get("language")
    if not text:
        return ENGLISH
    codes = languages_in(text)
    if not codes:
        fix = "Write the name or the code of a language, such as French or fr."
        reading.wrong(row, "language", "is not a language.", fix)
        return ENGLISH
    known = [code for code in codes if is_language(code)]
    spoken = [code for code in known if code in READERS]
    chosen = (*spoken, *known, ENGLISH)[0]
    if codes != [chosen]:
        reading.doubtful(row, "language", f"is read as {language_in(chosen, ENGLISH)}.")
    return chosen


def read_status(row: Row, reading: Reading) -> Elearning | None:
    """Return the status of the e-learning before the workshop; None if it is missing or unknown."""
    text = row.get("elearning")
    known = read_elearning(text)
    if text and known is None:
        fix = "Write done, in progress, not started or no access."
        reading.doubtful(row, "elearning", "is not a known status and was ignored.", fix)
    return known


def was_refused(row: Row, reading: Reading) -> bool:
    """Return whether the list says that the person does not want to be contacted."""
    text = plain(row.get("consent"))
    if text and text not in YES | DISAGREES:
        reading.doubtful(row, "consent", "is neither yes nor no; the person is asked.")
    marked = plain(row.get("no_contact"))
    said = ["consent"] if text in DISAGREES else []
    said += ["no_contact"] if marked and marked not in NO else []
    for column in said:
        reading.doubtful(row, column, "means that this person is not contacted.")
    return bool(said)


def read_timezone(row: Row, reading: Reading, known: Mapping[str, Administration]) -> str | None:
    """Return the time zone of a row; None if it has none of its own."""
    name = row.get("timezone")
    if not name:
        return None
    try:
        return zone(name).key
    except BadInput:
        home = known.get(country_code(row.get("administration"), known) or "")
        example = f"Write a name such as {home.timezone}, or leave" if home else "Leave"
        fix = f"{example} it empty: then it is that of the administration."
        reading.wrong(row, "timezone", "is not a time zone.", fix)
        return None
