"""What MkDocs knows of a page when its Markdown has become HTML, as JSON and back."""

import json
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure import toc
from mkdocs.structure.files import Files
from mkdocs.structure.pages import Page


def read(page: Page, usual: Callable[[MkDocsConfig], None], config: MkDocsConfig) -> None:
    """Read a page; the front matter of a generated one as the JSON that its values are."""
    del page.read_source  # the class has its own again
    front, end, text = page.file.content_string.partition("\n---\n")
    if page.file.generated_by is None or not end:
        usual(config)
        return
    lines = (line.partition(": ") for line in front.removeprefix("---\n").split("\n"))
    try:
        page.meta = {key: json.loads(value) for key, _, value in lines}
        page.markdown = text.lstrip("\n")
    except ValueError:  # a copy of a page that is written by hand
        usual(config)


def state(page: Page) -> dict[str, Any]:
    """Return what `Page.render` has left on a page."""
    return {"content": page.content, "toc": toc_state(page.toc)} | outside(page)


def outside(page: Page) -> dict[str, Any]:
    """Return what other pages may ask for when a page has been rendered."""
    links = page.links_to_anchors
    return {
        "title": page._title_from_render,  # noqa: SLF001 - that is where it is
        "anchors": sorted(page.present_anchor_ids or ()),
        "links": None if links is None else [[to.src_uri, to_] for to, to_ in links.items()],
    }


def restore(page: Page, state: dict[str, Any], files: Files) -> None:
    """Let a page be as if it had been rendered; without content, as others see it."""
    page.content = state.get("content", "")
    page.toc = toc_from(state.get("toc", ()))
    page._title_from_render = state["title"]  # noqa: SLF001 - that is where it is
    page.present_anchor_ids = set(state["anchors"])
    if state["links"] is not None:
        targets = ((files.get_file_from_path(uri), links) for uri, links in state["links"])
        page.links_to_anchors = {file: links for file, links in targets if file}


def toc_state(items: Iterable[toc.AnchorLink]) -> list[dict[str, Any]]:
    """Return a table of contents as JSON."""
    return [vars(item) | {"children": toc_state(item.children)} for item in items]


def toc_from(states: Iterable[dict[str, Any]]) -> toc.TableOfContents:
    """Return a table of contents from JSON."""
    return _Toc(states)


class _Toc(toc.TableOfContents):
    """Makes its items once somebody asks for them: a site's map reads no more than front matter."""

    def __init__(self, states: Iterable[dict[str, Any]]) -> None:
        self._states = states

    @cached_property
    def items(self) -> list[toc.AnchorLink]:  # type: ignore[override] # as good as an attribute
        return list(_toc_items(self._states))


def _toc_items(states: Iterable[dict[str, Any]]) -> Iterator[toc.AnchorLink]:
    for state in states:
        item = toc.AnchorLink(state["title"], state["id"], state["level"])
        vars(item).update(state, children=list(_toc_items(state["children"])))
        yield item
