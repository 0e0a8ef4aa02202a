"""Entities across documents linked to the records of an authority, such as Wikidata, by the Reconciliation API.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/

The only part of this package that uses a network, and only when somebody calls it, with the URL that they give: see
`kg.authority.linking.reconcile`.
"""
