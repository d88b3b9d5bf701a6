"""What was measured, as pages for readers and a table in the README.

`python -m bench.page` takes the figures of results.json into published.json, which is kept with
the code, and writes the pages from that.
"""

import json
import math
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

import yaml
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .figures import results

ROOT = Path(__file__).parent.parent
PUBLISHED = Path(__file__).with_name("published.json")
TEMPLATES = Path(__file__).with_name("pages")
PAGES = {"en": ROOT / "docs" / "quality.md", "zh": ROOT / "docs" / "zh" / "quality.md"}
README = ROOT / "README.md"
HEADING = "## How good it is\n"
PARTS = (
    *("quality", "diagnosis", "win95pts", "words", "search"),
    *("speed", "in_chromium", "posterior", "runtime"),
)
ENGINE = "this engine"
WAYS = (
    ENGINE,
    "equation 5",
    "entropy per cost",
    "cheapest first",
    "most likely first",
)
"""Ways to help that the pages show."""
LARGE = 10
"""From this percentage on, a fraction says nothing."""
WIDTH, LINE, BAR = 360, 38, 12
"""Of the plot, in its own units: as wide as a small screen, so that words stay readable."""

COLORS = (
    "text{font:14px system-ui,sans-serif;fill:#12262d}rect{fill:#0f766e}"
    "@media(prefers-color-scheme:dark){text{fill:#e6eff0}rect{fill:#5eead4}}"
)
"""Of a plot that stands alone."""


def main() -> None:
    """Publish what was measured; of what was not, the figures from before stay."""
    figures = {name: {**published(), **results()}[name] for name in PARTS}
    PUBLISHED.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")
    for language, path in PAGES.items():
        path.write_text(page(figures, language), encoding="utf-8")
    README.write_text(readme(README.read_text(encoding="utf-8"), figures), encoding="utf-8")


def published() -> dict[str, Any]:
    """Return the figures that the pages are made from."""
    figures: dict[str, Any] = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    return figures


def page(figures: Mapping[str, Any], language: str) -> str:
    """Return the page of a language as Markdown."""
    labels = yaml.safe_load((TEMPLATES / "labels.yml").read_text(encoding="utf-8"))[language]
    return _rendered(language, figures, labels=labels, ways=WAYS, plot=bars)


def readme(text: str, figures: Mapping[str, Any]) -> str:
    """Return the README with the table of these figures."""
    before, after = text.split(HEADING)
    _, rest = after.split("\n## ", 1)
    return f"{before}{HEADING}\n{_rendered('readme', figures)}\n## {rest}"


def _rendered(name: str, figures: Mapping[str, Any], **more: object) -> str:
    pages = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701 - Markdown of our own
    )
    pages.filters |= {"short": _short, "whole": _whole, "share": _share, "digits": _digits}
    text = pages.get_template(f"{name}.md.jinja").render(**figures, **more)
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _short(percent: float) -> str:
    """Return a number with as many digits as it deserves."""
    digits = 2 if percent < 1 else 1
    return f"{percent:.{digits}f}" if round(percent, 1) < LARGE else _whole(percent)


def _whole(number: float) -> str:
    return f"{number:.0f}"


def _share(part: float) -> str:
    return f"{100 * part:.0f}"


def _digits(difference: float) -> int:
    """Return to how many digits two numbers are the same that differ by this at most."""
    return math.floor(-math.log10(max(difference, 1e-16)))


def bars(
    shares: Sequence[tuple[str, float]],
    texts: tuple[str, str],
    *,
    name: str = "plot",
    ours: int = 1,
    alone: bool = False,
) -> str:
    """Return bars with their labels above them, those that are ours first, and title and text.

    The page's theme colors them. A plot that stands alone, as a file, has colors of its own for
    light and for dark. Each plot of a page needs another name.
    """
    most = max(value for _, value in shares)
    title, description = map(escape, texts)
    size = f'viewBox="0 0 {WIDTH} {LINE * len(shares)}"'
    space = ' xmlns="http://www.w3.org/2000/svg"' if alone else ""
    lines = [
        f'<svg{space} {size} role="img" aria-labelledby="{name}-title {name}-text">',
        f'<title id="{name}-title">{title}</title>',
        f'<desc id="{name}-text">{description}</desc>',
        *([f"<style>{COLORS}</style>"] if alone else []),
    ]
    for number, (label, value) in enumerate(shares):
        top = LINE * number + 14
        length = max(1.0, (WIDTH - 60) * value / most)
        kind = "ours" if number < ours else "other"
        lines += [
            f'<text x="0" y="{top}">{escape(label)}</text>',
            f'<rect class="{kind}" x="0" y="{top + 6}" width="{length:.1f}" height="{BAR}"/>',
            f'<text x="{length + 6:.1f}" y="{top + 16}">{_short(value)} %</text>',
        ]
    return "\n".join([*lines, "</svg>"])


if __name__ == "__main__":
    main()
