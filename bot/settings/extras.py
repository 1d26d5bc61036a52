"""How to add packages that not every office needs."""

import sys
from pathlib import Path


def install_extra(name: str) -> str:
    """Return the command that adds an extra to the environment of this program, as a way out."""
    return f"Install them: {Path(sys.prefix) / 'bin' / 'pip'} install 'followup[{name}]'"
