"""The authored catalog: read strictly, checked whole, compiled for the engine."""

from .errors import CatalogError, CatalogErrors
from .loading import load
from .model import Catalog, Position

__all__ = ["Catalog", "CatalogError", "CatalogErrors", "Position", "load"]
