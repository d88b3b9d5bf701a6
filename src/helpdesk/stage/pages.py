"""The pages of a site as plain Markdown files."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from helpdesk.articles import expand, with_reports, wording
from helpdesk.articles.markup import page_address
from helpdesk.browser import Bundle
from helpdesk.browser.wizards import WIZARD, modules, with_wizards
from helpdesk.catalog import Catalog, CatalogError, Position

FRONT = re.compile(r"\A\ufeff?---[ \t]*\n(.*?\n)---[ \t]*\n", re.DOTALL)
BLANK_LINES = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Text:
    """A page: its front matter as it is written, and its Markdown."""

    front: str
    body: str

    @classmethod
    def of(cls, whole: str) -> "Text":
        """Return the parts of a page."""
        match = FRONT.match(whole)
        return cls(match[1], whole[match.end() :]) if match else cls("", whole)

    def whole(self, **more: object) -> str:
        """Return the page with more front matter."""
        added = "".join(
            f"{name}: {json.dumps(v, ensure_ascii=False)}\n" for name, v in more.items()
        )
        front = self.front + added
        return f"---\n{front}---\n\n{self.body.lstrip()}" if front else self.body


def by_hand(docs: Path, catalog_folder: str) -> Iterator[tuple[str, Path]]:
    """Yield uri and file of everything in `docs/` besides the catalog."""
    for path in sorted(docs.rglob("*")):
        uri = path.relative_to(docs).as_posix()
        hidden = any(part.startswith(".") for part in path.relative_to(docs).parts)
        if path.is_file() and not hidden and not uri.startswith(f"{catalog_folder}/"):
            yield uri, path


def expanded(path: Path, uri: str, catalog: Catalog) -> tuple[Text, list[CatalogError]]:
    """Return a page written by hand with its references replaced, and what is wrong with them."""
    whole = path.read_text(encoding="utf-8")
    text = Text.of(whole)
    line = whole[: len(whole) - len(text.body)].count("\n") + 1
    body, errors = expand(text.body, uri, Position(str(path), line, 1), catalog)
    return Text(text.front, with_reports(body, uri, catalog)), errors


def copies(texts: Mapping[str, Text], catalog: Catalog) -> Iterator[tuple[str, Text]]:
    """Yield the pages that a translation takes from the original, each with a note."""
    prefixes = tuple(each.prefix for each in catalog.translations.values())
    for translation in catalog.translations.values():
        note = wording.load(translation.language)["article.untranslated"]
        for uri, text in texts.items():
            if not uri.startswith(prefixes) and translation.prefix + uri not in texts:
                yield translation.prefix + uri, Text(text.front, f"*{note}*\n\n{text.body}")


def ready(uri: str, text: Text, catalog: Catalog, bundle: Bundle) -> Text:
    """Return a page with its wizard as HTML that no Markdown takes for anything else."""
    base = "../" * page_address(uri).count("/")
    body = WIZARD.sub(lambda match: _wizard(match[0], catalog, base), text.body)
    if scripts := modules(body, bundle, base):
        body += f"\n\n{scripts}\n"
    return Text(text.front, body)


def _wizard(tag: str, catalog: Catalog, base: str) -> str:
    html = BLANK_LINES.sub("\n", with_wizards(tag, catalog, base).strip())
    return f'<div class="helpdesk-staged">\n{html}\n</div>'
