"""Python-Markdown's inline patterns, tried only where they could match; the HTML stays the same.

Half of the time a page takes went into looking for each pattern in each text. Most texts hold
none of the characters that a pattern cannot do without; most others hold words in emphasis and
links, and nothing else.
"""

import re
from collections.abc import Iterable
from functools import cache
from typing import Any
from xml.etree.ElementTree import Element  # made, not parsed

import markdown
from markdown import inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

from .quick_blocks import take_place

NEEDED = {
    inlinepatterns.BACKTICK_RE: "`",
    inlinepatterns.ESCAPE_RE: "\\",
    inlinepatterns.LINK_RE: "[",
    inlinepatterns.REFERENCE_RE: "[",
    inlinepatterns.IMAGE_LINK_RE: "[",
    inlinepatterns.IMAGE_REFERENCE_RE: "[",
    inlinepatterns.AUTOLINK_RE: "<",
    inlinepatterns.AUTOMAIL_RE: "<",
    inlinepatterns.HTML_RE: "<",
    inlinepatterns.LINE_BREAK_RE: "\n",
    inlinepatterns.ENTITY_RE: "&",
}
"""By the regular expression of a pattern, what a text must hold for it to match.

Those that are not listed, such as all of other extensions, are always tried.
"""


EASY = re.compile(
    r"""(\*\*?)(?![\s*])([^\\`*_\[<&\n]+)(?<!\s)\1(?!\*)"""
    r"""|\[(?<!!\[)([^\\`*_\[\]<&\n]+)\]\(([^\s\\`<>()\[\]"']+)\)"""
)
"""Words in emphasis or strong emphasis, and a link, with nothing else in them.

Where nothing special is left beside these, nothing can be a part of them or change them.
"""
SPECIAL = re.compile(r"[\\`*_\[<&]|  \n")
"""Without any of these none of the usual patterns matches."""
DELIMITERS = {"*": (("strong", "em"), False, False), "_": (("strong", "em"), True, False)}


PRIVATE = "_InlineProcessor__handleInline"
"""What is replaced: nothing else stands between a text and its patterns."""


class QuickInline(markdown.Extension):
    """Puts the quicker way in the place of the usual one."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - its name there
        """Take the place of the usual one, unless another extension has done so before."""
        take_place(md)
        usual = md.treeprocessors["inline"]
        if type(usual) is InlineProcessor and hasattr(usual, PRIVATE):
            md.treeprocessors.register(_Inline(md), "inline", 20)  # where the usual one stood


class _Inline(InlineProcessor):
    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:  # noqa: ANN401 - as there
        patterns = list(self.inlinePatterns)
        self._patterns = [
            (number, pattern, NEEDED.get(getattr(pattern, "pattern", ""), ""))
            for number, pattern in enumerate(patterns)
        ]
        self._emphasis: Any = patterns[-1] if _as_they_come(patterns) else None
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its names there
        if isinstance(data, AtomicString):
            return data
        if self._emphasis and not patternIndex and not self._emphasis.regions:
            if not SPECIAL.search(data):
                return data
            before = len(self.stashed_nodes)
            easy = EASY.sub(self._made, data)
            if not SPECIAL.search(easy):
                return easy
            while len(self.stashed_nodes) > before:  # their number is seen in odd texts
                self.stashed_nodes.popitem()
        for number, pattern, needed in self._patterns[patternIndex:]:
            if needed in data:
                matched, start = True, 0
                while matched:
                    data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined] # private
                        pattern, data, number, start
                    )
        return data

    def _made(self, found: re.Match[str]) -> str:
        """Return what stands for an element until the whole text is read."""
        stars, words, label, address = found.groups()
        element = Element("a" if label else "em" if stars == "*" else "strong")
        element.text = label or words
        if address:
            element.set("href", address)
        made: str = self._InlineProcessor__stashNode(element, "")  # type: ignore[attr-defined] # private
        return made


def _as_they_come(patterns: list[Any]) -> bool:
    """Tell whether no extension has added, taken or changed a pattern; not in older releases."""
    if _kinds(patterns) != _usual_kinds():
        return False
    found = getattr(patterns[-1], "delimiters", {}).items()
    return {token: (each.tags, each.smart, each.double) for token, each in found} == DELIMITERS


@cache
def _usual_kinds() -> list[tuple[type, str]]:
    return _kinds(markdown.Markdown().inlinePatterns)


def _kinds(patterns: Iterable[Any]) -> list[tuple[type, str]]:
    return [(type(each), getattr(each, "pattern", "")) for each in patterns]


def makeExtension(**settings: object) -> QuickInline:  # noqa: N802 - its name there
    """Return the extension, as Markdown asks for it."""
    return QuickInline(**settings)
