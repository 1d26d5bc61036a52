"""The role of a member of the staff, and the workshops and donors that a manager may see."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.office.staff import StaffInvitation, check_not_last, scope_of
from bot.settings.office import Office
from storage.database import Conflict
from storage.office.audit import Act
from storage.office.staff import Member, StaffRole, end_ways_in, member_with, set_standing

LEFT = "Somebody has changed {code} since: {present} now. Nothing was changed."


@dataclass(frozen=True)
class Standing:
    """A role, and the workshops and donors to which a manager is limited; none for all."""

    role: StaffRole
    scope: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.role} of {', '.join(self.scope)}" if self.scope else str(self.role)


@dataclass(frozen=True)
class StandingDone:
    """What a change of a member did: `before` and `after` it, and what is said about it."""

    member: Member
    before: Standing
    after: Standing
    said: str

    @property
    def changed(self) -> bool:
        """Whether there is something to take back."""
        return self.before != self.after


def standing_of(member: Member) -> Standing:
    """Return the role of a member and what it is limited to."""
    return Standing(member.role, member.scope)


def change_standing(
    connection: Connection,
    office: Office,
    code: str,
    wanted: StaffInvitation,
    now: datetime,
    left: Standing | None = None,
) -> StandingDone:
    """Give a member another role, or limit a manager to other workshops and donors.

    With another role all browsers are signed out. To take a change back, `left` says what it left:
    Conflict if somebody has changed it since. Conflict too for the last administrator, and for a
    member who was removed.
    """
    member = member_with(connection, code)
    before, after = standing_of(member), Standing(wanted.role, scope_of(connection, wanted))
    if member.removed_at is not None:
        raise Conflict(f"{member.code} was removed and has no access. Nothing was changed.")
    if before == after:
        said = f"{member.code} is {after} already. Nothing was changed."
        return StandingDone(member, before, after, said)
    if left not in (None, before):
        raise Conflict(LEFT.format(code=member.code, present=before))
    if after.role is not before.role:
        check_not_last(connection, member, now)
        end_ways_in(connection, member.id, now)
    set_standing(connection, member.id, after.role, after.scope)
    about = f"{member.code} {after.role} was {before.role}"
    counts = {"scope": len(after.scope), "scope_before": len(before.scope)}
    told = {name: number for name, number in counts.items() if number}
    record(connection, office, Act.STAFF_CHANGED, about, now, **told)
    return StandingDone(member, before, after, _said(member, before, after))


def _said(member: Member, before: Standing, after: Standing) -> str:
    said = f"{member.code} is {after} now."
    if after.role is before.role:
        return f"{said} It was: {before}."
    return f"{said} All browsers of this person are signed out, so that they show it."
