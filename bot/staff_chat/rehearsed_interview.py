"""Rehearsals: staff try a questionnaire in chat, with the real cards and an invented person.

They are kept in the memory of the process and store nothing, so no report can count them. Each
card says that it is a rehearsal; its buttons carry the number of a case that cannot exist.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from bot.desk.waves.invented_cases import INVENTED, SAMPLE_NAME
from bot.messaging.messages import Button, Card, Inbound, Odd, Reply, Say, Sender, Tapped, Typed
from bot.messaging.tokens import Action, Token, read_token, token
from bot.participants.buttons import CASE_ACTIONS
from bot.participants.interview_views import LATER, UNREADABLE
from bot.participants.moves import move_of, what_is_wanted
from bot.wording import answers_card, cards, case_cards, menus
from bot.wording.cards import Asking
from bot.wording.help_done import HelpDone, with_help_done
from storage.fieldwork.case_files import CaseFile
from surveys.days import day_text, month_text
from surveys.interview.facts import facts_for
from surveys.interview.interview import Interview, Move, Tick, Write, current, step
from surveys.items.base import plain
from surveys.planning.contacts import Kind
from surveys.questionnaire import Questionnaire
from surveys.wording import Remark

FORGOTTEN_AFTER = timedelta(hours=1)
HEAD = "REHEARSAL. Nothing is stored."
END_LABEL = "End the rehearsal"
ENDED = "The rehearsal has ended. Nothing was stored."
OVER = "This rehearsal is over. Nothing was stored. /rehearse begins a new one."


def sample_facts(language: str) -> dict[tuple[str, str], str]:
    """Return invented facts, so that a questionnaire can be tried without a workshop."""
    return {
        ("participant", "name"): SAMPLE_NAME,
        ("workshop", "title"): "Combating counterfeiting and piracy for Oceania",
        ("workshop", "city"): "Suva",
        ("workshop", "ended_month"): month_text(date(2017, 12, 8), language),
        ("administration", "name"): "Tonga",
    }


@dataclass
class Rehearsal:
    """One questionnaire that is tried in one chat.

    `file` is the invented case if a wave is tried; `refs` are the messages with its cards;
    `heard` says whether the next typed text is an answer to it.
    """

    interview: Interview
    used_at: datetime
    file: CaseFile | None = None
    refs: set[str] = field(default_factory=set)
    heard: bool = True

    @property
    def asking(self) -> Asking:
        return Asking(INVENTED, self.interview)

    @property
    def closes_on(self) -> date:
        """The last day of the wave; four weeks from now if no wave is tried."""
        return self.file.wave.closes_on if self.file else self.used_at.date() + timedelta(days=28)


class Rehearsals:
    """The rehearsals of this process, at most one in each chat."""

    def __init__(self) -> None:
        self._by_chat: dict[tuple[str, str], Rehearsal] = {}

    def begin(
        self,
        sender: Sender,
        questionnaire: Questionnaire,
        now: datetime,
        file: CaseFile | None = None,
        done: Sequence[HelpDone] = (),
    ) -> Reply:
        """Start a questionnaire in this chat, in the sender's language if it has that.

        With the invented case of a wave the invitation comes first, as participants get it, with
        the help that is `done`.
        """
        known = sender.language in questionnaire.languages
        begun = Rehearsal(
            Interview(
                questionnaire,
                file.calendar.local(now) if file else now,
                sender.language if known else questionnaire.default_language,
                asks_files=True,
            ),
            now,
            file,
        )
        _speak(begun, begun.interview.language)
        self._by_chat[sender.channel, sender.identifier] = begun
        if file is None:
            return _shown(_next_card(begun), "")
        card = case_cards.invitation_card(begun.asking, file, Kind.INVITATION, last=False)
        return _shown(with_help_done(card, begun.asking.words, done), "")

    def receive(self, inbound: Inbound, now: datetime) -> Reply | None:
        """Return the reply to a message of a rehearsal; None to any other message."""
        sender = inbound.sender
        running = self._running(sender, now)
        tap = read_token(inbound.token) if isinstance(inbound, Tapped) else None
        if isinstance(inbound, Tapped) and tap is not None and _is_ours(tap):
            if running is None or (inbound.ref and inbound.ref not in running.refs):
                return Reply(OVER)
            running.heard = True
            if tap.action is Action.STOP:
                return self._ended(sender, inbound.ref)
            return _tapped(running, tap, inbound.ref)
        if running is None or not running.heard:
            return None
        if isinstance(inbound, Typed) and (inbound.reply_ref or "") in {"", *running.refs}:
            if plain(inbound.text) == "stop":
                return self._ended(sender, "")
            return _moved(running, Write(inbound.text), "")
        if isinstance(inbound, Odd):
            return _shown(_next_card(running, what_is_wanted(running.interview)), "")
        # After anything else in this chat, the next text is not an answer to the rehearsal.
        running.heard = False
        return None

    def shown(self, sender: Sender, ref: str) -> None:
        """Note the message in which a card of a rehearsal was shown."""
        running = self._by_chat.get((sender.channel, sender.identifier))
        if running is not None:
            running.refs.add(ref)

    def _running(self, sender: Sender, now: datetime) -> Rehearsal | None:
        found = self._by_chat.get((sender.channel, sender.identifier))
        if found is not None and now - found.used_at > FORGOTTEN_AFTER:
            del self._by_chat[sender.channel, sender.identifier]
            return None
        if found is not None:
            found.used_at = now
            local = found.file.calendar.local(now) if found.file else now
            found.interview = replace(found.interview, now=local)
        return found

    def _ended(self, sender: Sender, ref: str) -> Reply:
        del self._by_chat[sender.channel, sender.identifier]
        return Reply(says=(Say(Card(ENDED), ref),))


def _is_ours(tap: Token) -> bool:
    return tap.action in CASE_ACTIONS and tap.numbers[:1] == (INVENTED,)


def _speak(running: Rehearsal, language: str) -> None:
    """Switch the language; the answers stay."""
    file = running.file
    facts: Mapping[tuple[str, str], str] = sample_facts(language)
    if file is not None:
        facts = facts_for(file.participant, file.workshop, file.administration, language)
    running.interview = replace(running.interview, language=language, facts=facts)


def _tapped(running: Rehearsal, tap: Token, ref: str) -> Reply:
    """Do what a button says, as the same button does for a stored case."""
    if tap.action is Action.LATER:
        return Reply(_until(running))
    view = VIEWS.get(tap.action)
    if view is not None:
        return _shown(view(running, tap), ref)
    move = move_of(running.interview, tap)
    return Reply(running.asking.words(UNREADABLE)) if move is None else _moved(running, move, ref)


def _until(running: Rehearsal) -> str:
    words = running.asking.words
    return words(LATER, day=day_text(running.closes_on, words.language))


def _in_language(running: Rehearsal, tap: Token) -> Card:
    """Switch to the language of a button, and return the question in it."""
    languages = running.interview.questionnaire.languages
    _speak(running, languages[tap.numbers[-1] % len(languages)])
    return _next_card(running)


VIEWS: Mapping[Action, Callable[[Rehearsal, Token], Card]] = {
    Action.GO: lambda running, tap: _next_card(running),
    Action.PAUSE: lambda running, tap: menus.paused_card(running.asking, _until(running)),
    Action.MENU: lambda running, tap: menus.menu_card(running.asking),
    Action.ANSWERS: lambda running, tap: answers_card.answers_card(running.asking),
    Action.LANGUAGES: lambda running, tap: menus.languages_card(running.asking),
    Action.LANGUAGE: _in_language,
    Action.PAGE: lambda running, tap: _next_card(running, page=tap.numbers[-1]),
}
"""The cards that buttons show without answering anything."""


def _moved(running: Rehearsal, move: Move, ref: str) -> Reply:
    """Make a move and show what comes next."""
    done = step(running.interview, move)
    running.interview = done.interview
    if done.changeable and done.remark:
        return _shown(menus.answered_card(running.asking, done.changeable, done.remark), ref)
    page = cards.page_of(done.interview, move) if isinstance(move, Tick) else 0
    card = _next_card(running, done.remark, page)
    if done.news and current(done.interview) is None:
        card = replace(card, text=f"{running.asking.words.remark(done.news)}\n\n{card.text}")
    return _shown(card, ref)


def _next_card(running: Rehearsal, remark: Remark | None = None, page: int = 0) -> Card:
    """Return the question asked now, or the thanks."""
    asking = replace(running.asking, page=page)
    if current(running.interview) is not None:
        return cards.question_card(asking, remark)
    if running.file is not None:
        return case_cards.last_card(asking, running.file)
    see = Button(asking.words("See or change my answers"), token(Action.ANSWERS, INVENTED))
    thanks = asking.words("Thank you. That was the last question. Nothing was saved.")
    return Card("\n".join((thanks, *case_cards.closing_lines(asking))), ((see,),))


def _shown(card: Card, ref: str) -> Reply:
    """Return a card marked as a rehearsal, with a button that ends it."""
    end = (Button(END_LABEL, token(Action.STOP, INVENTED)),)
    marked = Card(f"{HEAD}\n\n{card.text}", (*card.rows, end))
    return Reply(says=(Say(marked, ref, INVENTED),))
