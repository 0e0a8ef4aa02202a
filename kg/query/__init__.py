"""Asking a case: SPARQL, named queries, claims, entities, single things, exports."""

from __future__ import annotations

from kg.query.across import (
    circular,
    confirmations,
    conflicts,
    figures,
    groups,
    origins,
    reuse,
    single_origin,
    support,
)
from kg.query.claims import claim_lines, claim_records, claims
from kg.query.engine import TIMEOUT, select
from kg.query.entities import entities
from kg.query.info import Info, info
from kg.query.named import list_named, named, names
from kg.query.result import FORMATS, Result
from kg.query.show import Shown, show

__all__ = [
    "FORMATS",
    "TIMEOUT",
    "Info",
    "Result",
    "Shown",
    "circular",
    "claim_lines",
    "claim_records",
    "claims",
    "confirmations",
    "conflicts",
    "entities",
    "figures",
    "groups",
    "info",
    "list_named",
    "named",
    "names",
    "origins",
    "reuse",
    "select",
    "show",
    "single_origin",
    "support",
]
