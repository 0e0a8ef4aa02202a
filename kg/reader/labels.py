"""The label inventories of the reader's heads.

Their order is the order of the model's output columns: training and inference both import them from here.
"""

from __future__ import annotations

from typing import Final

SPAN_TYPES: Final = ("source", "cue", "content")
"""The parts of an attribution (Pareti 2012; PolNeAR, Newell et al. 2018)."""

ENTITY_TYPES: Final = ("person", "organization", "place", "event", "work", "group")
"""Named entities. `work` covers documents, laws and works of art; `group` nationalities, religious and political groups."""


def bio(types: tuple[str, ...]) -> tuple[str, ...]:
    """Tags of a BIO scheme over `types`: O, then B and I of each type in turn."""
    return ("O", *(f"{prefix}-{kind}" for kind in types for prefix in "BI"))


ATTRIBUTION_TAGS: Final = bio(SPAN_TYPES)
ENTITY_TAGS: Final = bio(ENTITY_TYPES)

XPOS: Final = tuple(
    (
        "CC CD DT EX FW IN JJ JJR JJS LS MD NN NNP NNPS NNS PDT POS PRP PRP$ RB RBR RBS RP SYM TO UH "
        "VB VBD VBG VBN VBP VBZ WDT WP WP$ WRB # $ '' `` , . : -LRB- -RRB- HYPH NFP ADD AFX GW XX"
    ).split()
)
"""Penn Treebank tags with the additions of EWT and GUM."""

UPOS: Final = tuple("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
"""Universal Dependencies parts of speech."""

RELATIONS: Final = tuple(
    (
        "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse "
        "dislocated expl fixed flat goeswith iobj list mark nmod nsubj nummod obj obl orphan "
        "parataxis punct reparandum root vocative xcomp"
    ).split()
)
"""Universal Dependencies relations without subtypes."""
