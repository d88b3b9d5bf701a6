"""The configuration: a form for each file of the catalog, and the pages beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from helpdesk.catalog import Catalog, CatalogErrors
from helpdesk.catalog.json_schema import schemas
from helpdesk.catalog.schema import SECTIONS
from helpdesk.catalog.source import Entries, read, yaml_files

from .fields import Field, Form

PAGE: tuple[Field, ...] = (
    {"name": "title", "label": "Title", "widget": "string", "required": False},
    {"name": "body", "label": "Text", "widget": "markdown", "modes": ["raw", "rich_text"]},
)


@dataclass(frozen=True, slots=True)
class Backend:
    """Where changes go."""

    name: str
    """`github`, `gitlab` or `gitea`."""
    repo: str
    """As `owner/name`."""
    branch: str = "main"


def configuration(catalog: Catalog, folder: Path, docs: Path, backend: Backend) -> dict[str, Any]:
    """Return the configuration for a catalog in a folder, and the pages in `docs`.

    Raises CatalogErrors where a file cannot be read.
    """
    form = Form({name: list(getattr(catalog, name)) for name in SECTIONS if hasattr(catalog, name)})
    collections = [_files("catalog", "Catalog", form, folder, "catalog")]
    for language in catalog.translations:
        label = f"Catalog: {language}"
        collections.append(
            _files(f"catalog-{language}", label, form, folder / language, "translation")
        )
    collections += _pages(catalog, docs)
    return {
        "backend": {"name": backend.name, "repo": backend.repo, "branch": backend.branch},
        "media_folder": (docs / "assets").as_posix(),
        "public_folder": "/assets",
        "output": {"omit_empty_optional_fields": True, "yaml": {"indent_sequences": True}},
        "collections": collections,
    }


def _files(name: str, label: str, form: Form, folder: Path, kind: str) -> dict[str, Any]:
    whole = schemas()[kind]
    files = []
    for path in yaml_files(folder):
        root, errors = read(path, str(path))
        if errors or not isinstance(root, Entries):
            raise CatalogErrors(errors)
        sections = {key.text: value for key, value in root.entries}
        fields = [
            form.field(section, whole["properties"][section], node, required=True)
            for section, node in sections.items()
        ]
        stem = path.stem
        files.append({"name": stem, "label": stem, "file": path.as_posix(), "fields": fields})
    return {"name": name, "label": label, "format": "yaml", "files": files}


def _pages(catalog: Catalog, docs: Path) -> Iterator[dict[str, Any]]:
    """Yield the pages written by hand, and what is added to articles, in each language."""
    for language, prefix in ((None, ""), *((k, t.prefix) for k, t in catalog.translations.items())):
        for name, label, inner in (
            ("pages", "Pages", ""),
            ("articles", "Added to articles", "causes"),
        ):
            folder = docs / prefix / inner
            if folder.is_dir():
                yield {
                    "name": f"{name}-{language}" if language else name,
                    "label": f"{label}: {language}" if language else label,
                    "folder": folder.as_posix(),
                    "extension": "md",
                    "format": "yaml-frontmatter",
                    "create": True,
                    "slug": "{{slug}}",
                    "summary": "{{filename}}",
                    "fields": list(PAGE),
                }
