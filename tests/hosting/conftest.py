"""A small site in two languages, below a path of its host, with things that were renamed."""

from pathlib import Path

import pytest

from helpdesk import starter
from tests.site_tools import built

ADDRESS = "https://help.example.com/below/this/"
TITLE = 'Beim "Nachbarn" & Co'
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
    (folder / "docs/catalog/de").mkdir()
    (folder / "docs/catalog/de/texts.yml").write_text(GERMAN, encoding="utf-8")
    picture = folder / "docs/assets/social/en.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes(b"\x89PNG")
    built(folder, folder / "site")
    return folder / "site"
