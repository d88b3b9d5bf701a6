"""Python-Markdown's blocks, asked only of those processors that could take them."""

import re
from collections.abc import Iterable
from typing import Any
from xml.etree.ElementTree import Element, ElementTree

from markdown import blockprocessors as usual
from markdown.blockparser import BlockParser
from markdown.extensions import md_in_html, sane_lists, tables

PLAIN = re.compile(r"(?:[^\W\d_]|\*\*?[^\W_]|\[[^\[\]\n]*\]\()[^\n]*")
"""One line that begins as a text does: with a letter, with emphasis, or with a link."""
NEVER_PLAIN = {
    *(usual.EmptyBlockProcessor, usual.ListIndentProcessor, usual.CodeBlockProcessor),
    *(usual.HashHeaderProcessor, usual.SetextHeaderProcessor, usual.HRProcessor),
    *(usual.OListProcessor, usual.UListProcessor, usual.BlockQuoteProcessor),
    *(usual.ReferenceProcessor, md_in_html.MarkdownInHtmlProcessor, tables.TableProcessor),
    *(sane_lists.SaneOListProcessor, sane_lists.SaneUListProcessor),
}
"""What takes no such line. All others, such as those of other extensions, are always asked."""


class _QuickBlocks(BlockParser):
    def parseDocument(self, lines: Iterable[str]) -> ElementTree:  # noqa: N802 - its name there
        self.see_processors()  # which do not change while a document is read
        return super().parseDocument(lines)

    def see_processors(self) -> None:
        self._all = list(self.blockprocessors)
        self._plain = [each for each in self._all if type(each) not in NEVER_PLAIN]

    def parseBlocks(self, parent: Element, blocks: list[str]) -> None:  # noqa: N802 - its name there
        while blocks:
            for processor in self._plain if PLAIN.fullmatch(blocks[0]) else self._all:
                taken = processor.test(parent, blocks[0])
                if taken and processor.run(parent, blocks) is not False:
                    break


def take_place(parser: Any) -> None:  # noqa: ANN401 - of another class afterwards
    """Let the quick parser take the place of the usual one, unless an extension has its own."""
    kind: type = type(parser)
    if kind is BlockParser:
        parser.__class__ = _QuickBlocks
        parser.see_processors()
