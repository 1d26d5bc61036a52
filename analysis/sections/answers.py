"""What participants told: effects, suggestions, projects, obstacles. Each person counts once."""

from analysis.disclosure import HIDDEN, SMALLEST
from analysis.figures import counted
from analysis.items import Count, Tally
from analysis.model import Cell, Section, Table
from analysis.reading import Reading
from analysis.vocabulary import NO_OBSTACLE, OTHER, WHO_CAN_REMOVE
from surveys.wording import Words


def _table(key: str, heading: str, found: Tally, say: Words) -> Table:
    """A tally as a table; below five answers it holds no rows, however many answered."""
    columns = (say("Answer"), say("People"), say("Of those who answered"))
    if found.base < SMALLEST:
        return Table(key, heading, columns, (), note=_hidden(say))
    rows = tuple(_row(count, found.base, say) for count in found.counts)
    return Table(key, heading, columns, rows, note=_note(found, say))


def _row(count: Count, base: int, say: Words) -> tuple[Cell, ...]:
    return (count.label, count.people, counted(count.people, base, say))


def _hidden(say: Words) -> str:
    return say("Fewer than {number} answers: {hidden}.", number=str(SMALLEST), hidden=say(HIDDEN))


def _note(found: Tally, say: Words) -> str:
    """The base, those who stand apart from it, and why a multiple choice adds up to more."""
    parts = [say("{base} people answered.", base=str(found.base))]
    parts += [f"{count.label}: {count.people}." for count in found.apart if count.people]
    if found.skipped:
        parts.append(say("{number} passed over the question.", number=str(found.skipped)))
    if found.several:
        parts.append(say("More than one answer was possible."))
    return " ".join(parts)


def effects(reading: Reading) -> Section:
    """Effects seen, how they are known, and how much of them comes from the workshop."""
    say = reading.say
    items = (
        ("effects", say("Effects reported")),
        ("effect_source", say("How the effects are known")),
        ("contribution", say("How much the workshop contributed")),
    )
    return Section(
        "effects",
        say("Effects to which the workshop contributed"),
        tables=tuple(
            _table(item, heading, reading.tally(item, "M6", "M12"), say) for item, heading in items
        ),
    )


def suggestions(reading: Reading) -> Section:
    """Suggestions and their fate by the latest word; modernisation projects."""
    say = reading.say
    made = reading.tally("suggestion", "M3", "M6", "M12")
    projects = reading.tally("project", "M6", "M12")
    return Section(
        "suggestions",
        say("Suggestions and projects"),
        tables=(
            _table("suggestion", say("Suggestions made"), made, say),
            _table("project", say("Modernisation projects"), projects, say),
        ),
    )


def obstacles(reading: Reading) -> Section:
    """Obstacles grouped by who can remove them; and what is asked of the regional office."""
    say = reading.say
    found = reading.tally("obstacles", "M3", "M6")
    columns = (
        say("Who can remove it"),
        say("Obstacle"),
        say("People"),
        say("Of those who answered"),
    )
    heading = say("What makes it difficult")
    table = Table("obstacles", heading, columns, (), note=_hidden(say))
    if found.base >= SMALLEST:
        rows = tuple(_grouped(found, say))
        table = Table("obstacles", heading, columns, rows, note=_note(found, say))
    wanted = _table(
        "help", say("Help asked of the regional office"), reading.tally("help", "M3"), say
    )
    return Section("obstacles", say("Obstacles, by who can remove them"), tables=(table, wanted))


def _grouped(found: Tally, say: Words) -> list[tuple[Cell, ...]]:
    """Rows of all obstacles, most named first within each group; "no obstacle" is last."""
    placed = {code for codes in WHO_CAN_REMOVE.values() for code in codes}
    others = tuple(c.code for c in found.counts if c.code not in (*placed, NO_OBSTACLE))
    rows: list[tuple[Cell, ...]] = []
    for who, codes in {**WHO_CAN_REMOVE, OTHER: others}.items():
        here = [count for count in found.counts if count.code in codes]
        here.sort(key=lambda count: -count.people)
        rows += [(say(who), *_row(count, found.base, say)) for count in here]
    nothing = [count for count in found.counts if count.code == NO_OBSTACLE]
    return [*rows, *(("–", *_row(count, found.base, say)) for count in nothing)]
