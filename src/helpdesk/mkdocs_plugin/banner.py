"""Mistakes on top of a page, while serving."""

from collections.abc import Sequence

from markupsafe import Markup

SHOWN_AT_MOST = 20


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
    return str(whole.format(title, Markup("").join(items)))
