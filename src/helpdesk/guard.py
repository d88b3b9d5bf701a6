"""A Markdown extension that stops a build whose engine has left the plugin out without a word.

Engines that know no plugins still know Markdown extensions. `markdown_extensions: [helpdesk.guard]`
then ends in an error instead of a site without its articles.
"""

import markdown
from markdown.preprocessors import Preprocessor

_MESSAGE = (
    "This engine has left out the plugin helpdesk, so all its pages would be missing. "
    "Build with mkdocs or properdocs, or write plain pages first: helpdesk stage DIR."
)


class LeftOutError(RuntimeError):
    """The plugin has not run."""


class Guard(markdown.Extension):
    """Refuses to render pages before the plugin has said that it is there."""

    plugin_runs = False

    def extendMarkdown(self, md: markdown.Markdown) -> None:  # noqa: N802 - its name there
        """Look at each page before anything else does."""
        md.preprocessors.register(_Look(md), "helpdesk.guard", 1000)


class _Look(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        if not Guard.plugin_runs:
            raise LeftOutError(_MESSAGE)
        return lines


def makeExtension(**settings: object) -> Guard:  # noqa: N802 - its name there
    """Return the extension, as Markdown asks for it."""
    return Guard(**settings)
