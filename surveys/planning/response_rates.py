"""Response rates by the names of the AAPOR Standard Definitions, from final dispositions.

I complete, P partial, R refusals and break-offs, NC no contact, U unknown (asked, and silent):
RR1 = I/(I+P+R+NC+U), RR2 = (I+P)/the same, COOP1 = I/(I+P+R), REF1 = R/the same as RR1,
CON1 = (I+P+R)/the same. Cases that are not eligible or were not asked are in no rate.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from surveys.planning.dispositions import Disposition


@dataclass(frozen=True)
class Rate:
    """A rate by its name: `part` of `base`."""

    name: str
    part: int
    base: int

    @property
    def share(self) -> float | None:
        """The rate as a number from 0 to 1; None without a base."""
        return self.part / self.base if self.base else None


@dataclass(frozen=True)
class ResponseRates:
    """The rates of one wave. `so_far` says that some of its cases can still change."""

    rr1: Rate
    rr2: Rate
    coop1: Rate
    ref1: Rate
    con1: Rate
    so_far: bool = False

    @property
    def all(self) -> tuple[Rate, ...]:
        return (self.rr1, self.rr2, self.coop1, self.ref1, self.con1)


def response_rates(found: Mapping[Disposition, int]) -> ResponseRates:
    """Return the rates of cases, by how many have each disposition; open ones are silent so far."""
    count = {one: found.get(one, 0) for one in Disposition}
    complete = count[Disposition.COMPLETE]
    answered = complete + count[Disposition.PARTIAL]
    refused = count[Disposition.REFUSAL] + count[Disposition.BREAK_OFF]
    still_open = count[Disposition.OPEN]
    silent = count[Disposition.NON_CONTACT] + count[Disposition.UNKNOWN] + still_open
    everybody = answered + refused + silent
    return ResponseRates(
        Rate("RR1", complete, everybody),
        Rate("RR2", answered, everybody),
        Rate("COOP1", complete, answered + refused),
        Rate("REF1", refused, everybody),
        Rate("CON1", answered + refused, everybody),
        so_far=still_open > 0,
    )
