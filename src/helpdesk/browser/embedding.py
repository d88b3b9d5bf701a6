"""What other sites embed: a script whose address stays, and a page with the wizard alone."""

from pathlib import PurePosixPath

from helpdesk.catalog import Catalog
from helpdesk.diagnosis import USER

from .bundle import WEB, Bundle, BundleFile, shortened
from .plain import environment, plain_html
from .runtime_files import Runtime
from .texts import direction

FOLDER = "embed/"
"""A folder of its own, whose pages hosts let others frame."""
SCRIPT, TYPES = "embed.mjs", "embed.d.ts"


def embed_files(catalog: Catalog, bundle: Bundle, built: Runtime | None) -> list[BundleFile]:
    """Return the script, its types, and a page for each language."""
    pages = [
        BundleFile(f"{FOLDER}{each.prefix}index.html", _page(each, bundle, built).encode())
        for each in (catalog, *catalog.translations.values())
    ]
    types = (WEB / TYPES).read_bytes()
    return [BundleFile(SCRIPT, shortened(WEB / SCRIPT)), BundleFile(TYPES, types), *pages]


def _page(catalog: Catalog, bundle: Bundle, built: Runtime | None) -> str:
    base = "../" * (FOLDER + catalog.prefix).count("/")
    return (
        environment()
        .get_template("embedded.html.jinja")
        .render(
            catalog=catalog,
            direction=direction(catalog.language),
            base=base,
            folder=PurePosixPath(bundle.module).parent,
            reporting=bundle.reporting,
            wizard=plain_html(catalog, base, USER, built),
        )
    )
