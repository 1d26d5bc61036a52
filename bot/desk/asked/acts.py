"""What staff do about help that was asked for: take it up, close it with a sentence, approve that.

Each function is one transaction. An act is about all administrations that asked for one kind of help
in a workshop, or about some of them. Nobody outside the office is told before a sentence is approved.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import Connection

from bot.audit import record
from bot.desk.asked.listing import AskedHelp, Wanted, asked_help
from bot.desk.asked.sentences import check_sentence, names_in
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import day_words
from storage.database import Conflict, NotFound
from storage.fieldwork.workshops import lock_workshop
from storage.office.audit import Act
from storage.office.help_needs import HelpChange, Need, add_help_act, help_act, help_changes_in
from surveys.help_asked import HelpState, Standing

CHANGED = "The sentence was changed since you read it. Nothing was approved: please read it again."


@dataclass(frozen=True)
class HelpResult:
    """An act in words. `act` is the number that takes it back, 0 if nothing was changed."""

    said: str
    act: int = 0
    needs: int = 0

    @property
    def undo_command(self) -> str:
        """The command line that takes it back."""
        return f"followup asked undo {self.act}"


def take_up(
    connection: Connection, office: Office, wanted: Wanted, due_on: date, now: datetime
) -> HelpResult:
    """Note that the office takes up help, and until when. What is done already stays done."""
    found = _locked(connection, wanted)
    after = {
        one.need: Standing(HelpState.TAKEN, due_on)
        for one in found
        if one.standing.state is not HelpState.DONE
    }
    said = f"taken up until {day_words(due_on)}"
    return _changed(connection, office, found, (Act.HELP_TAKEN, said), after, now)


def close(
    connection: Connection,
    office: Office,
    wanted: Wanted,
    sentences: Mapping[str, str],
    now: datetime,
) -> HelpResult:
    """Note that help is done, with a sentence about it in English and in other languages.

    A sentence that is changed waits for approval again. BadInput for one that cannot be sent.
    """
    english, others = check_sentence(sentences)
    found = _locked(connection, wanted)
    after = {one.need: _closed(one.standing, english, others) for one in found}
    said = "done. The sentence is sent once it is approved"
    return _changed(connection, office, found, (Act.HELP_DONE, said), after, now)


def _closed(before: Standing, english: str, others: Mapping[str, str]) -> Standing:
    done = replace(before, state=HelpState.DONE, sentence=english, translations=others)
    return done if done == before else replace(done, approved=False)


def approve(
    connection: Connection, office: Office, wanted: Wanted, now: datetime, read: str = ""
) -> HelpResult:
    """Approve that the next invitation of the people who asked says what was done.

    `read` is the sign of the sentences that were shown before; Conflict if they are others by now.
    """
    found = _locked(connection, wanted)
    if read and read != _sign([one for one in found if one.waits_for_approval]):
        raise Conflict(CHANGED)
    after = {
        one.need: replace(one.standing, approved=True) for one in found if one.waits_for_approval
    }
    said = "approved. The next invitation of each person who asked says it, once"
    return _changed(connection, office, found, (Act.HELP_APPROVED, said), after, now)


@dataclass(frozen=True)
class Approval:
    """What an approval would do: the needs, and words of the sentences that look like names."""

    needs: tuple[AskedHelp, ...]
    names: tuple[str, ...]

    @property
    def sign(self) -> str:
        """A sign of the sentences and of who asked, by which a change since is known."""
        return _sign(self.needs)

    @property
    def lines(self) -> tuple[str, ...]:
        """What happens, in words."""
        people = sum(one.people - one.told for one in self.needs)
        said = f"{counted(people, 'person', 'people')} will read it once, in the next invitation."
        marked = [f"Look at what may be a name: {', '.join(self.names)}."] if self.names else []
        return (*dict.fromkeys(_sentences(self.needs)), said, *marked)


def _sign(needs: Iterable[AskedHelp]) -> str:
    said = [
        (str(one.need), one.standing.sentence, sorted(one.standing.translations.items()))
        for one in needs
    ]
    return hashlib.sha256(repr(sorted(said)).encode()).hexdigest()[:16]


def _sentences(needs: Iterable[AskedHelp]) -> Iterator[str]:
    for one in needs:
        yield f"“{one.standing.sentence}”"
        for language, text in sorted(one.standing.translations.items()):
            yield f"{language}: “{text}”"


def to_approve(connection: Connection, wanted: Wanted) -> Approval:
    """Return what an approval would do. Reads only."""
    needs = tuple(one for one in _asked(connection, wanted) if one.waits_for_approval)
    return Approval(needs, tuple(names_in(connection, [one.standing for one in needs])))


def undo(connection: Connection, office: Office, number: int, now: datetime) -> HelpResult:
    """Take an act back where nobody has changed anything since, and name the rest.

    People who were told in an invitation stay told.
    """
    done = help_act(connection, number)
    for code in sorted({one.need.workshop for one in done}):
        lock_workshop(connection, code)
    earlier = help_changes_in(connection, {one.need.workshop for one in done})
    newest = {one.need: one for one in earlier}
    before = {one.need: one.standing for one in earlier if one.act < number}
    mine = [one.need for one in done if newest[one.need].act == number]
    rest = [newest[one.need] for one in done if newest[one.need].act != number]
    if not mine:
        return HelpResult(f"{_since(rest)} Nothing was changed.")
    back = {need: before.get(need, Standing()) for need in mine}
    act = add_help_act(connection, back, office.acting, now)
    about = f"{mine[0].workshop} {mine[0].help}"
    record(connection, office, Act.HELP_UNDONE, about, now, needs=len(mine), help_act=act)
    said = f"Taken back for {counted(len(mine), 'administration')}."
    told = _told_since(connection, mine)
    return HelpResult(" ".join(filter(None, (said, told, _since(rest)))), act, len(mine))


def _told_since(connection: Connection, needs: Collection[Need]) -> str:
    told = sum(
        one.told for one in asked_help(connection, next(iter(needs)).workshop) if one.need in needs
    )
    return f"{counted(told, 'person has', 'people have')} read it already." if told else ""


def _since(rest: Collection[HelpChange]) -> str:
    """Name what was changed since an act, and by whom."""
    if not rest:
        return ""
    names = ", ".join(sorted({one.need.administration for one in rest}))
    by = ", ".join(sorted({one.by for one in rest}))
    return f"Changed since, by {by}: {names}."


def _asked(connection: Connection, wanted: Wanted) -> list[AskedHelp]:
    """Return the needs that an act is about. NotFound if nobody has asked for it."""
    found = [one for one in asked_help(connection, wanted.workshop) if wanted.covers(one.need)]
    asked = {one.need.administration.upper() for one in found}
    missing = {one.upper() for one in wanted.administrations} - asked
    if missing or not found:
        whom = f" from {', '.join(sorted(missing))}" if missing else ""
        raise NotFound(
            f"Nobody{whom} has asked for “{wanted.help}” in {wanted.workshop}. "
            f"`followup asked list {wanted.workshop}` shows what was asked for."
        )
    return found


def _locked(connection: Connection, wanted: Wanted) -> list[AskedHelp]:
    lock_workshop(connection, wanted.workshop)
    return _asked(connection, wanted)


def _changed(
    connection: Connection,
    office: Office,
    found: Collection[AskedHelp],
    act: tuple[Act, str],
    after: Mapping[Need, Standing],
    now: datetime,
) -> HelpResult:
    """Store where needs stand from now on, without those that stand so already."""
    before = {one.need: one for one in found}
    new = {need: one for need, one in after.items() if one != before[need].standing}
    first = next(iter(found))
    name = f"“{first.label}” ({first.need.workshop})"
    if not new:
        return HelpResult(f"{name} is so already. Nothing was changed.")
    number = add_help_act(connection, new, office.acting, now)
    people = sum(before[need].people for need in new)
    about = f"{first.need.workshop} {first.need.help}"
    record(connection, office, act[0], about, now, needs=len(new), people=people, help_act=number)
    whom = f"{counted(people, 'person', 'people')} in {counted(len(new), 'administration')}"
    return HelpResult(f"{name}, asked by {whom}: {act[1]}.", number, len(new))
