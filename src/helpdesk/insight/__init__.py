"""The wizard through its editor's eyes: why it asks what, and what each word does.

Pages for whoever serves a site on their own machine; no part of a built site.
"""

from .views import ROOT, Views

__all__ = ["ROOT", "Views"]
