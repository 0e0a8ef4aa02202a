"""Human judgement: what people decided of claims, entities and speakers, kept for good and applied at every build.

A judgement is an entry that is never changed; a later one on the same matter takes its place, and one that is withdrawn stays on
record. `kept` and `attach` are what a build needs of it, `applying` what people do.
"""
