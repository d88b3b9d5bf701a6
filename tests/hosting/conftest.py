"""A small site in two languages, below a path of its host, with things that were renamed."""

from pathlib import Path

import pytest

from helpdesk import starter
from tests.site_tools import built

ADDRESS = "https://help.example.com/below/this/"
TITLE = 'Beim "Nachbarn" & Co'
OUTAGES = """\
outages:
  strike:
    title: A strike & more
    text: Parcels wait in the [depot](index.md).
    begins: 2026-01-31 18:00+01:00
    ends: 2026-02-02 06:00Z
    causes: {with-a-neighbor: likelier}
  snow: {title: Snow, begins: 2026-02-01 06:00Z, ends: 2026-02-01 18:00Z}
"""
GERMAN = """\
problem: {title: Wo ist mein Paket?, summary: Es kommt nicht.}
causes:
  with-a-neighbor: {title: 'Beim "Nachbarn" & Co', summary: Jemand hat es. Frag nach.}
"""


@pytest.fixture(scope="session")
def below(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the built site."""
    folder = tmp_path_factory.mktemp("below") / "parcels"
    starter.write(folder)
    settings = folder / "mkdocs.yml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("https://help.example.com/", ADDRESS), encoding="utf-8")
    causes = folder / "docs/catalog/causes.yml"
    text = causes.read_text(encoding="utf-8")
    first = text.replace("    prior:", "    renamed: [next-door, by-the-fence]\n    prior:", 1)
    causes.write_text(first, encoding="utf-8")
    (folder / "docs/catalog/status.yml").write_text(OUTAGES, encoding="utf-8")
    (folder / "docs/catalog/de").mkdir()
    (folder / "docs/catalog/de/texts.yml").write_text(GERMAN, encoding="utf-8")
    picture = folder / "docs/assets/social/en.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\x89PNG")
    built(folder, folder / "site")
    return folder / "site"
