"""Executes the notebooks from start to end; says which cell fails. `python notebooks/execute.py [NOTEBOOK...]`

With `--write FOLDER` the executed notebooks, outputs included, are written there. The notebooks themselves are not
changed: they are kept without outputs.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

HERE = Path(__file__).resolve().parent
TIMEOUT = 300
"""Seconds a cell may take."""
COLOR = re.compile(r"\x1b\[[0-9;]*m")


def execute(path: Path, write: Path | None = None) -> str:
    """Run one notebook in a folder of its own. Returns what went wrong, or an empty string."""
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    if any(cell.cell_type == "code" and cell.outputs for cell in notebook.cells):
        return "is kept with outputs; clear them"
    with tempfile.TemporaryDirectory() as folder:
        client = NotebookClient(
            notebook, timeout=TIMEOUT, kernel_name="python3", resources={"metadata": {"path": folder}}
        )
        try:
            client.execute()
        except CellExecutionError as error:
            return COLOR.sub("", str(error))
    if write:
        write.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, write / path.name)
    return ""


def main() -> int:
    """Run the notebooks named, or all beside this file; 1 if one fails."""
    parser = argparse.ArgumentParser(description="Execute the notebooks.")
    parser.add_argument("notebooks", nargs="*", type=Path)
    parser.add_argument("--write", type=Path, help="folder for the executed notebooks")
    options = parser.parse_args()
    failed = 0
    for path in options.notebooks or sorted(HERE.glob("*.ipynb")):
        begin = time.perf_counter()
        problem = execute(path, options.write)
        print(f"{path.name}: {'FAILED' if problem else 'ok'} ({time.perf_counter() - begin:.0f} s)", flush=True)
        if problem:
            failed += 1
            print(problem, file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
