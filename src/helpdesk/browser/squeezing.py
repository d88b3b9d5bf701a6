"""Web files as they are served: without what only readers of their source need.

Names, statements and texts stay as they are written.
"""

import re

COMMENTS = re.compile(
    r"/\*.*?\*/\s*|(?:^\s*|\s)//\s[^\n]*$|^\s+",
    re.MULTILINE | re.DOTALL,
)
"""And indents."""

TEXTS = re.compile(r"""("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)""")
SPACES = re.compile(r"(?<=[;{,(\[])\n|\n(?=[)}\]])| ?(=>|[={}(),;?:&|]+) ?")
"""Those that part nothing. After a closing bracket a line may end a statement."""


def squeezed_style(source: str) -> str:
    """Return a style sheet without comments and indents."""
    return COMMENTS.sub("", source)


def squeezed_script(source: str) -> str:
    """Return a script without comments, and without spaces and line ends beside signs."""
    parts = TEXTS.split(COMMENTS.sub("", source))
    parts[::2] = [SPACES.sub(r"\1", part) for part in parts[::2]]
    return "".join(parts)


SQUEEZED = {".mjs": squeezed_script, ".css": squeezed_style}
"""What is done to a file, by its suffix."""
