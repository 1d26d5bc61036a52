"""The role of a person in a list. A word that is no role, such as a rank, is asked about."""

from bot.importing.people.found import OUT, People
from bot.importing.rows.open_questions import LEAVE_OUT, Choice, Question
from bot.importing.rows.role_words import OTHER, role_of
from bot.importing.rows.rows import Row
from bot.importing.tables.headings import plain
from surveys.people import Role

OTHER_ROLES = "other roles"
"""The key of the answer about people in roles in which nobody is asked."""
WORD, WORDS, EACH = "role ", "roles", "ask about each"
"""The beginning of the keys of answers about words, and the key of the answer about all words."""
MOST_WORDS = 3
"""Words that are asked about one by one; more are no roles."""
SHOWN = 5
PARTICIPANTS = Choice("They are participants", Role.PARTICIPANT)


def read_role(people: People, row: Row, name: str) -> Role | None:
    """Return the role of a person; None for one that is asked about or left out."""
    written = row.get("role")
    found = role_of(written)
    if found is None:
        return _of_word(people, row, name, written)
    return _of_others(people, row, name, written) if found == OTHER else Role(found)


def _of_others(people: People, row: Row, name: str, written: str) -> Role | None:
    """Return the role of a person who has one in which nobody is asked."""
    answer = people.answers.get(OTHER_ROLES)
    if answer == Role.PARTICIPANT:
        return Role.PARTICIPANT
    if answer == LEAVE_OUT:
        people.notes.append(f"{row.place}, {name}, was left out: {written}.")
    else:
        text = f"{row.place}, {name}: nobody is asked in the role '{written}'."
        choices = (OUT, Choice("Ask as participants", Role.PARTICIPANT))
        people.ask(Question(OTHER_ROLES, text, choices), row)
    return None


def _of_word(people: People, row: Row, name: str, written: str) -> Role | None:
    key = f"{WORD}{plain(written) or repr(written)}"
    answer = people.answers.get(WORDS, "")
    answer = people.answers.get(key, "") if answer in ("", EACH) else answer
    if answer in set(Role):
        return Role(answer)
    if answer == LEAVE_OUT:
        people.notes.append(f"{row.place}, {name}, was left out: {written}.")
    else:
        choices = (*(Choice(role.value.replace("_", " "), role) for role in Role), OUT)
        text = f"'{written}' ({row.place}, {name}) is no role that the bot knows. Which is it?"
        people.ask(Question(key, text, choices), row)
    return None


def gather_words(people: People) -> None:
    """Ask one question about many words that are no roles: they are ranks."""
    asked = [key for key in people.questions if key.startswith(WORD)]
    if len(asked) <= MOST_WORDS or people.answers.get(WORDS) == EACH:
        return
    # The text of each begins with its word.
    words = [people.questions.pop(key).text.partition(" (")[0] for key in asked]
    more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN else ""
    text = f"{', '.join(words[:SHOWN])}{more} are no roles that the bot knows."
    people.questions[WORDS] = Question(
        WORDS, text, (PARTICIPANTS, OUT, Choice("Ask about each", EACH))
    )
