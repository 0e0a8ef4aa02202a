"""Names used in the graph: namespaces, prefixes, and the classes and properties of the ontology as plain IRI strings.

Terms of our own are in `ontology/kg.ttl`; everything else is reused from the vocabularies listed in `PREFIXES`.
"""

from __future__ import annotations

from typing import Final

from kg.records import Directness, EntityType, Kind, Modality, Polarity
from kg.resolve.records import LinkKind

BASE: Final = "urn:kg:"
"""Base of every IRI that is made from a document, unless the case sets its own."""

PREFIXES: Final[dict[str, str]] = {
    "kg": "urn:kg:ontology#",
    "oa": "http://www.w3.org/ns/oa#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}
"""Prefixes that queries may use without declaring them."""

KG: Final = PREFIXES["kg"]
OA: Final = PREFIXES["oa"]
PROV: Final = PREFIXES["prov"]
SCHEMA: Final = PREFIXES["schema"]
DCTERMS: Final = PREFIXES["dcterms"]
SKOS: Final = PREFIXES["skos"]
RDF: Final = PREFIXES["rdf"]
RDFS: Final = PREFIXES["rdfs"]
XSD: Final = PREFIXES["xsd"]

# Datatypes
XSD_STRING: Final = XSD + "string"
XSD_BOOLEAN: Final = XSD + "boolean"
XSD_DECIMAL: Final = XSD + "decimal"
XSD_COUNT: Final = XSD + "nonNegativeInteger"
XSD_ANY_URI: Final = XSD + "anyURI"
XSD_DATE_TIME: Final = XSD + "dateTime"
EDTF: Final = PREFIXES["edtf"] + "EDTF"

# RDF and RDFS
TYPE: Final = RDF + "type"
RDF_PROPERTY: Final = RDF + "Property"
RDF_SUBJECT: Final = RDF + "subject"
RDF_PREDICATE: Final = RDF + "predicate"
RDF_OBJECT: Final = RDF + "object"
LABEL: Final = RDFS + "label"
COMMENT: Final = RDFS + "comment"

# Dublin Core, SKOS
DCTERMS_SOURCE: Final = DCTERMS + "source"
DCTERMS_FORMAT: Final = DCTERMS + "format"
PREF_LABEL: Final = SKOS + "prefLabel"
ALT_LABEL: Final = SKOS + "altLabel"
EXACT_MATCH: Final = SKOS + "exactMatch"

# PROV-O
PROV_ENTITY: Final = PROV + "Entity"
PROV_AGENT: Final = PROV + "Agent"
PROV_ACTIVITY: Final = PROV + "Activity"
PROV_SOFTWARE: Final = PROV + "SoftwareAgent"
DERIVED_FROM: Final = PROV + "wasDerivedFrom"
GENERATED_BY: Final = PROV + "wasGeneratedBy"
GENERATED_AT: Final = PROV + "generatedAtTime"
ATTRIBUTED_TO: Final = PROV + "wasAttributedTo"
ASSOCIATED_WITH: Final = PROV + "wasAssociatedWith"
PROV_PERSON: Final = PROV + "Person"
REVISION_OF: Final = PROV + "wasRevisionOf"
SPECIALIZATION_OF: Final = PROV + "specializationOf"

# Web Annotation
SPECIFIC_RESOURCE: Final = OA + "SpecificResource"
QUOTE_SELECTOR: Final = OA + "TextQuoteSelector"
POSITION_SELECTOR: Final = OA + "TextPositionSelector"
HAS_SOURCE: Final = OA + "hasSource"
HAS_SELECTOR: Final = OA + "hasSelector"
EXACT: Final = OA + "exact"
PREFIX: Final = OA + "prefix"
SUFFIX: Final = OA + "suffix"
START: Final = OA + "start"
END: Final = OA + "end"

# schema.org
ARTICLE: Final = SCHEMA + "Article"
SCHEMA_CLAIM: Final = SCHEMA + "Claim"
QUANTITATIVE_VALUE: Final = SCHEMA + "QuantitativeValue"
SOFTWARE_APPLICATION: Final = SCHEMA + "SoftwareApplication"
PROPERTY_VALUE: Final = SCHEMA + "PropertyValue"
NAME: Final = SCHEMA + "name"
DESCRIPTION: Final = SCHEMA + "description"
IDENTIFIER: Final = SCHEMA + "identifier"
PUBLISHER: Final = SCHEMA + "publisher"
AUTHOR: Final = SCHEMA + "author"
DATE_PUBLISHED: Final = SCHEMA + "datePublished"
URL: Final = SCHEMA + "url"
IN_LANGUAGE: Final = SCHEMA + "inLanguage"
ABOUT: Final = SCHEMA + "about"
MIN_VALUE: Final = SCHEMA + "minValue"
MAX_VALUE: Final = SCHEMA + "maxValue"
UNIT_TEXT: Final = SCHEMA + "unitText"
VALUE: Final = SCHEMA + "value"
ROLE_NAME: Final = SCHEMA + "roleName"
SOFTWARE_VERSION: Final = SCHEMA + "softwareVersion"

# FOAF
FOAF_NAME: Final = PREFIXES["foaf"] + "name"

# Our own classes
KG_DOCUMENT: Final = KG + "Document"
KG_ENTITY: Final = KG + "Entity"
KG_MENTION: Final = KG + "Mention"
KG_NESTED: Final = KG + "NestedMention"
KG_ROLE: Final = KG + "Role"
KG_GROUP: Final = KG + "Group"
KG_SPEAKER: Final = KG + "Speaker"
KG_CLAIM: Final = KG + "Claim"
KG_PROPOSITION: Final = KG + "Proposition"
KG_TERM: Final = KG + "Term"
KG_QUANTITY: Final = KG + "Quantity"
KG_TIME: Final = KG + "Time"
KG_RESOLVED: Final = KG + "ResolvedEntity"
KG_ENTITY_LINK: Final = KG + "EntityLink"
KG_POSSIBLE_ENTITY_LINK: Final = KG + "PossibleEntityLink"
KG_CLAIM_GROUP: Final = KG + "ClaimGroup"
KG_ORIGIN: Final = KG + "Origin"
KG_POSSIBLE_LINK: Final = KG + "PossibleLink"
KG_REUSE: Final = KG + "Reuse"
KG_SHARED_PASSAGE: Final = KG + "SharedPassage"
KG_JUDGEMENT: Final = KG + "Judgement"
KG_JUDGED: Final = KG + "JudgedPassage"
KG_AUTHORITY_LINK: Final = KG + "AuthorityLink"
KG_POSSIBLE_AUTHORITY_LINK: Final = KG + "PossibleAuthorityLink"
KG_AUTHORITY_RECORD: Final = KG + "AuthorityRecord"

# Our own properties
FILE: Final = KG + "file"
SHA256: Final = KG + "sha256"
TEXT_SHA256: Final = KG + "textSha256"
LENGTH: Final = KG + "length"
ENTITY_TYPE: Final = KG + "entityType"
MENTIONED_AT: Final = KG + "mentionedAt"
MENTIONS: Final = KG + "mentions"
NESTED_AT: Final = KG + "nestedAt"
NESTED_IN: Final = KG + "nestedIn"
HOLDER: Final = KG + "holder"
HOLDER_AT: Final = KG + "holderAt"
TITLE_AT: Final = KG + "titleAt"
OFFICE_OF: Final = KG + "officeOf"
OFFICE_OF_AT: Final = KG + "officeOfAt"
QUALIFIER: Final = KG + "qualifier"
QUALIFIER_AT: Final = KG + "qualifierAt"
SPEAKER_KIND: Final = KG + "speakerKind"
SPEAKER_ENTITY: Final = KG + "entity"
MENTION_TEXT: Final = KG + "mentionText"
STATED_AT: Final = KG + "statedAt"
QUOTE: Final = KG + "quote"
CONTENT_AT: Final = KG + "contentAt"
SENTENCE_AT: Final = KG + "sentenceAt"
CHAIN: Final = KG + "chain"
RELAYED_BY: Final = KG + "relayedBy"
WITHIN: Final = KG + "within"
DEPTH: Final = KG + "depth"
KIND: Final = KG + "kind"
DIRECTNESS: Final = KG + "directness"
POLARITY: Final = KG + "polarity"
MODALITY: Final = KG + "modality"
CUE: Final = KG + "cue"
CUE_AT: Final = KG + "cueAt"
HAS_QUANTITY: Final = KG + "quantity"
HAS_TIME: Final = KG + "time"
CONTENT: Final = KG + "content"
TEXT: Final = KG + "text"
APPROXIMATE: Final = KG + "approximate"
FOUND_AT: Final = KG + "foundAt"
HAS_EDTF: Final = KG + "edtf"
LEMMA: Final = KG + "lemma"
NEGATED: Final = KG + "negated"
ARGUMENT: Final = KG + "argument"
METHOD: Final = KG + "method"
SCORE: Final = KG + "score"
REASON: Final = KG + "reason"
FROM: Final = KG + "from"
TO: Final = KG + "to"
DOCUMENTS: Final = KG + "documents"
SPEAKERS: Final = KG + "speakers"
PUBLISHERS: Final = KG + "publishers"
ORIGINS: Final = KG + "origins"
IN_GROUP: Final = KG + "inGroup"
ORIGIN_OF: Final = KG + "originOf"
HAS_ORIGIN: Final = KG + "hasOrigin"
LINK_KIND: Final = KG + "linkKind"
CONFLICT_KIND: Final = KG + "conflictKind"
SEVERITY: Final = KG + "severity"
SHARE: Final = KG + "share"
PASSAGE: Final = KG + "passage"
FROM_AT: Final = KG + "fromAt"
TO_AT: Final = KG + "toAt"
MODEL: Final = KG + "model"
OPTION: Final = KG + "option"
SUBJECT: Final = KG + "subject"
VERDICT: Final = KG + "verdict"
JUDGED_A: Final = KG + "judgedA"
JUDGED_B: Final = KG + "judgedB"
SPEAKER_NAME: Final = KG + "speakerName"
WITHDRAWS: Final = KG + "withdraws"
RESTS_ON: Final = KG + "restsOn"
PASSAGE_OF: Final = KG + "passageOf"
LINKS_ENTITY: Final = KG + "linksEntity"
MADE_FOR: Final = KG + "madeFor"
RECORD: Final = KG + "record"
RECORD_TYPE: Final = KG + "recordType"
CANDIDATE_MATCH: Final = KG + "candidateMatch"
NAME_SENT: Final = KG + "nameSent"
SERVICE: Final = KG + "service"
SERVICE_SCORE: Final = KG + "serviceScore"
SERVICE_MATCH: Final = KG + "serviceMatch"
THRESHOLD: Final = KG + "threshold"

QUALIFIERS: Final[dict[str, str]] = {
    "time": KG + "when",
    "place": KG + "where",
    "recipient": KG + "recipient",
    "instrument": KG + "instrument",
    "topic": KG + "topic",
    "quantity": KG + "amount",
    "manner": KG + "manner",
    "condition": KG + "condition",
}
"""Role of a proposition's argument → the property for it; other roles have only `kg:argument`."""

CLASSES: Final[dict[EntityType, str]] = {
    "person": SCHEMA + "Person",
    "organization": SCHEMA + "Organization",
    "place": SCHEMA + "Place",
    "event": SCHEMA + "Event",
    "work": SCHEMA + "CreativeWork",
    "group": KG_GROUP,
}

LINKED: Final[dict[LinkKind, tuple[str, str]]] = {
    "same": (KG + "SameLink", KG + "sameAs"),
    "support": (KG + "SupportLink", KG + "supports"),
    "conflict": (KG + "ConflictLink", KG + "conflictsWith"),
    "compatible": (KG + "CompatibleLink", KG + "compatibleWith"),
    "confirmation": (KG + "ConfirmationLink", KG + "confirms"),
    "repetition": (KG + "RepetitionLink", KG + "repeats"),
}
"""Link between claims → its class, and the property that says the same in one triple."""

KINDS: Final[dict[Kind, str]] = {
    "assertion": KG + "Assertion",
    "opinion": KG + "Opinion",
    "demand": KG + "Demand",
    "order": KG + "Order",
    "denial": KG + "Denial",
    "doubt": KG + "Doubt",
    "belief": KG + "Belief",
    "concern": KG + "Concern",
    "warning": KG + "Warning",
    "prediction": KG + "Prediction",
    "question": KG + "Question",
}

DIRECTNESSES: Final[dict[Directness, str]] = {
    "direct": KG + "Direct",
    "indirect": KG + "Indirect",
    "mixed": KG + "Mixed",
    "author": KG + "Author",
}

POLARITIES: Final[dict[Polarity, str]] = {"positive": KG + "Positive", "negative": KG + "Negative"}

MODALITIES: Final[dict[Modality, str]] = {
    "certain": KG + "Certain",
    "probable": KG + "Probable",
    "possible": KG + "Possible",
    "necessary": KG + "Necessary",
    "hypothetical": KG + "Hypothetical",
}
