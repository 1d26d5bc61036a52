"""The undo of acts in the list of what was done lately, by the kind of the act."""

from collections.abc import Callable

from bot.desk.today.lately import Lately
from bot.web.desk.pages.wave_acts import wave_address
from bot.web.desk.pages.workshop_acts import workshop_address
from bot.web.desk.visits import Undo
from storage.office.audit import Act
from surveys.planning.wave_states import WaveAct

Words = list[str]


def undo_of(done: Lately) -> Undo | None:
    """Return what takes an act back; None if it has none, or if something came after it."""
    if done.list:
        return _list(done)
    found = UNDO.get(done.act)
    words = done.about.split(":")[0].split()
    return found(words) if found and done.newest else None


def _list(done: Lately) -> Undo:
    """Return the undo of a list, which is possible after later ones too."""
    code, _, people = done.about.partition(" ")
    number = (("list", str(done.list)),)
    where = (workshop_address(code), "undo-list") if people else ("/workshops", "undo-calendar")
    return Undo(*where, number)


def _wave(act: WaveAct) -> Callable[[Words], Undo | None]:
    def undo(words: Words) -> Undo | None:
        return Undo(wave_address(words[0], words[1]), act) if len(words) == 2 else None

    return undo


def _person_in_wave(act: str) -> Callable[[Words], Undo | None]:
    def undo(words: Words) -> Undo | None:
        if len(words) != 3:
            return None
        person, code, key = words
        return Undo(wave_address(code, key), act, (("person", person),))

    return undo


UNDO: dict[Act, Callable[[Words], Undo | None]] = {
    Act.WAVE_OPENED: _wave(WaveAct.BACK),
    Act.WAVE_SKIPPED: _wave(WaveAct.BACK),
    Act.WAVE_DAYS: _wave(WaveAct.BACK),
    Act.WAVE_HELD: _wave(WaveAct.RELEASE),
    Act.WAVE_RELEASED: _wave(WaveAct.HOLD),
    Act.WAVE_CLOSED: _wave(WaveAct.REOPEN),
    Act.WAVE_REOPENED: _wave(WaveAct.CLOSE),
    Act.LEFT_OUT: _person_in_wave("take-in"),
    Act.TAKEN_IN: _person_in_wave("leave-out"),
}
"""How the words of an entry name what takes the act back."""
