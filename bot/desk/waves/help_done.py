"""What the invitations of a wave say about help that people asked for. Reads only."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection

from bot.desk.waves.planned_messages import PlannedMessage
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.help_done import HelpDone
from storage.office.help_needs import any_sentence, help_changes_in, need_of, told_to
from storage.people.participants import people_in
from storage.responses.help_asked import Ask, Asks, asks_of
from surveys.help_asked import MOST_TOLD, HelpState, Standing
from surveys.planning.contacts import Kind

Found = list[tuple[Ask, Standing]]


@dataclass(frozen=True)
class HelpPreview:
    """How many people read what was done, and how many more would if it were approved.

    `said` are the first of the sentences, as an invented person would read them.
    """

    people: int = 0
    waiting: int = 0
    said: tuple[HelpDone, ...] = ()

    @property
    def lines(self) -> list[str]:
        """What a preview says about it."""
        read = counted(self.people, "person reads", "people read")
        wait = counted(self.waiting, "person", "people")
        said = (
            (self.people, f"{read} what was done about the help they asked for."),
            (self.waiting, f"For {wait} a sentence about it is not approved: it is not sent."),
        )
        return [line for number, line in said if number]


def help_preview(
    connection: Connection, office: Office, code: str, messages: Iterable[PlannedMessage]
) -> HelpPreview:
    """Return what the invitations of a wave that still leave say about help."""
    invited = {one.participant for one in messages if one.at and one.kind == Kind.INVITATION}
    if not invited or not any_sentence(connection):
        return HelpPreview()
    known = people_in(connection, code)
    asked = asks_of(connection, [number for number, one in known.items() if one.code in invited])
    found = _not_told(connection, asked)
    sent = [(ask, one) for ask, one in found if one.approved]
    waits = [ask for ask, one in found if not one.approved]
    people = {ask.participant for ask, _ in sent}
    return HelpPreview(
        len(people), len({ask.participant for ask in waits}), _said(office, asked, sent)
    )


def _not_told(connection: Connection, asked: Asks) -> Found:
    """Return who asked for what is done, and has not read it yet."""
    newest = {
        one.need: one.standing
        for one in help_changes_in(connection, {ask.workshop for ask in asked.asks})
    }
    told = told_to(connection, [ask.enrolment for ask in asked.asks])
    standing = {ask: newest.get(need_of(ask), Standing()) for ask in asked.asks}
    return [
        (ask, one)
        for ask, one in standing.items()
        if one.state is HelpState.DONE and (ask.enrolment, ask.help) not in told
    ]


def _said(office: Office, asked: Asks, sent: Found) -> tuple[HelpDone, ...]:
    """Return each sentence once, the first that was asked for first."""
    first: dict[tuple[str, str], HelpDone] = {}
    for ask, one in sorted(sent, key=lambda pair: pair[0].first):
        done = HelpDone(office.day_of(ask.first), asked.labels[ask.workshop, ask.help], one)
        first.setdefault((ask.help, one.sentence), done)
    return tuple(first.values())[:MOST_TOLD]
