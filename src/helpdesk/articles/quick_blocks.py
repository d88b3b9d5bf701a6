"""Python-Markdown's blocks, asked only of those processors that could take them.

And its table of contents as a list, made as a text only for pages that show it.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

import markdown
from markdown import blockprocessors as usual
from markdown.blockparser import BlockParser
from markdown.extensions import md_in_html, sane_lists, tables
from markdown.extensions.toc import TocTreeprocessor

PLAIN = re.compile(r"(?:[^\W\d_]|\*\*?[^\W_]|\[[^\[\]\n]*\]\()[^\n]*")
"""One line that begins as a text does: with a letter, with emphasis, or with a link."""
ITEMS = re.compile(r"(?:(?:[-*+]|\d+\.) [^\W_][^\n]*(?:\n(?!$)|$))+")
"""Lines that each begin an item of a list, and in it a text."""
LISTS = {
    *(usual.OListProcessor, usual.UListProcessor),
    *(sane_lists.SaneOListProcessor, sane_lists.SaneUListProcessor),
}
NEVER_PLAIN = {
    *(usual.EmptyBlockProcessor, usual.ListIndentProcessor, usual.CodeBlockProcessor),
    *(usual.HashHeaderProcessor, usual.SetextHeaderProcessor, usual.HRProcessor),
    *(usual.BlockQuoteProcessor, usual.ReferenceProcessor),
    *(md_in_html.MarkdownInHtmlProcessor, tables.TableProcessor),
}
"""What takes neither; lists take no text. Others, such as those of extensions, are always asked."""


class _QuickBlocks(BlockParser):
    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - its name there
        self.see_processors()  # which do not change while a document is read
        return super().parseDocument(lines)

    def see_processors(self) -> None:
        self._all = list(self.blockprocessors)
        self._of_items = [each for each in self._all if type(each) not in NEVER_PLAIN]
        self._plain = [each for each in self._of_items if type(each) not in LISTS]

    def _taking(self, block: str) -> list[usual.BlockProcessor]:
        if PLAIN.fullmatch(block):
            return self._plain
        return self._of_items if ITEMS.fullmatch(block) else self._all

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - its name there
        while blocks:
            for processor in self._taking(blocks[0]):
                taken = processor.test(parent, blocks[0])
                if taken and processor.run(parent, blocks) is not False:
                    break


class _QuickToc(TocTreeprocessor):
    def run(self, doc: Element) -> None:
        self._shown = not self.marker or any(self.marker in (el.text or "") for el in doc.iter())
        super().run(doc)

    def build_toc_div(self, toc_list: list[Any]) -> Element:
        return super().build_toc_div(toc_list) if self._shown else Element("div")

    def replace_marker(self, root: Element, elem: Element) -> None:
        if self._shown:
            super().replace_marker(root, elem)


def take_place(md: markdown.Markdown) -> None:
    """Let the quick ones take the place of the usual ones, unless an extension has its own."""
    parser: Any = md.parser
    kind: type = type(parser)
    if kind is BlockParser:
        parser.__class__ = _QuickBlocks
        parser.see_processors()
    md.is_block_level = cache(md.is_block_level)  # type: ignore[method-assign] # asked of each tag
    for processor in md.treeprocessors:
        toc: Any = processor
        if type(toc) is TocTreeprocessor:
            toc.__class__ = _QuickToc
