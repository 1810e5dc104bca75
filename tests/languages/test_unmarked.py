"""Every sentence of a finished folder is marked for other languages."""

from __future__ import annotations

import pytest

from tests.languages.strings import unmarked
from tests.languages.unmarked import MARKED, of_folder


@pytest.mark.parametrize("folder", MARKED)
def test_a_finished_folder_has_no_unmarked_sentence(folder: str) -> None:
    assert of_folder(folder) == []


@pytest.mark.parametrize(
    "source",
    [
        'SUB = "All customers"',
        'html.Span("of", id="x")',
        'card(heading="Status")',
        'f"{n} of the customers"',
        'raise Refusal("There is no such customer.")',
        '_("{what}", what="the shop")',
        'WORDS = {"ok": "Fine"}',
        'SUB = "all " + "Customers"',
        """f'<p class="wide">Opening {name}</p>'""",
    ],
)
def test_what_a_person_reads_is_found(source: str) -> None:
    assert unmarked(source)


@pytest.mark.parametrize(
    "source",
    [
        '_("All customers")',
        'SUB = later("All customers")',
        'html.Div(id="x", className="page wide")',
        'def of() -> None:\n    """Say what is so."""',
        'raise ValueError("not two columns")',
        'LIST = "margin:0 0 8px;padding:0 0 0 20px"',
        """'<!DOCTYPE html><html lang="'""",
        'rows["Name of it"]',
        'colour: Literal["Some word"] = value',
        'href("/data/status")',
        """f'<p class="wide open" title="{name}" role="status">{name}</p>'""",
        'chosen == "All of it"',
        'kind = "sd-track sd-track-open"',
        '__all__ = ["Card"]',
        'f"SELECT name FROM {table}" + "price = ?" + f" AS h LEFT JOIN {table}"',
        'f"DROP TABLE {table}" + " IS NULL AND bad" + f"count(DISTINCT {name})"',
        'ALLOWED = {("sklearn.pipeline", "Pipeline")}',
    ],
)
def test_what_nobody_reads_is_left_alone(source: str) -> None:
    assert unmarked(source) == []
