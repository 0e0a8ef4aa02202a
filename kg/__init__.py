"""A claim-provenance knowledge graph: who claims what, on whose word, in which exact sentence.

import kg

kg.build(["articles/"], "case")
case = kg.open("case")
case.claims()
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.version import __version__

if TYPE_CHECKING:
    from kg.authority.linking import ReconcileReport, reconcile
    from kg.case import Case, open
    from kg.case_manifest import DocumentEntry
    from kg.document import Document, Metadata
    from kg.errors import KgError
    from kg.judgement.applying import export_judgements, import_judgements, judge, judgements
    from kg.pipeline import BuildReport, build, remove
    from kg.reading import read
    from kg.reviewing.run import review
    from kg.verification import VerifyReport, verify

__all__ = [
    "BuildReport",
    "Case",
    "Document",
    "DocumentEntry",
    "KgError",
    "Metadata",
    "ReconcileReport",
    "VerifyReport",
    "__version__",
    "build",
    "export_judgements",
    "import_judgements",
    "judge",
    "judgements",
    "open",
    "read",
    "reconcile",
    "remove",
    "review",
    "verify",
]

_HOMES = {
    "BuildReport": "pipeline",
    "Case": "case",
    "Document": "document",
    "DocumentEntry": "case_manifest",
    "KgError": "errors",
    "Metadata": "document",
    "ReconcileReport": "authority.linking",
    "VerifyReport": "verification",
    "build": "pipeline",
    "export_judgements": "judgement.applying",
    "import_judgements": "judgement.applying",
    "judge": "judgement.applying",
    "judgements": "judgement.applying",
    "open": "case",
    "read": "reading",
    "reconcile": "authority.linking",
    "remove": "pipeline",
    "review": "reviewing.run",
    "verify": "verification",
}


def __getattr__(name: str) -> Any:
    # Imported when first used, so that `import kg` and `kg --help` cost next to nothing.
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"kg.{_HOMES[name]}"), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__
