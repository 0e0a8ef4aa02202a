"""Errors that a person can act on."""

from __future__ import annotations


class KgError(Exception):
    """Something the user can put right: one line that names the file or the place, and what to do."""
