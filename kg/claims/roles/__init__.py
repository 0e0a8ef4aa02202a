"""Roles: the offices, titles and occupations that a document words, whom it gives them to, and of what they are."""

from kg.claims.roles.find import find_roles

__all__ = ["find_roles"]
