"""followup figures: what became of workshops, by delegation, with bounds."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.common import Codes, Desk, Result, at_desk
from bot.cli.printing import table
from bot.wording.counts import counted

if TYPE_CHECKING:
    from analysis.findings.delegation_figures import DelegationFigures

FIGURES = (
    "figure",
    "yes",
    "at most",
    "no",
    "disputed",
    "not known",
    "replied",
    "likely",
    "places",
)
CONFIDENTIAL = "CONFIDENTIAL: for the office, with counts under five."
COVERS = "The bounds cover silence, not wrong answers. Likely: if the silent are like the others."


@at_desk
def figures(
    here: Desk,
    codes: Codes = None,
    months: Annotated[
        int, typer.Option("--months", min=6, max=12, help="How long after the workshop: 6 or 12.")
    ] = 12,
) -> Result:
    """Show what became of workshops by delegation, with bounds: for the office."""
    from bot.desk.reports.figures import MOMENTS
    from bot.desk.reports.figures import figures as read

    if months not in MOMENTS:
        raise typer.BadParameter("is 6 or 12.", param_hint="--months")
    found = read(here.database, here.office, here.code_of(codes) or [], months, here.now)
    return Result(found, _lines(found, months))


def _lines(found: "DelegationFigures", months: int) -> list[str]:
    unit = "attendances" if found.by_person else "delegations"
    head = f"{counted(found.units, unit[:-1])} of {counted(found.workshops, 'workshop')}, "
    head += f"{months} months after"
    if found.left_out:
        head += f"; {counted(found.left_out, 'workshop')} of one administration left out"
    rows = [
        (
            one.figure.replace("_", " "),
            f"{one.yes} of {found.units}",
            one.at_most,
            one.no,
            one.disputed,
            one.not_known,
            one.replied,
            f"{one.likely[0]} to {one.likely[1]}",
            f"{one.places} of {one.of_places}",
        )
        for one in found.figures
    ]
    evidence = ((name.replace("_", " "), count) for name, count in found.grades.items())
    return [
        CONFIDENTIAL,
        head,
        "",
        *table(FIGURES, rows),
        COVERS,
        "",
        *table(("embedded, by best evidence", unit), [*evidence]),
        "",
        *table(("beside", unit), [*found.beside.items()]),
        "",
        *_rates(found),
        "",
        *_agreement(found),
    ]


def _rates(found: "DelegationFigures") -> list[str]:
    rows = [
        (
            f"{wave.wave}{' so far' if wave.so_far else ''}",
            *(
                f"{one.part} of {one.base}" if one.share is None else f"{one.share:.1%}"
                for one in wave.rates
            ),
        )
        for wave in found.rates
    ]
    moved = [(f"{one.earlier} to {one.later}", one.up, one.same, one.down) for one in found.trend]
    heading = ("stage told by the same people", "up", "same", "down")
    return [
        *table(("wave", "RR1", "RR2", "COOP1", "REF1", "CON1"), rows),
        "",
        *table(heading, moved),
    ]


def _agreement(found: "DelegationFigures") -> list[str]:
    one = found.agreement
    kappa = "too few pairs" if one.kappa is None else f"{one.kappa:.2f}"
    pairs = f"{one.pairs} of {one.delegations}"
    row = (pairs, one.both, one.only_officer, one.only_witness, one.neither, kappa)
    heading = ("pairs of delegations", "both", "only the officer", "only the witness", "neither")
    return table((*heading, "kappa"), [row])
