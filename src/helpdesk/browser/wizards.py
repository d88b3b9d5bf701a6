"""Puts the wizard where a page asks for it, and the modules of what else a page offers."""

import re
from functools import partial
from html import unescape
from pathlib import Path
from urllib.parse import parse_qsl

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import USER

from .bundle import Bundle
from .plain import plain_html
from .runtime_files import built

WIZARD = re.compile(
    r"(?:<p>\s*)?<helpdesk-wizard(?:\s+audience=\"(user|agent)\")?(?:\s+answers=\"([^\"]*)\")?>"
    r"\s*</helpdesk-wizard>(?:\s*</p>)?"
)
AHEAD = {".mjs": 'rel="modulepreload"', ".json": 'rel="preload" as="fetch" crossorigin'}
"""How to ask for a file before it is needed, so that it is not asked for again."""


def with_wizards(html: str, catalog: Catalog, base: str) -> str:
    """Return the HTML of a page with its wizards; `base` is its way to the site's root."""
    if "<helpdesk-wizard" not in html:  # quicker than to look for it with what may stand before
        return html
    return WIZARD.sub(partial(_wizard, catalog, base), html)


def modules(html: str, bundle: Bundle, base: str) -> str:
    """Return what loads the modules that a page has something for: the lookup of codes, keeping."""
    offered = {"helpdesk-lookup": bundle.lookup, "helpdesk-keep": bundle.keep}
    return "".join(
        f'<script type="module" src="{base}{address}"></script>'
        for name, address in offered.items()
        if f'<div class="{name}"' in html
    )


def ahead(html: str, bundle: Bundle, base: str) -> str:
    """Return what asks at once for all that a wizard's module would ask for one by one."""
    addresses = bundle.ahead.split() if "<helpdesk-wizard" in html else []
    return "".join(f'<link {AHEAD[Path(each).suffix]} href="{base}{each}">' for each in addresses)


def _wizard(catalog: Catalog, base: str, match: re.Match[str]) -> str:
    answers = tuple(parse_qsl(unescape(match[2] or "")))
    return plain_html(catalog, base, match[1] or USER, built(), answers)
