"""Who judges, where nobody says: the name that git knows, else the name of the user of the machine."""

from __future__ import annotations

import subprocess
from contextlib import suppress

from kg.errors import KgError
from kg.judgement.entries import NAME_LONGEST


def judge_name(given: str = "") -> str:
    """`given`, or who is at the machine. Raises KgError where that is nobody, or too long for a name."""
    name = " ".join((given or _git() or _user()).split())
    if not name:
        raise KgError("a judgement has a name to it; give it with --by NAME")
    if len(name) > NAME_LONGEST:
        raise KgError(f"--by: a name of up to {NAME_LONGEST} characters")
    return name


def _git() -> str:
    with suppress(OSError, subprocess.SubprocessError):
        found = subprocess.run(["git", "config", "user.name"], capture_output=True, timeout=5, check=False)
        return found.stdout.decode("utf-8", "replace").strip()
    return ""


def _user() -> str:
    import getpass

    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return ""
