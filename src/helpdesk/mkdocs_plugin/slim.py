"""Takes out of the theme's templates what no reader gets anything from, before they are compiled.

A third of a page was the indentation of templates. Texts between tags keep a line break wherever
there was space; at the edge of a block, where browsers show none, it goes too. Templates of the
site's own stay as they are.
"""

import re
from pathlib import Path
from typing import Any

from jinja2.ext import Extension
from mkdocs.config.defaults import MkDocsConfig

STATEMENTS = re.compile(r"(?:\{%(?:(?!%\}).)*%\})+")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
AS_IT_IS = re.compile(r"<(?:pre|textarea)\b|\{%-?\s*raw\b")
BLOCK = (
    r"</?(?:article|aside|body|div|footer|form|h[1-6]|head|header|hr|html|li|link|main|meta"
    r"|nav|ol|p|section|title|ul)\b[^<>]*>"
)
BLOCK_START, BLOCK_END = re.compile(BLOCK), re.compile(f"{BLOCK}$")
"""What a line may begin or end with so that the space there is never shown."""
NEEDLESS = ' xmlns="http://www.w3.org/2000/svg"'
"""In a picture that stands in HTML."""

MADE_ON_EACH_CALL = re.compile(
    r"\{% macro t\(key\) %\}\{\{ (\{.*\})\[key\] \}\}\{% endmacro %\}", re.DOTALL
)
MADE_ONCE = r"{% set words = \1 %}{% set t = words.get %}"
"""The words of a language: the theme puts all together for each that a page shows."""

ONLY_FOR = {
    "partials/javascripts/palette.html": "config.theme.palette",
    "partials/javascripts/content.html": "not page or '__tabbed_' in (page.content or '')",
}
"""Scripts of the theme that do nothing on a page but where this holds."""


def slim(env: Any, config: MkDocsConfig) -> None:  # noqa: ANN401 - Jinja's
    """Let an environment compile templates without ballast, but for those of the site itself."""
    own = Path(config.theme.custom_dir).resolve() if config.theme.custom_dir else None
    folders = [folder for folder in map(Path, config.theme.dirs) if folder.resolve() != own]
    env.add_extension(_Slim)
    env.auto_reload = False  # they do not change during a build
    env.policies["json.dumps_kwargs"] = {"sort_keys": True, "separators": (",", ":")}
    env.slim_below = tuple(f"{folder}/" for folder in folders)


class _Slim(Extension):
    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        below: tuple[str, ...] = self.environment.slim_below  # type: ignore[attr-defined] # ours
        if not name or not (filename or "").startswith(below):
            return source
        if condition := ONLY_FOR.get(name):
            return f"{{% if {condition} %}}{slimmed(source)}{{% endif %}}"
        return slimmed(source)


def slimmed(source: str) -> str:
    """Return a template of HTML that shows the same in fewer bytes."""
    if AS_IT_IS.search(source):
        return source
    lines: list[str] = []
    source = MADE_ON_EACH_CALL.sub(MADE_ONCE, source)
    for line in COMMENT.sub("", source.replace(NEEDLESS, "")).split("\n"):
        bare = line.strip()
        if lines and BLOCK_START.match(bare):
            lines[-1] = lines[-1].rstrip("\n")
        shown = bare and not STATEMENTS.fullmatch(bare) and not BLOCK_END.search(bare)
        lines.append(f"{bare}\n" if shown else bare)
    return "".join(lines)
