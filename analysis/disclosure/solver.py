"""The solver of linear programs, which prints nothing. Imported only where a program is solved."""

import highspy

LEAST = highspy.ObjSense.kMinimize
GREATEST = highspy.ObjSense.kMaximize
ENDLESS = highspy.kHighsInf
SOLVED = highspy.HighsModelStatus.kOptimal


class Solver(highspy.Highs):
    """HiGHS without its banner, which would stand before a report in the terminal."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        for option, value in (("presolve", "off"), ("threads", 1), ("simplex_strategy", 4)):
            self.setOptionValue(option, value)

    def enableCallbacks(self) -> None:  # noqa: N802 - called by the solver when it is made
        """Turn the printing off before the solver prints its banner."""
        self.silent()
        super().enableCallbacks()  # type: ignore[no-untyped-call]
