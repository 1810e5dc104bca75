"""Lists in a sentence."""

from __future__ import annotations

import pytest

from services.core.language import lists


@pytest.mark.parametrize(
    ("texts", "every", "either"),
    [(["a"], "a", "a"), (["a", "b"], "a and b", "a or b"), (["a", "b", "c"], "a, b and c", "a or b or c")],
)
def test_names_are_joined(texts, every, either):
    assert (lists.every(texts), lists.either(texts)) == (every, either)


def test_the_rest_of_many_is_counted():
    said = [lists.first(["a", "b"], rest) for rest in (1, 1_234)]
    assert said == ["a, b and 1 more", "a, b and 1,234 more"]
