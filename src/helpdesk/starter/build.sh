#!/bin/sh
# What every host runs: install, check the words, build the site into the folder it is given, or site/.
set -eu
command -v helpdesk >/dev/null || python3 -m pip install wheels/helpdesk-*.whl
helpdesk check ${GITHUB_ACTIONS:+--format github}
mkdocs build --strict --site-dir "${1:-site}"
