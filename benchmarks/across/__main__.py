"""Score what kg makes of the gold stories.

python -m benchmarks.across --part dev [--story NAME] [--verbose]
python -m benchmarks.across --part unseen
"""

from __future__ import annotations

import argparse
import sys
from typing import Final

from benchmarks.across import errors, report, system
from benchmarks.across.gold import PARTS, stories, together

UNSEEN: Final = "unseen"
"""Marked stories that no network learnt from: claims and what holds between them only."""


def main(arguments: list[str] | None = None) -> int:
    """Print the table, and with --verbose every error. 2 if the errors of the part kept for measuring are asked for."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.across", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    add = parser.add_argument
    add("--part", choices=(*PARTS, UNSEEN), default="dev", help="the stories (default: %(default)s)")
    add("--story", default="", help="only this story")
    add("--lenient", action="store_true", help="leave out links that touch claims outside the gold")
    add("--verbose", action="store_true", help="every error with the words of the texts (dev only)")
    add("--linked", action="store_true", help="with --verbose: the errors that are left with the gold's claims")
    given = parser.parse_args(arguments)
    if given.part != "dev" and (given.verbose or given.story):
        print("only the whole of the test part is scored: nobody is to learn its errors", file=sys.stderr)
        return 2
    if given.part == UNSEEN:
        print(report.measure_unseen())
        return 0
    some = {name: gold for name, gold in stories(given.part).items() if given.story in ("", name)}
    if not some:
        print(f"no story {given.story!r}; there are {', '.join(stories(given.part))}", file=sys.stderr)
        return 2
    whole = together(some.values())
    reads = system.read(whole)
    if given.verbose:
        from kg.reader import text_vectors

        print(errors.report(system.linked(whole, reads, text_vectors) if given.linked else system.view(whole, reads)))
    print(report.section(given.part, some, reads, given.lenient))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
