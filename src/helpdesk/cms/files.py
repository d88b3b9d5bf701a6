"""The folder `admin/` of a site: the page, the configuration and the script of the CMS."""

import json
import shutil
from pathlib import Path
from typing import Any

FOLDER = "admin"
FILES = {
    "sveltia-cms.js": "@sveltia/cms/dist/sveltia-cms.js",
    "icons.woff2": "@fontsource-variable/material-symbols-outlined/files/"
    "material-symbols-outlined-latin-wght-normal.woff2",
}
"""What is served, and where it stands among npm packages: the CMS, and the font of its icons."""

NPM = (
    "npm install --no-save --ignore-scripts "
    "@sveltia/cms @fontsource-variable/material-symbols-outlined"
)
REACHED = {
    "github": "https://api.github.com https://github.com https://*.githubusercontent.com",
    "gitlab": "https://gitlab.com",
    "gitea": "https:",
}
"""What the CMS talks to, by who keeps the sources; the browser lets it reach nothing else."""

PAGE = """<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'self' blob:; \
style-src 'self' 'unsafe-inline'; img-src 'self' data: blob: https:; font-src 'self'; \
connect-src 'self' data: blob: {reached}">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>Editing</title>
<link rel="cms-config-url" type="application/json" href="config.json">
<style>
@font-face {{
  font-family: "Material Symbols Outlined"; font-weight: 100 700; src: url(icons.woff2);
}}
</style>
</head>
<body>
<script src="sveltia-cms.js"></script>
</body>
</html>
"""


class CmsError(Exception):
    """The folder cannot be written."""


def write(docs: Path, config: dict[str, Any], packages: Path) -> list[Path]:
    """Write all files below `docs/admin/`, and return their paths.

    `packages` is the folder of npm packages. Raises CmsError where something is not there.
    """
    missing = [name for name in FILES.values() if not (packages / name).is_file()]
    if missing:
        raise CmsError(f"There is no {missing[0]} in {packages}. Get it with: {NPM}")
    folder = docs / FOLDER
    page = PAGE.format(reached=REACHED[config["backend"]["name"]])
    text = json.dumps(config, ensure_ascii=False, indent=1)
    try:
        folder.mkdir(exist_ok=True)
        (folder / "index.html").write_text(page, encoding="utf-8")
        (folder / "config.json").write_text(f"{text}\n", encoding="utf-8")
        for name, source in FILES.items():
            shutil.copyfile(packages / source, folder / name)
    except OSError as error:
        raise CmsError(f"{folder} cannot be written: {error.strerror}.") from None
    return [folder / name for name in ("index.html", "config.json", *FILES)]
