"""The settings of a site, `mkdocs.yml`: read without their engine, and written for another."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

PLUGIN = "helpdesk"
GUARD = "helpdesk.guard"

Settings = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Tagged:
    """A value with a tag of the engine's own, such as `!!python/name:…` or `!ENV`."""

    tag: str
    node: yaml.Node


class _Loader(yaml.SafeLoader):
    """Reads what is plain, and keeps the rest as it is."""


class _Dumper(yaml.SafeDumper):
    """Writes what was kept."""


def _keep(loader: yaml.SafeLoader, suffix: str, node: yaml.Node) -> _Tagged:  # noqa: ARG001
    return _Tagged(node.tag, node)


_Loader.add_multi_constructor("", _keep)
_Dumper.add_representer(_Tagged, lambda _, tagged: tagged.node)


def read_settings(path: Path) -> Settings:
    """Return the settings of a site. Raises ValueError where they cannot be read."""
    try:
        found = yaml.load(path.read_text(encoding="utf-8"), _Loader)  # noqa: S506 - a safe one
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise ValueError(f"The settings {path} cannot be read: {error}") from None
    if not isinstance(found, dict):
        raise ValueError(f"The settings {path} hold no settings.")  # noqa: TRY004
    return found


def write_settings(path: Path, settings: Settings) -> None:
    """Write settings to a file."""
    text = yaml.dump(settings, Dumper=_Dumper, allow_unicode=True, sort_keys=False)
    path.write_text(text, encoding="utf-8")


def own_options(settings: Settings) -> dict[str, Any]:
    """Return what the settings say to our plugin."""
    for plugin in settings.get("plugins") or ():
        if isinstance(plugin, dict) and PLUGIN in plugin:
            return dict(plugin[PLUGIN] or {})
    return {}


def without_us(settings: Settings) -> Settings:
    """Return the settings without our plugin and its guard, and with what our pages need."""
    plugins = [each for each in settings.get("plugins") or ["search"] if not _is(each, PLUGIN)]
    known = [e for e in settings.get("markdown_extensions") or () if not _is(e, GUARD)]
    extensions = known if any(_is(e, "md_in_html") for e in known) else [*known, "md_in_html"]
    kept = {key: value for key, value in settings.items() if key not in {"edit_uri", "hooks"}}
    return kept | {"plugins": plugins, "markdown_extensions": extensions}


def _is(entry: object, name: str) -> bool:
    return entry == name or (isinstance(entry, dict) and name in entry)


def navigation(
    items: Any,  # noqa: ANN401 - as nested as engines allow
    labels: Mapping[str, str],
    is_there: Callable[[str], bool],
) -> Iterator[Any]:
    """Yield the items of a navigation that are there, with labels of another language."""
    for item in items or ():
        if isinstance(item, dict):
            for label, value in item.items():
                inner = value if isinstance(value, list) else [value]
                if moved := list(navigation(inner, labels, is_there)):
                    name = labels.get(label, label)
                    yield {name: moved if isinstance(value, list) else moved[0]}
        elif "://" in item or is_there(item):
            yield item
