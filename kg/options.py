"""Arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

case_argument = click.argument("case", type=click.Path(path_type=Path, readable=False))
paths_argument = click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, readable=False))


def format_option(*known: str, default: str = "table") -> Callable[[Any], Any]:
    """`--format`, one of those known."""
    return click.option("--format", "format", type=click.Choice(known), default=default, show_default=True)
