"""What kind of claim a content makes where the cue itself is neutral."""

from __future__ import annotations

import pytest

from tests.claims.reading import only


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“Open the port before Monday,” Elena Varga said.", "demand"),
        ("“Do not open the port before Monday,” Elena Varga said.", "demand"),
        ("“Please send more boats to the port,” Elena Varga said.", "demand"),
        ("“Boats left the port before Monday,” Elena Varga said.", "assertion"),
        ("“Open boats left the port before Monday,” Elena Varga said.", "assertion"),
        ("Elena Varga said that boats had left the port.", "assertion"),
        ("Elena Varga called the plan of the ministry a failure.", "opinion"),
        ("Elena Varga called the plan a failure for the whole region.", "opinion"),
        ("Elena Varga called for a new plan of the ministry.", "demand"),
        ("Elena Varga called on the ministry to publish the plan.", "demand"),
        ("Elena Varga insisted that the port was closed on Monday.", "assertion"),
        ("Elena Varga insists it paid the fishermen.", "assertion"),
        ("Elena Varga insisted that the port be closed on Monday.", "demand"),
        ("Elena Varga insists on a second inquiry.", "demand"),
    ],
)
def test_kind_of_a_content_after_a_neutral_cue(text: str, kind: str) -> None:
    assert only(text).kind == kind


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Elena Varga said that the port was closed in May.", "certain"),
        ("Elena Varga said that the port might close in May.", "possible"),
        ("Elena Varga said that the port will probably close in May.", "probable"),
        ("Elena Varga said that the ministry must open the port.", "necessary"),
        ("Elena Varga urged the ministry to open the port.", "necessary"),
        ("The bank predicted that prices of fish would rise.", "probable"),
        ("Elena Varga says that the port would close if the river rose.", "hypothetical"),
        ("Elena Varga doubted that the port was safe.", "possible"),
    ],
)
def test_modality_of_a_content(text: str, modality: str) -> None:
    assert only(text).modality == modality


def test_a_doubt_is_a_kind_of_its_own() -> None:
    assert only("Elena Varga doubted that the port was safe.").kind == "doubt"
