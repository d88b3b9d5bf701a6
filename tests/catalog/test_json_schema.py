"""The schemas for editors say what the loader says, as far as one file can show it."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner

from helpdesk.catalog.fields import JsonSchema
from helpdesk.catalog.json_schema import FOLDER, schemas
from helpdesk.catalog.model import Catalog
from helpdesk.catalog.source import Entries, Items, Node, Scalar, read
from helpdesk.catalog.suggestions import with_ids
from helpdesk.cli import main

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
CASES = sorted((HERE / "invalid").glob("*.yml"))
SEMANTIC = set((HERE / "semantic.txt").read_text(encoding="utf-8").split())
"""Mistakes that only the whole catalog, or the words of a text, can show."""

VALIDATORS = {name: jsonschema.Draft7Validator(schema) for name, schema in schemas().items()}
CATALOGS = (ROOT / "docs/catalog", ROOT / "src/helpdesk/starter/docs/catalog", HERE / "valid")


def as_editors_read(node: Node) -> Any:  # noqa: ANN401 - whatever stands there
    """Return what an editor with YAML 1.2 makes of a file."""
    if isinstance(node, Entries):
        return {key.text: as_editors_read(value) for key, value in node.entries}
    if isinstance(node, Items):
        return [as_editors_read(item) for item in node.items]
    return _scalar(node)


def _scalar(node: Scalar) -> float | bool | str | None:
    if node.text in {"", "~", "null"}:
        return None
    if node.text in {"true", "false"}:
        return node.text == "true"
    if re.fullmatch(r"-?\d+", node.text):
        return int(node.text)
    if re.fullmatch(r"-?\d*\.\d+", node.text):
        return float(node.text)
    return node.text


def faults(path: Path, kind: str = "catalog") -> list[str]:
    """Return what the schema says is wrong with a file, or that it is no YAML."""
    root, errors = read(path, path.name)
    if errors or root is None:
        return [str(error) for error in errors] or ["empty"]
    return [error.message for error in VALIDATORS[kind].iter_errors(as_editors_read(root))]


@pytest.mark.parametrize("folder", CATALOGS, ids=lambda folder: folder.parent.parent.name)
def test_catalogs_without_mistakes_fit(folder: Path) -> None:
    """Every file of a catalog fits the schema of its kind."""
    kinds = {"": "catalog", "zh": "translation", "says": "says"}
    found = {
        path: faults(path, kind)
        for name, kind in kinds.items()
        for path in (folder / name).glob("*.yml")
    }
    assert found
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_mistakes_in_structure_do_not_fit(case: Path) -> None:
    """A mistake that one file shows is shown while writing; the others are listed by name."""
    assert bool(faults(case)) == (case.stem not in SEMANTIC)


def test_the_list_names_cases() -> None:
    """What is listed as not to be seen by a schema is there."""
    assert {case.stem for case in CASES} >= SEMANTIC


def test_every_field_is_explained() -> None:
    """Whatever an editor may write comes with a word about it."""

    def silent(schema: JsonSchema, path: str) -> Iterator[str]:
        for name, own in schema.get("properties", {}).items():
            if "description" not in own:
                yield f"{path}.{name}"
            yield from silent(own, f"{path}.{name}")
        for inner in (schema.get("additionalProperties"), *schema.get("anyOf", ())):
            if isinstance(inner, dict):
                yield from silent(inner, path)

    assert [name for schema in schemas().values() for name in silent(schema, "")] == []


def test_schemas_are_valid_themselves() -> None:
    """Each is a schema by the rules of its draft."""
    for schema in schemas().values():
        jsonschema.Draft7Validator.check_schema(schema)


def test_the_files_editors_find_are_of_today() -> None:
    """What stands beside the shipped catalog is what the command writes."""
    for name, schema in schemas().items():
        path = ROOT / "docs" / "catalog" / FOLDER / f"{name}.json"
        assert json.loads(path.read_text(encoding="utf-8")) == schema


@pytest.mark.parametrize("folder", CATALOGS[:2], ids=lambda folder: folder.parent.parent.name)
def test_every_file_says_where_its_schema_is(folder: Path, tmp_path: Path) -> None:
    """The first line of each file leads editors to a schema that is written."""
    CliRunner().invoke(main, ["schema", "--write", "--catalog", str(tmp_path)])
    for path in folder.rglob("*.yml"):
        first = path.read_text(encoding="utf-8").splitlines()[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (tmp_path / path.relative_to(folder).parent / named).resolve().is_file()


def test_ids_are_suggested(lamp: Catalog) -> None:
    """With the ids of a catalog, references offer them and still take others."""
    definitions = with_ids(schemas()["catalog"], lamp)["definitions"]
    assert definitions["fixes"]["anyOf"][0] == {"enum": ["plug-in", "new-bulb"]}
    assert jsonschema.Draft7Validator(definitions["fixes"]).is_valid("another")


def test_answers_are_suggested_where_their_question_is_named(shipped: Catalog) -> None:
    """Signs, warnings, limits and cases offer the answers of the very question."""
    sections = with_ids(schemas()["catalog"], shipped)["properties"]
    fields = {
        name: sections[name]["additionalProperties"]["properties"]
        for name in ("causes", "warnings", "limits", "cases")
    }
    said = [
        fields["causes"]["signs"]["properties"]["q-signal"]["propertyNames"],
        fields["limits"]["counts"]["properties"]["q-signal"]["propertyNames"],
        fields["warnings"]["when"]["properties"]["q-signal"]["items"],
        fields["cases"]["answers"]["properties"]["q-signal"],
    ]
    assert all(own["anyOf"][0]["enum"][:3] == ["yes", "weak", "no"] for own in said)


def test_suggestions_refuse_nothing(shipped: Catalog) -> None:
    """The shipped files fit with suggestions as they fit without."""
    validator = jsonschema.Draft7Validator(with_ids(schemas()["catalog"], shipped))
    for path in (ROOT / "docs" / "catalog").glob("*.yml"):
        root, _ = read(path, path.name)
        assert root is not None
        assert list(validator.iter_errors(as_editors_read(root))) == []
