"""Stands for what installs packages into Pyodide: there are none."""


class _Nowhere:
    """A place for packages."""

    def __str__(self) -> str:
        return "/nowhere"


SITE_PACKAGES = DSO_DIR = _Nowhere()


def init_loaded_packages() -> None:
    """Do nothing; Pyodide asks for it as it starts."""
