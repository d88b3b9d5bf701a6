"""What was measured is what the pages and the README say, and it is as good as is promised."""

from typing import Any

import pytest
from bench.page import ENGINE, PAGES, README, page, published, readme


@pytest.fixture(scope="module")
def figures() -> dict[str, Any]:
    """The published figures."""
    return published()


@pytest.mark.parametrize("language", PAGES)
def test_a_page_says_what_was_measured(figures: dict[str, Any], language: str) -> None:
    """The page is the one that the figures make, with a plot that has a text and a table."""
    text = PAGES[language].read_text(encoding="utf-8")
    assert text == page(figures, language)
    assert 'role="img"' in text
    assert "<desc" in text
    assert text.count("|---|") >= 5


def test_the_readme_says_what_was_measured(figures: dict[str, Any]) -> None:
    """The table is the one that the figures make."""
    text = README.read_text(encoding="utf-8")
    assert readme(text, figures) == text


def test_the_engine_is_nearly_optimal(figures: dict[str, Any]) -> None:
    """On many random problems and on parts of the shipped catalog, and nearer than the others."""
    for name in ("small", "parts_of_shipped"):
        rows = figures["quality"][name]["policies"]
        assert rows[ENGINE]["mean"][0] <= 0.3
        assert rows[ENGINE]["p95"] <= 1.0
        assert all(rows[ENGINE]["mean"][0] <= row["mean"][0] for row in rows.values())
    assert figures["quality"]["small"]["problems"] >= 200


def test_words_are_understood_better_than_a_search_finds_them(figures: dict[str, Any]) -> None:
    """Also where no phrase was written for them."""
    assert all(row["match"] > 2 * row["search"] for row in figures["words"].values())


def test_beliefs_are_those_of_a_library(figures: dict[str, Any]) -> None:
    """To nine digits and more."""
    assert figures["posterior"]["greatest_difference"] < 1e-9


def test_very_likely_is_right(figures: dict[str, Any]) -> None:
    """Where the world is as written, as often as the words promise."""
    row = figures["diagnosis"]["calibration"]["as written"]
    assert row["very_likely_right"] >= 0.8
    assert row["ece"] <= 0.1
