"""Templates of the theme get shorter; what they show stays the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import jinja2
import material  # type: ignore[import-untyped]
from mkdocs.theme import Theme
from selectolax.lexbor import LexborHTMLParser, LexborNode

from helpdesk.mkdocs_plugin.slim import BLOCK_END, slimmed
from helpdesk.mkdocs_plugin.templates import list_visible

TEMPLATES = Path(material.__file__).parent / "templates"
STATEMENT = re.compile(r"\{%.*?%\}|\{#.*?#\}", re.DOTALL)
EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
SPACE = re.compile(r"\s+")


def pieces(html: str) -> Iterator[str]:
    """Yield tags and words, with a space between them where readers see one."""
    parser = LexborHTMLParser(html)

    def walk(node: LexborNode) -> Iterator[str]:
        for child in node.iter(include_text=True):
            if child.tag == "-text":
                yield SPACE.sub(" ", child.text_content or "")
            else:
                block = BLOCK_END.search(f"<{child.tag}>")
                edge = "\n" if block else ""
                yield f"{edge}<{child.tag} {sorted(child.attributes.items(), key=str)}>{edge}"
                yield from walk(child)
                yield f"{edge}</>{edge}"

    assert parser.root
    yield from walk(parser.root)


def shown(template: str) -> str:
    """Return what a template shows, its statements left out."""
    html = EXPRESSION.sub("x", STATEMENT.sub("", template)).replace(
        ' xmlns="http://www.w3.org/2000/svg"', ""
    )
    return re.sub(r" *\n\s*", "\n", "".join(pieces(html)))


def test_templates_show_the_same() -> None:
    """No word of the theme's base gets nearer to another, and no tag is lost."""
    for path in sorted(TEMPLATES.glob("*.html")) + sorted(TEMPLATES.glob("partials/*.html")):
        source = path.read_text(encoding="utf-8")
        assert shown(slimmed(source)) == shown(source), path.name


def test_all_languages_say_the_same() -> None:
    """Each word of each language, and nothing for one that is missing."""
    for path in sorted(TEMPLATES.glob("partials/languages/*.html")):
        source = path.read_text(encoding="utf-8")
        keys = [*re.findall(r'^  "(.+?)":', source, re.MULTILINE), "missing"]
        usual, ours = (jinja2.Template(text).module for text in (source, slimmed(source)))
        assert len(keys) > 2, path.name
        assert [ours.t(key) or "" for key in keys] == [usual.t(key) for key in keys]


def test_most_of_the_space_goes() -> None:
    """What is left has hardly any line that is indented."""
    source = (TEMPLATES / "base.html").read_text(encoding="utf-8")
    assert not re.search(r"^[ \t]+", slimmed(source), re.MULTILINE)
    assert len(slimmed(source)) < 0.8 * len(source)


def test_text_as_it_is_stays() -> None:
    """A template with text whose space is shown is not touched."""
    source = "<div>\n  <pre>\n  a\n    b</pre>\n</div>\n"
    assert slimmed(source) == source


def test_all_files_of_the_theme_are_found_but_hidden_ones() -> None:
    """What MkDocs looks through for files to copy lacks hidden folders, and nothing else."""
    theme = Theme(name="material")
    every = theme.get_env().list_templates()
    list_visible(theme)
    hidden = re.compile(r"(^|/)\.[^/]*/")
    assert theme.get_env().list_templates() == [name for name in every if not hidden.search(name)]
    assert any(map(hidden.search, every))
