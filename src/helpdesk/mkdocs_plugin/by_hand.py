"""What stands in `docs/` beside the catalog, before MkDocs reads it."""

import os
from collections.abc import Sequence
from pathlib import Path

from mkdocs.structure.files import Files
from mkdocs.utils import meta

from helpdesk.catalog import Catalog, CatalogError, Position


def take_out_unreadable(files: Files) -> list[CatalogError]:
    """Remove pages that are no UTF-8 text, on which MkDocs would stop, and say which."""
    errors = []
    for file in files.documentation_pages():
        try:
            Path(file.abs_src_path or os.devnull).read_bytes().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            line = error.object.count(b"\n", 0, error.start) + 1
            place = Position(os.path.relpath(file.abs_src_path or ""), line, 1)
            message = "This is not UTF-8 text. Save the file as UTF-8."
            errors.append(CatalogError(place, message))
            files.remove(file)
    return errors


def take_out_prose(files: Files, catalog: str, languages: Sequence[Catalog]) -> dict[str, str]:
    """Remove the catalog's files, and hand-written prose for articles, which is returned."""
    prose = {}
    articles_of = {f"{c.prefix}causes/{cause}.md" for c in languages for cause in c.causes}
    for file in list(files):
        if file.src_uri.startswith(f"{catalog}/"):
            files.remove(file)
        elif file.src_uri in articles_of:
            prose[file.src_uri] = meta.get_data(file.content_string)[0]
            files.remove(file)
    return prose
