"""The configuration of the CMS: right for the CMS, and whole for the catalog."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from helpdesk import starter
from helpdesk.catalog import Catalog
from helpdesk.catalog.source import Entries, Items, Node, Scalar, read
from helpdesk.cli import main
from helpdesk.cms import Backend, configuration
from tests.site_tools import mkdocs

SIMPLE: dict[str, Any] = {
    "field": {"name": "inner", "widget": "string"},
    "fields": [{"name": "inner", "widget": "string"}],
}
REACHED = {"api.github.com", "github.com", "*.githubusercontent.com"}
PACKAGE = Path("node_modules/@sveltia/cms")


@pytest.fixture(scope="module")
def config(shipped: Catalog, root: Path) -> dict[str, Any]:
    """The configuration for the shipped site."""
    docs = root / "docs"
    return configuration(shipped, docs / "catalog", docs, Backend("github", "example/help"))


def every_field(fields: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Yield all fields, each with one simple field where it has others inside."""
    for field in fields:
        inner = [*field.get("fields", ()), *([field["field"]] if "field" in field else [])]
        yield from every_field(inner)
        yield field | {name: value for name, value in SIMPLE.items() if name in field}


def test_the_cms_takes_it(config: dict[str, Any], root: Path) -> None:
    """It fits the schema that the CMS itself publishes of its configuration."""
    schema = json.loads((root / PACKAGE / "schema/sveltia-cms.json").read_text(encoding="utf-8"))
    kinds: dict[str, dict[str, Any]] = {}
    frame = config | {"collections": []}
    for collection in config["collections"]:
        own = collection.get("fields", [])
        for file in collection.get("files", ()):
            own = [*own, *file["fields"]]
        for field in every_field(own):
            shape = field | {"name": "", "label": "", "hint": "", "options": len(field)}
            kinds.setdefault(json.dumps(shape), field)
        files = [file | {"fields": [SIMPLE["field"]]} for file in collection.get("files", ())]
        frame["collections"].append(collection | ({"files": files} if files else {}))
    assert len(kinds) > 10
    all_kinds = {"name": "kinds", "file": "kinds.yml", "fields": list(kinds.values())}
    frame["collections"].append({"name": "kinds", "files": [all_kinds]})
    validator = jsonschema.Draft7Validator(schema)
    assert [error.message[:300] for error in validator.iter_errors(frame)] == []


def lost(fields: list[dict[str, Any]], node: Node, path: str) -> Iterator[str]:
    """Yield every value of a file that its form has no place for."""
    by_name = {field["name"]: field for field in fields}
    assert isinstance(node, Entries)
    for key, value in node.entries:
        field = by_name.get(key.text)
        here = f"{path}.{key.text}"
        if not field:
            yield here
        elif field["widget"] == "object":
            yield from lost(field["fields"], value, here)
        elif field["widget"] == "keyvalue":
            assert isinstance(value, Entries)
            yield from (f"{here}.{k.text}" for k, v in value.entries if not isinstance(v, Scalar))
        elif (field["widget"] == "list") != isinstance(value, Items):
            yield here
        elif field["widget"] == "select" and isinstance(value, Scalar):
            yield from [here] if value.text not in field["options"] else []


def test_no_value_is_lost(config: dict[str, Any]) -> None:
    """Each value of each file has a field that can hold it: what has none, a save would drop."""
    seen = 0
    for collection in config["collections"]:
        for file in collection.get("files", ()):
            root, errors = read(Path(file["file"]), file["file"])
            assert root
            assert not errors
            assert list(lost(file["fields"], root, file["name"])) == []
            seen += 1
    assert seen > 10


def test_a_site_with_a_cms(tmp_path: Path, root: Path) -> None:
    """`helpdesk cms` adds admin/ to a site that still builds strictly; without it there is none."""
    starter.write(tmp_path)
    catalog = tmp_path / "docs/catalog"
    command = ["cms", "--catalog", str(catalog), "--repo", "example/parcels"]
    made = CliRunner().invoke(main, [*command, "--packages", str(root / "node_modules")])
    assert made.exit_code == 0, made.output
    result = mkdocs("build", "--strict", cwd=tmp_path)
    assert result.returncode == 0, result.stderr
    page = (tmp_path / "site/admin/index.html").read_text(encoding="utf-8")
    policies = re.findall(r'Content-Security-Policy" content="([^"]*)', page)
    assert len(policies) == 1  # its own: it has to reach where the sources are kept, and no more
    assert set(re.findall(r"https://([^ ;/]+)", policies[0])) == REACHED
    assert (tmp_path / "site/admin/sveltia-cms.js").stat().st_size > 1_000_000


def test_without_the_package_nothing_is_written(tmp_path: Path) -> None:
    """Where the script of the CMS is missing, it is said how to get it."""
    starter.write(tmp_path)
    catalog = str(tmp_path / "docs/catalog")
    arguments = ["cms", "--catalog", catalog, "--repo", "a/b", "--packages", str(tmp_path)]
    refused = CliRunner().invoke(main, arguments)
    assert refused.exit_code == 1
    assert "npm install" in refused.output
    assert not (tmp_path / "docs/admin").exists()
