"""The acts on a wave: each with the question before it. The work is done by `bot.desk.waves`."""

from collections.abc import Awaitable, Callable
from datetime import date, timedelta

from bot.desk.people.leaving_out import leave_person_out, take_person_in
from bot.desk.waves import acts
from bot.desk.waves.texts import reach_text
from bot.desk.waves.typed_days import typed_day, typed_span
from bot.settings.office import Office
from bot.web.desk.rows import DeskAct
from bot.web.desk.visits import Choice, Done, Field, Form, Panel, Undo, Visit
from bot.wording.counts import counted
from bot.wording.days import day_words, span_words
from storage.office.staff import StaffRole
from surveys.planning.wave_states import OPEN_DAYS, WaveAct

ORGANISER = StaffRole.ORGANISER
AGAIN = timedelta(days=14)
"""How long a wave that is opened again past its last day stays open if no day is typed."""
TELL, TELL_NOT = "tell", "quiet"


WHY = (
    Field("reason", "Why? Colleagues read it."),
    Field("remind", "Remind on", hint="In words, such as 11 June. Empty: in a week."),
)
"""The fields of the question before a hold, of a wave or of a whole workshop."""


def why_of(visit: Visit, form: Form, place: str) -> tuple[str, date | None]:
    """Return reason and day that were typed for a hold; `place` names the day. Raise BadInput."""
    text = form.text("remind")
    return form.text("reason")[:200], typed_day(text, visit.today, place) if text else None


def wave_address(code: str, key: str) -> str:
    """Return the address of a wave below /desk."""
    return f"/workshops/{code}/waves/{key}"


def done(result: acts.WaveResult) -> Done:
    """Return what an act on a wave did, with what takes it back."""
    address = wave_address(result.workshop, result.key)
    undo = (Undo(address, result.undo),) if result.undo else ()
    return Done(result.said, undo)


def _do(act: Callable[..., acts.WaveResult]) -> Callable[[Visit, Form], Awaitable[Done]]:
    async def run(visit: Visit, form: Form) -> Done:
        return done(await visit.write(act, *_here(visit), visit.now))

    return run


def _here(visit: Visit) -> tuple[Office, str, str]:
    return visit.office, visit.place["code"], visit.place["key"]


async def _wave(visit: Visit) -> acts.WaveNow:
    return await visit.read(
        acts.find_wave_now, visit.office, visit.place["code"], visit.place["key"]
    )


