"""Python-Markdown's inline patterns, tried only where they could match; the HTML stays the same.

Half of the time a page takes went into looking for each pattern in each text. Most texts hold
none of the characters that a pattern cannot do without.
"""

from typing import Any

import markdown
from markdown import inlinepatterns
from markdown.treeprocessors import InlineProcessor
from markdown.util import AtomicString

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


PRIVATE = "_InlineProcessor__handleInline"
"""What is replaced: nothing else stands between a text and its patterns."""


class QuickInline(markdown.Extension):
    """Puts the quicker way in the place of the usual one."""

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - its name there
        """Take the place of the usual one, unless another extension has done so before."""
        usual = md.treeprocessors["inline"]
        if type(usual) is InlineProcessor and hasattr(usual, PRIVATE):
            md.treeprocessors.register(_Inline(md), "inline", 20)  # where the usual one stood


class _Inline(InlineProcessor):
    def run(self, tree: Any, ancestors: list[str] | None = None) -> Any:  # noqa: ANN401 - as there
        self._patterns = [
            (number, pattern, NEEDED.get(getattr(pattern, "pattern", ""), ""))
            for number, pattern in enumerate(self.inlinePatterns)
        ]
        return super().run(tree, ancestors)

    def _InlineProcessor__handleInline(self, data: str, patternIndex: int = 0) -> str:  # noqa: N802, N803 - its names there
        if isinstance(data, AtomicString):
            return data
        for number, pattern, needed in self._patterns[patternIndex:]:
            if needed in data:
                matched, start = True, 0
                while matched:
                    data, matched, start = self._InlineProcessor__applyPattern(  # type: ignore[attr-defined] # private
                        pattern, data, number, start
                    )
        return data


def makeExtension(**settings: object) -> QuickInline:  # noqa: N802 - its name there
    """Return the extension, as Markdown asks for it."""
    return QuickInline(**settings)
