"""What stands on a page only while it is served: mistakes on top, a way to the editor's view."""

import re
from collections.abc import Sequence

from markupsafe import Markup

from helpdesk.insight import ROOT

SHOWN_AT_MOST = 20
TOP = re.compile(r"<article\b[^>]*>|<body\b[^>]*>")
CAUSE = re.compile(r"(?:[\w-]+/)?causes/([\w-]+)/")
LOOK = """<style>
.helpdesk-eyes { background: canvas; border: 1px solid; border-radius: 0.5rem; bottom: 0.75rem;
  color: linktext; font: 0.8rem system-ui, sans-serif; inset-inline-start: 0.75rem;
  padding: 0.3rem 0.6rem; position: fixed; z-index: 9; }
@media print { .helpdesk-eyes { display: none; } }
</style><a class="helpdesk-eyes" href="%s">Through the wizard's eyes</a>"""
STYLE = """<style>
.helpdesk-errors { background: #fff1f0; border: 2px solid #b42318; border-radius: 0.5rem;
  color: #55160c; font-size: 0.8rem; margin-block-end: 1.5rem; padding: 0.75rem 1rem; }
.helpdesk-errors code { background: none; color: inherit; white-space: pre-wrap; }
</style>"""


def banner(errors: Sequence[str]) -> str:
    """Return the errors as HTML, or nothing."""
    if not errors:
        return ""
    items = [Markup("<li><code>{}</code></li>").format(error) for error in errors[:SHOWN_AT_MOST]]
    if len(errors) > SHOWN_AT_MOST:
        items.append(Markup("<li>… {} more</li>").format(len(errors) - SHOWN_AT_MOST))
    title = "There are mistakes. These pages show the last good state."
    whole = Markup(
        '<div class="helpdesk-errors" role="alert"><p><strong>{}</strong></p><ul>{}</ul></div>'
    )
    return STYLE + str(whole.format(title, Markup("").join(items)))


def with_banner(page: str, errors: Sequence[str]) -> str:
    """Return a page's HTML with the errors on top of what it says."""
    top = max(TOP.finditer(page), key=lambda found: found[0].startswith("<article"), default=None)
    at = top.end() if top else 0
    return page[:at] + banner(errors) + page[at:]


def with_look(page: str, path: str) -> str:
    """Return a page's HTML with a link to the editor's view, of its own cause where it has one."""
    cause = CAUSE.fullmatch(path)
    link = LOOK % (f"{ROOT}causes/{cause[1]}/" if cause else ROOT)
    body, end, rest = page.rpartition("</body>")
    return f"{body}{link}{end}{rest}"
