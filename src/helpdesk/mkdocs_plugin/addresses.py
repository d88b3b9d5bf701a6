"""Where the wizard's files are, written into a page last of all.

Their folder is named after their content, which changes with every word of the catalog. A page
that names another folder until the end can be reused when nothing else in it has changed.
"""

from dataclasses import fields, replace

from mkdocs.config import config_options
from mkdocs.config.defaults import MkDocsConfig

from helpdesk.browser import Bundle

STAND_IN = "assets/helpdesk/~"


def folder_of(bundle: Bundle) -> str:
    """Return the folder that is named after its content."""
    return bundle.module.rpartition("/")[0]


def not_yet(bundle: Bundle) -> Bundle:
    """Return the bundle with addresses in a folder that stands for the real one."""
    folder = folder_of(bundle)
    addresses = {
        field.name: value.replace(f"{folder}/", f"{STAND_IN}/")
        for field in fields(bundle)
        if isinstance(value := getattr(bundle, field.name), str)
    }
    return replace(bundle, **addresses)  # type: ignore[arg-type] # only texts are replaced


def written(output: str, bundle: Bundle) -> str:
    """Return a page with the real addresses."""
    return output.replace(f"{STAND_IN}/", f"{folder_of(bundle)}/")


def load_in_pages(config: MkDocsConfig, bundle: Bundle) -> None:
    """Let every page load the wizard's module and styles, and what reports if that is on."""
    files = not_yet(bundle)
    for address in filter(None, (files.module, files.reporting)):
        script = config_options.ExtraScriptValue(address)
        script.type = "module"
        config.extra_javascript.append(script)
    config.extra_css.extend([files.pages_style, files.style])
