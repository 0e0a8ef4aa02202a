"""Subject, predicate, object: the plain statements that a text makes, read off its dependency trees.

One proposition a clause: verbs with their arguments, copulas with their complement, joined subjects, objects and verbs
told apart, relative clauses with the noun they hang on; appositions and nouns of events where both sides are named. Rules
over Universal Dependencies, after ClausIE (Del Corro and Gemulla 2013) and PredPatt (White et al. 2016).
"""

from __future__ import annotations

from kg.claims.propositions.claim import find_propositions
from kg.claims.propositions.surface import sentence_propositions

__all__ = ["find_propositions", "sentence_propositions"]
