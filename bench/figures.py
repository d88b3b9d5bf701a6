"""What was measured: ratios with their spread, kept in results.json."""

import json
import statistics
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RESULTS = Path(__file__).with_name("results.json")


def ratio(ours: Sequence[float], stock: Sequence[float]) -> dict[str, Any]:
    """Return the medians of both, and of their ratios round by round, with the spread."""
    ratios = [one / other for one, other in zip(ours, stock, strict=True) if other]
    return {
        "ours": round(statistics.median(ours), 2),
        "stock": round(statistics.median(stock), 2),
        "ratio": round(statistics.median(ratios), 3) if ratios else None,
        "spread": [round(min(ratios), 3), round(max(ratios), 3)] if ratios else None,
    }


def results() -> dict[str, Any]:
    """Return what has been measured so far, of everything."""
    if not RESULTS.exists():
        return {}
    content: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8"))
    return content


def keep(name: str, figures: dict[str, Any]) -> None:
    """Write down what was measured of one thing."""
    text = json.dumps({**results(), name: figures}, indent=1)
    RESULTS.write_text(f"{text}\n", encoding="utf-8")
