"""People of the office for tests, as if each had used their one-time code."""

from datetime import datetime

from sqlalchemy import Connection

from storage.office.staff import NewMember, StaffRole, add_member, find_member, join


def employ(
    connection: Connection,
    chat: tuple[str, str],
    role: StaffRole,
    at: datetime,
    label: str = "",
    scope: tuple[str, ...] = (),
) -> str:
    """Make a chat (channel and identifier) staff, if it is not yet; the code of the member."""
    known = find_member(connection, *chat)
    if known is not None:
        return known.code
    code = f"S-{chat[1].upper()}"
    member = add_member(connection, NewMember(code, role, label, scope, "test"), code, at)
    join(connection, member, chat, at)
    return code
