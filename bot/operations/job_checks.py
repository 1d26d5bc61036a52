"""Health checks from the heartbeats: that rounds run, that channels work, that the clock is right."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.operations.checks import Check, Level, Way, age
from bot.settings.office import Office
from bot.wording.counts import counted
from bot.wording.days import moment_words
from storage.operations.dropped_messages import dropped_lately
from storage.operations.heartbeats import HELD, TICK, heartbeats_ahead, last_heartbeats
from storage.operations.inbox import inbox_state

LONGEST_WAIT = timedelta(minutes=2)
"""A message that came in and waits longer was not answered because something is wrong."""


def rounds(connection: Connection, office: Office, now: datetime) -> Check:
    """Check that rounds run on time."""
    at = last_heartbeats(connection, now).get(TICK)
    fix = (
        "Start it with `followup run`, or let cron call `followup tick`. If it runs, read its log."
    )
    if at is None:
        return Check("rounds", Level.WRONG, "The bot has not run yet.", fix)
    if now - at > office.watch.late:
        return Check("rounds", Level.WRONG, f"The last round was {age(now - at)} ago.", fix)
    return Check("rounds", Level.FINE, f"The last round was {age(now - at)} ago.")


def clock(connection: Connection, office: Office, now: datetime) -> Check:
    """Check that no job has run later than now, and that no round waits for an organiser."""
    ahead = heartbeats_ahead(connection, now)
    if ahead:
        jobs = ", ".join(ahead)
        at = moment_words(max(ahead.values()), office.zone)
        says = f"The clock was wrong: it was at {at} ({jobs})."
        fix = "If it is right now, this line goes when these jobs have run again."
        return Check("clock", Level.LOOK, says, fix)
    held = last_heartbeats(connection, now).get(HELD)
    if held is not None:
        since = moment_words(held, office.zone)
        says = f"After a long gap, nothing is sent, opened, closed or deleted since {since}."
        fix = "If the clock is right: `followup wave proceed`, or /proceed in chat."
        return Check("clock", Level.WRONG, says, fix, Way.PROCEED)
    return Check("clock", Level.FINE, "No job has run later than now.")


def channels(connection: Connection, office: Office, now: datetime) -> Check:
    """Check that each channel works; one that has never worked may be new."""
    beats = last_heartbeats(connection, now)
    silent = {name: beats.get(name) for name in office.rules.channels}
    late = {name: at for name, at in silent.items() if at and now - at > office.watch.late}
    never = [name for name, at in silent.items() if at is None]
    fix = "Check its server and its part of the configuration: `followup check`, and the log."
    if late:
        says = [f"{name} has not worked for {age(now - at)}." for name, at in late.items()]
        return Check("channels", Level.WRONG, " ".join(says), fix)
    if never:
        says = [f"{name} has not worked yet." for name in never]
        return Check("channels", Level.LOOK, " ".join(says), fix)
    return Check("channels", Level.FINE, "Each channel works.")


def inbox(connection: Connection, office: Office, now: datetime) -> Check:
    """Check that what people send is answered, and that the messenger is still asked."""
    state = inbox_state(connection, now)
    fix = "Restart the bot. If it happens again, send its log to the developers."
    if state.waiting_since is not None and now - state.waiting_since > LONGEST_WAIT:
        waited = age(now - state.waiting_since)
        says = f"{counted(state.waiting, 'message')} from people not answered yet, for {waited}."
        return Check("inbox", Level.WRONG, says, fix)
    if state.last_poll is not None and now - state.last_poll > office.watch.late:
        says = f"The messenger was asked for messages {age(now - state.last_poll)} ago."
        return Check("inbox", Level.WRONG, says, fix)
    lost = ", ".join(f"{kind} at {place}: {n}" for (kind, place), n in state.given_up.items())
    if lost:
        says = f"Some messages could not be handled within a day ({lost})."
        return Check("inbox", Level.LOOK, says, "Their senders were asked to send them again.")
    if dropped := dropped_lately(connection, now):
        says = f"{counted(dropped, 'message was', 'messages were')} dropped within a day, because too "
        says += "many came from one chat."
        fix = "Known people were asked to send them again. A stranger who goes on does no harm."
        return Check("inbox", Level.LOOK, says, fix)
    return Check("inbox", Level.FINE, "What people send is answered.")
