"""Edits of a help site as people make them, at random but the same for the same seed."""

import random
import re
from collections.abc import Callable
from pathlib import Path

WORDS = ("window", "queue", "signal", "folder", "engine", "paper")

Edit = Callable[[Path, random.Random], None]


def edit(folder: Path, dice: random.Random) -> str:
    """Change something in a site made by `helpdesk new`, and return what."""
    change = dice.choice(EDITS)
    change(folder, dice)
    return change.__name__


def _replace(path: Path, pattern: str, new: str, dice: random.Random) -> None:
    """Replace one of the places where a pattern fits."""
    text = path.read_text(encoding="utf-8")
    found = list(re.finditer(pattern, text, re.MULTILINE))
    if found:
        match = dice.choice(found)
        text = text[: match.start()] + match.expand(new) + text[match.end() :]
        path.write_text(text, encoding="utf-8")


def _word(dice: random.Random) -> str:
    return f"{dice.choice(WORDS)} {dice.randrange(1000)}"


def title(folder: Path, dice: random.Random) -> None:
    """Give a cause, a fix or a party another title."""
    path = dice.choice(sorted((folder / "docs/catalog").glob("*.yml")))
    _replace(path, r"^    title: .*$", f"    title: The {_word(dice)}", dice)


def text(folder: Path, dice: random.Random) -> None:
    """Write something into a text."""
    path = dice.choice(sorted((folder / "docs/catalog").glob("*.yml")))
    _replace(path, r"(?<= )(the|a|is) ", rf"\1 {_word(dice)} ", dice)


def prior(folder: Path, dice: random.Random) -> None:
    """Make a cause rarer or more common."""
    word = dice.choice(("rare", "common", "very common"))
    _replace(folder / "docs/catalog/causes.yml", r"prior: .*", f"prior: {word}", dice)


def new_cause(folder: Path, dice: random.Random) -> None:
    """Add a cause."""
    path = folder / "docs/catalog/causes.yml"
    causes = path.read_text(encoding="utf-8")
    own = re.findall(r"^  [\w-]+:\n(?:    .*\n|\n)+", causes, re.MULTILINE)
    body = dice.choice([cause for cause in own if "fixes:" in cause]).partition("\n")[2]
    path.write_text(
        f"{causes.rstrip()}\n\n  new-{dice.randrange(10**9)}:\n{body}", encoding="utf-8"
    )


def no_cause(folder: Path, dice: random.Random) -> None:
    """Take a cause away that was added."""
    _replace(
        folder / "docs/catalog/causes.yml", r"^  new-\d+:\n(?:    .*\n?|\n(?=    ))+", "", dice
    )


def prose(folder: Path, dice: random.Random) -> None:
    """Write a page by hand, or change it, with a link to another."""
    page = folder / f"docs/{dice.choice(('contact', 'more', 'others'))}.md"
    target = dice.choice(("index.md", "causes/index.md", "wizard/index.md#no-such-place"))
    page.write_text(f"# {_word(dice)}\n\n## {_word(dice)}\n\n[x]({target})\n", encoding="utf-8")


def no_page(folder: Path, _: random.Random) -> None:
    """Take a page away."""
    (folder / "docs/more.md").unlink(missing_ok=True)


def template(folder: Path, dice: random.Random) -> None:
    """Put something of the site's own into the theme."""
    path = folder / "overrides/partials/copyright.html"
    path.parent.mkdir(parents=True, exist_ok=True)
    looks = dice.choice(("", "{{ pages | length }}", "{{ pages[0].page.title }}"))
    path.write_text(f"<p>{_word(dice)} {looks}</p>\n", encoding="utf-8")


def settings(folder: Path, dice: random.Random) -> None:
    """Give the site another name."""
    _replace(folder / "mkdocs.yml", r"^site_name: .*", f"site_name: {_word(dice)}", dice)


EDITS: tuple[Edit, ...] = (
    *(title, text, text, text, prior, new_cause, no_cause, prose, no_page, template, settings),
)
