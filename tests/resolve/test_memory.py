"""What comparisons are remembered by: never a result that was not found."""

from __future__ import annotations

from kg.resolve import Memory, resolve
from tests.resolve.test_across import found, tables


def test_a_changed_memory_is_as_good_as_none() -> None:
    memory = Memory()
    resolve(tables(), (), memory)
    data = memory.dump()
    assert b"different figures" in data
    again = Memory(data.replace(b"different figures", b"different persons"))
    assert resolve(tables(), (), again) == found()
    assert again.made == memory.made
