"""Wave: its state, what can be done, who gets what when, and how it goes."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bot.desk.today.lately import done_about
from bot.desk.waves import acts
from bot.desk.waves.contact_reasons import REASONS
from bot.desk.waves.previewing import Preview
from bot.desk.waves.sample_messages import SampleMessage, sample_messages
from bot.desk.waves.texts import languages_text, state_text
from bot.fieldwork.progress import Progress
from bot.web.desk.pages.lately import undo_of, why_not
from bot.web.desk.pages.wave_acts import ACTS, wave_address
from bot.web.desk.paging import page_of
from bot.web.desk.rows import DeskPage
from bot.web.desk.visits import Screen, Visit
from storage.database import NotFound
from storage.fieldwork.overviews import joined_in
from storage.office.staff import StaffRole
from storage.people.administrations import administration_names
from surveys.planning.contacts import Hold
from surveys.planning.wave_states import HELD, WaveAct, WaveState

TAGS = {
    WaveState.OPEN: "ok",
    WaveState.OPENING: "soon",
    WaveState.NEEDS_YES: "now",
    WaveState.HELD_OPEN: "soon",
    WaveState.HELD_PLANNED: "soon",
}
"""The colour of each state; others have that of a plan."""
LABELS = {
    WaveAct.OPEN: "Open now …",
    WaveAct.BACK: "Back to planned …",
    WaveAct.RELEASE: "Release …",
    WaveAct.HOLD: "Hold …",
    WaveAct.DAYS: "Change the days …",
    WaveAct.SKIP: "Skip …",
    WaveAct.CLOSE: "Close …",
    WaveAct.REOPEN: "Open again …",
}
"""The buttons, in the order in which they stand."""
MAIN = {
    WaveState.NEEDS_YES: WaveAct.OPEN,
    WaveState.OPENING: WaveAct.BACK,
    WaveState.HELD_OPEN: WaveAct.RELEASE,
    WaveState.HELD_PLANNED: WaveAct.RELEASE,
}
"""The act that a state waits for, whose button is the main one."""


@dataclass(frozen=True)
class Button:
    """An act that is possible now; `main` is the one that the state waits for."""

    act: str
    text: str
    main: bool


async def show(visit: Visit) -> Screen:
    """Show the page."""
    code, key = visit.place["code"], visit.place["key"]
    here = (visit.office, code, key)
    one = await visit.read(acts.find_wave_now, *here)
    state = one.state(visit.now)
    preview = await visit.read(acts.preview_wave, *here, visit.now)
    progress = await _progress(visit, one)
    pages, asked = page_of(preview.sent_to, visit.query)
    rest_pages, not_asked = page_of(preview.not_sent, visit.query, name="rest")
    return Screen(
        "wave.html",
        f"{one.title}: {one.workshop.title}",
        {
            "one": one,
            "address": wave_address(code, one.key),
            "state": state,
            "tag": TAGS.get(state, "plan"),
            "sentence": state_text(one, visit.now, visit.office.zone),
            "buttons": await _buttons(visit, one, state),
            "preview": preview,
            "asked": asked,
            "pages": pages,
            "not_asked": not_asked,
            "rest_pages": rest_pages,
            "rest_shown": "rest" in visit.query,
            "reasons": Counter(message.reason for message in preview.not_sent).most_common(),
            "ways": Counter(message.channel for message in preview.sent_to).most_common(),
            "progress": progress,
            "languages": languages_text(preview.languages),
            "help": preview.help.lines,
            "waiting": sum(one.people for one in preview.languages if one.waits),
            "unjoined": await _some_unjoined(visit, code),
            "left_out": REASONS[Hold.LEFT_OUT],
            "samples": await _samples(visit, preview),
            "history": await visit.read(done_about, one.workshop.code, one.key),
            "undo_of": undo_of,
            "why_not": why_not,
            "places": await visit.read(administration_names),
        },
    )


async def _progress(visit: Visit, one: acts.WaveNow) -> Progress | None:
    if not one.facts.opened:
        return None
    return await visit.read(acts.progress_now, visit.office, one.workshop.code, one.key, visit.now)


async def _some_unjoined(visit: Visit, code: str) -> bool:
    """Return whether somebody on the list has not joined, so that a code helps."""
    joined = (await visit.read(joined_in, [code])).get(code)
    return joined is not None and joined.joined < joined.people


async def _samples(visit: Visit, preview: Preview) -> list[SampleMessage]:
    """Return the message in each language in use; none if the questionnaire is not published yet."""
    try:
        wave = (visit.office, preview.workshop.code, preview.key, visit.now)
        return await visit.read(sample_messages, *wave, preview.help.said)
    except NotFound:
        return []


async def _buttons(visit: Visit, one: acts.WaveNow, state: WaveState) -> list[Button]:
    possible = await visit.read(acts.possible_acts, one, visit.now)
    if state in HELD and one.workshop.held_at is not None:
        possible -= {WaveAct.RELEASE}
    if state is WaveState.OPENING:
        possible &= {WaveAct.BACK}
    texts: Mapping[WaveAct, str] = {
        **LABELS,
        **({WaveAct.DAYS: "Change the last day …"} if one.facts.opened else {}),
        **({WaveAct.BACK: "Undo"} if state is WaveState.OPENING else {}),
    }
    main = MAIN.get(state)
    return [Button(act, texts[act], act is main) for act in LABELS if act in possible]


PAGE = DeskPage("/workshops/{code}/waves/{key}", StaffRole.ORGANISER, show, ACTS)
