"""What takes back a change of a plan or of a programme, for their pages and for lists of acts."""

from bot.web.desk.visits import Undo

PLANS, PROGRAMMES = "/workshops/plans", "/workshops/programmes"


def plan_back(key: str, number: int) -> Undo:
    """Return what takes back a change of a plan."""
    return Undo(PLANS, "put-back", (("key", key), ("change", str(number))))


def programme_back(code: str, number: int) -> Undo:
    """Return what takes back a change of a programme."""
    return Undo(PROGRAMMES, "put-back", (("programme", code), ("change", str(number))))
