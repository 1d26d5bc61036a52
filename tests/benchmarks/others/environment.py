"""An environment for the other programs: none of what they bring gets into the project's own."""

import subprocess
import sys
from hashlib import sha256
from pathlib import Path

from tests.places import ROOT

HERE = Path(__file__).parent
REQUIREMENTS = HERE / "requirements.txt"
BUILD = ROOT / "build"
PATIENCE = 90.0
"""Seconds for making it: `make bench` as a whole has a limit."""


def python() -> str | None:
    """The interpreter with all of them, made once in build/; None if pip could not install them."""
    folder = BUILD / f"others-{sha256(REQUIREMENTS.read_bytes()).hexdigest()[:8]}"
    own, ready = folder / "bin" / "python", folder / "ready"
    install: list[str | Path] = [own, "-m", "pip", "install", "--disable-pip-version-check"]
    if not ready.exists():
        try:
            _quietly([sys.executable, "-m", "venv", "--clear", folder])
            _quietly([*install, "--no-deps", "-r", REQUIREMENTS])
        except (OSError, subprocess.SubprocessError):
            return None
        ready.touch()
    return str(own)


def _quietly(command: list[str | Path]) -> None:
    subprocess.run(command, check=True, timeout=PATIENCE, capture_output=True)