async def _ask_open(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    preview = await visit.read(acts.preview_wave, *_here(visit), visit.now)
    early = await visit.read(acts.open_question, *_here(visit), visit.now)
    lines = [
        *([early] if early else []),
        reach_text(preview),
        "It waits two minutes before the first message: until then Undo costs nobody anything.",
    ]
    last = Field(
        "until",
        "Last day",
        hint=f"In words, such as 6 July. Empty: {OPEN_DAYS} days, or as long as its plan says.",
    )
    return Panel(f"Open {one.name} now?", "Open now", tuple(lines), (last,))


async def _open(visit: Visit, form: Form) -> Done:
    last = _typed(visit, form, "until")
    return done(await visit.write(acts.open_wave, *_here(visit), visit.now, last))


async def _ask_back(visit: Visit, form: Form) -> Panel | None:
    one = await _wave(visit)
    reached = await visit.read(acts.people_reached, visit.office, one.workshop.code, one.key)
    if not reached:
        return None
    have = counted(reached, "person has", "people have")
    tell = Field(
        "tell",
        "Tell them?",
        "radio",
        TELL,
        choices=(
            Choice(TELL, "Yes, one sentence: the questions come later"),
            Choice(TELL_NOT, "No"),
        ),
        required=True,
    )
    lines = (f"{have} a message of it already. Nobody has answered.",)
    return Panel(f"Put {one.name} back to its plan?", "Put it back", lines, (tell,))


async def _back(visit: Visit, form: Form) -> Done:
    tell = form.text("tell") == TELL
    return done(await visit.write(acts.put_back, *_here(visit), visit.now, tell=tell))


async def _ask_hold(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    opened = " People who have the questionnaire can still answer." if one.facts.opened else ""
    lines = (f"Nothing is sent until somebody releases it.{opened}",)
    return Panel(f"Hold {one.name}?", "Hold this wave", lines, WHY)


async def _hold(visit: Visit, form: Form) -> Done:
    why = why_of(visit, form, "Day")
    return done(await visit.write(acts.hold_wave, *_here(visit), visit.now, why))


async def _ask_release(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    days = span_words(one.opens_on, one.closes_on)
    lines = (
        f"Its days are {days}. What was held back leaves from the next working hours of each person.",
        "If its day has passed meanwhile, it then needs your yes.",
    )
    return Panel(f"Release {one.name}?", "Release", lines)


async def _ask_skip(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    lines = ("Nobody is asked in it. It can be put back to its plan.",)
    return Panel(f"Skip {one.name}?", "Skip this wave", lines)


async def _ask_days(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    lines = [f"Now: {span_words(one.opens_on, one.closes_on)}."]
    typed, question = form.text("days"), ""
    if typed:
        days = _days(visit, one, form)
        question = await visit.read(acts.days_question, *_here(visit), visit.now, days)
        lines += [question] if question else []
    hint = "In words: 11 June to 9 July."
    if one.facts.opened:
        hint = "It is open: only the last day can change. In words, such as 9 July."
    field = Field("days", "New days", value=typed, hint=hint, required=True)
    title = f"Change the days of {one.name}?"
    return Panel(title, "Change the days", tuple(lines), (field,), grown=bool(question))


async def _change_days(visit: Visit, form: Form) -> Done:
    one = await _wave(visit)
    days = _days(visit, one, form)
    return done(await visit.write(acts.change_days, *_here(visit), visit.now, days))


async def _ask_close(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    question = await visit.read(acts.close_question, *_here(visit), visit.now)
    lines = (question,) if question else ()
    return Panel(f"Close {one.name}?", "Close this wave", lines)


async def _ask_reopen(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    fields: tuple[Field, ...] = ()
    if one.stored is not None and not acts.can_reopen(one.stored, visit.now):
        until = day_words(visit.today + AGAIN)
        fields = (Field("until", "New last day", hint=f"In words. Empty: {until}."),)
    lines = ("People who have not finished are reminded again. Who has finished is not asked.",)
    return Panel(f"Open {one.name} again?", "Open again", lines, fields)


async def _reopen(visit: Visit, form: Form) -> Done:
    one = await _wave(visit)
    over = one.stored is not None and not acts.can_reopen(one.stored, visit.now)
    last = _typed(visit, form, "until") or (visit.today + AGAIN if over else None)
    return done(await visit.write(acts.reopen_wave, *_here(visit), visit.now, last))


async def _ask_english(visit: Visit, form: Form) -> Panel:
    one = await _wave(visit)
    lines = ("They are asked in English, because the questionnaire is not translated for them.",)
    return Panel(f"Ask in English in {one.name}?", "Ask in English", lines)


async def _english(visit: Visit, form: Form) -> Done:
    accepted = await visit.write(acts.accept_english, *_here(visit), visit.now)
    return Done(accepted.said)


async def _leave_out(visit: Visit, form: Form) -> Done:
    place = (visit.place["code"], visit.place["key"], form.text("person"))
    said = await visit.write(leave_person_out, visit.office, place, visit.now)
    return Done(said.said, _undo(visit, form, "take-in") if said.changed else ())


async def _take_in(visit: Visit, form: Form) -> Done:
    place = (visit.place["code"], visit.place["key"], form.text("person"))
    said = await visit.write(take_person_in, visit.office, place, visit.now)
    return Done(said.said, _undo(visit, form, "leave-out") if said.changed else ())


def _undo(visit: Visit, form: Form, act: str) -> tuple[Undo, ...]:
    address = wave_address(visit.place["code"], visit.place["key"])
    return (Undo(address, act, (("person", form.text("person")),)),)


def _typed(visit: Visit, form: Form, name: str) -> date | None:
    """Return the day that was typed in a field, None for an empty one. Raise BadInput."""
    text = form.text(name)
    return typed_day(text, visit.today, "Day") if text else None


def _days(visit: Visit, one: acts.WaveNow, form: Form) -> tuple[date, date]:
    """Return the days that were typed; one day alone is the last one. Raise BadInput."""
    today = visit.today
    first, last = typed_span(form.text("days"), today, "New days")
    return (one.opens_on, last) if first == last else (first, last)


ACTS: dict[str, DeskAct] = {
    WaveAct.OPEN: DeskAct(ORGANISER, _open, _ask_open),
    WaveAct.BACK: DeskAct(ORGANISER, _back, _ask_back, always=True),
    WaveAct.RELEASE: DeskAct(ORGANISER, _do(acts.release_wave), _ask_release),
    WaveAct.HOLD: DeskAct(ORGANISER, _hold, _ask_hold),
    WaveAct.DAYS: DeskAct(ORGANISER, _change_days, _ask_days),
    WaveAct.SKIP: DeskAct(ORGANISER, _do(acts.skip_wave), _ask_skip),
    WaveAct.CLOSE: DeskAct(ORGANISER, _do(acts.close_wave), _ask_close),
    WaveAct.REOPEN: DeskAct(ORGANISER, _reopen, _ask_reopen),
    "english": DeskAct(ORGANISER, _english, _ask_english),
    "leave-out": DeskAct(ORGANISER, _leave_out),
    "take-in": DeskAct(ORGANISER, _take_in),
}
"""By the names that addresses and forms use."""
