"""The plugin's own settings."""

from mkdocs.config import config_options
from mkdocs.config.base import Config


class HelpdeskConfig(Config):
    """What `mkdocs.yml` may say below `plugins: - helpdesk:`."""

    catalog = config_options.Type(str, default="catalog")
    """Folder of the catalog, below `docs_dir`."""

    languages = config_options.Type(dict, default={})
    """For each language its `name` in the switch and the labels of its `nav`."""

    reuse = config_options.Type(bool, default=True)
    """Whether pages that nothing has changed for are taken from the build before."""

    offline = config_options.Type(bool, default=True)
    """Whether readers' browsers keep the site; where not, they let go of what they kept."""
