"""Help centers that diagnose: one cause catalog, its articles and its wizard."""

__version__ = "0.1.0"
