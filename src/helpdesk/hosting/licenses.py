"""What a built site is made of, under which licenses: `licenses.txt` at its root."""

from importlib import resources
from importlib.metadata import distribution

from helpdesk.browser.runtime_files import built

ADDRESS = "licenses.txt"
INSTALLED = ("helpdesk", "mkdocs-material")
"""Packages of which files are served."""
RULE = "=" * 72


def licenses() -> str:
    """Return the name, version and license of all that is served to readers."""
    sections = [_installed(name) for name in INSTALLED]
    if runtime := built():
        texts = resources.files("helpdesk.hosting") / "texts"
        sections += [
            (f"Pyodide {runtime.version}", (texts / "pyodide.txt").read_text(encoding="utf-8")),
            ("Python, as part of Pyodide", (texts / "python.txt").read_text(encoding="utf-8")),
        ]
    return "\n".join(f"{RULE}\n{title}\n{RULE}\n\n{text.strip()}\n" for title, text in sections)


def _installed(name: str) -> tuple[str, str]:
    package = distribution(name)
    text = package.read_text("licenses/LICENSE") or package.metadata["License-Expression"]
    return f"{package.metadata['Name']} {package.version}", text
