"""How MkDocs gets the theme's templates: each is looked up once, and what it made is reused."""

import os
from collections.abc import Callable
from typing import Any

import jinja2
from mkdocs.theme import Theme


def list_visible(theme: Theme) -> None:
    """Let MkDocs look for files of the theme where it takes any from."""
    make = theme.get_env

    def get_env() -> jinja2.Environment:
        env = make()
        if type(env.loader) is jinja2.FileSystemLoader:
            env.loader = _Visible(env.loader.searchpath)
        return env

    theme.get_env = get_env  # type: ignore[method-assign]


class _Visible(jinja2.FileSystemLoader):
    """Passes hidden folders by, as MkDocs takes nothing there: one has ten thousand pictures."""

    def list_templates(self) -> list[str]:
        found: set[str] = set()
        for folder in self.searchpath:
            for place, folders, names in os.walk(folder):
                folders[:] = [name for name in folders if not name.startswith(".")]
                below = place[len(folder) :].replace(os.path.sep, "/").strip("/")
                found.update(f"{below}/{name}" if below else name for name in names)
        return sorted(found)


def getting(
    get_template: Callable[..., Any], fill: Callable[..., str] | None
) -> Callable[..., Any]:
    """Return a way to get templates that looks each up once, and reuses what it made for a page.

    The templates of a page name nearly fifty others, each time by asking for them.
    """
    known: dict[tuple[str, bool], Any] = {}

    def get(name: str, parent: str | None = None, *rest: Any, **named: Any) -> Any:  # noqa: ANN401
        if rest or named or not isinstance(name, str):
            return get_template(name, parent, *rest, **named)
        key = name, bool(parent)
        if key not in known:
            template = get_template(name, parent)
            known[key] = _Template(template, fill) if fill and not parent else template
        return known[key]

    return get


class _Template:
    """A template as MkDocs uses it."""

    def __init__(self, template: Any, fill: Callable[..., str]) -> None:  # noqa: ANN401 - Jinja's
        self._template = template
        self._fill = fill

    def render(self, *arguments: Any, **named: Any) -> str:
        context = dict(*arguments, **named)
        if context.get("page") is None:
            return str(self._template.render(context))
        return self._fill(self._template.render, self._template.name, context)
