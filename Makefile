# What a person or a machine does with this repository; `make` alone lists it.
# Everything is installed into .venv and node_modules, from lock files, when those change.

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL: # one installer at a time
.PHONY: help serve test site check bench trust wheel lock clean

# .venv first: where the machine has no Node.js, that of .venv/bin is used.
export PATH := $(CURDIR)/.venv/bin:$(PATH)
export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1
# Material's banner about another project's plans.
export NO_MKDOCS_2_WARNING := 1
export DISABLE_MKDOCS_2_WARNING := true

PYTHON_BIN := .venv/bin/python
PIP := $(PYTHON_BIN) -m pip install --quiet
LOCKED := $(PIP) --require-hashes --only-binary :all:
CHECKED := .cache/site
RUNTIME := src/helpdesk/browser/runtime
# One after the other: WebKit, while it is driven, drops what it keeps when it has to wait long.
ENGINES := tests/browser/test_every_engine.py tests/browser/test_offline.py

VENV_MADE := .venv/.made
SITE_MADE := .venv/.made-site
DEV_MADE := .venv/.made-dev
BENCH_MADE := .venv/.made-bench
TRUST_MADE := .venv/.made-trust
NODE_MADE := node_modules/.made
RUNTIME_MADE := $(RUNTIME)/manifest.json
# The folder of the diagnosis too: when a module is deleted, nothing else changes.
RUNTIME_FROM := $(wildcard $(RUNTIME).*.json $(RUNTIME)*.py \
	$(addprefix src/helpdesk/browser/,thinning.py glue.py wasm.py *.mjs inside/*.py inside/*/*.py inside/*.txt) \
	src/helpdesk/__init__.py src/helpdesk/diagnosis src/helpdesk/diagnosis/*.py)

help: ## list what can be made
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-6s %s\n", $$1, $$2 }' Makefile

serve: $(SITE_MADE) $(RUNTIME_MADE) ## the help site on http://127.0.0.1:8000, with live reload
	@exec $(PYTHON_BIN) tools/serve.py

test: $(DEV_MADE) $(RUNTIME_MADE) ## every test, browser tests included
	@tools/install-browser
	@$(PYTHON_BIN) -m pytest --numprocesses=auto --maxprocesses=4 --dist=loadfile $(ENGINES:%=--ignore=%)
	@$(PYTHON_BIN) -m pytest $(ENGINES)

site: $(SITE_MADE) $(RUNTIME_MADE) ## the deployable site in site/
	@.venv/bin/mkdocs build --strict

check: $(DEV_MADE) $(RUNTIME_MADE) ## format, lint, types of Python and JavaScript, the catalog, the built site
	@.venv/bin/ruff format --check --quiet --diff .
	@.venv/bin/ruff check --quiet .
	@.venv/bin/mypy --no-error-summary
	@for config in $(wildcard src/helpdesk/browser/web/tsconfig*.json); do \
		node_modules/.bin/tsc --noEmit --project "$$config" || exit; \
	done
	@.venv/bin/helpdesk check
	@mkdir -p .cache # what has not changed is reused, so this takes seconds
	@.venv/bin/mkdocs build --strict --site-dir $(CHECKED) >.cache/build.log 2>&1 || { cat .cache/build.log; exit 1; }
	@.venv/bin/helpdesk inspect $(CHECKED)

bench: $(BENCH_MADE) $(RUNTIME_MADE) ## the side-by-side benchmarks, into bench/results.json
	@$(PYTHON_BIN) -m bench

trust: $(TRUST_MADE) $(NODE_MADE) $(RUNTIME_MADE) ## every promise measured, whole: what is lost, leaked, or shut out
	@tools/install-browser
	@$(PYTHON_BIN) -m trust --whole

wheel: $(SITE_MADE) $(RUNTIME_MADE) ## the package with the browser's runtime inside, and what it is made of, in dist/
	@$(PYTHON_BIN) -m hatchling build --target wheel
	@tools/sbom

lock: $(SITE_MADE) $(NODE_MADE) ## the lock files anew (UPGRADE=1: the newest versions allowed)
	@tools/lock

clean: ## away with what was built; what was installed stays
	@rm -rf site dist build $(RUNTIME) .mypy_cache .ruff_cache .pytest_cache .hypothesis .cache

$(VENV_MADE): tools/make-venv
	@tools/make-venv
	@touch $@

$(SITE_MADE): $(VENV_MADE) requirements/runtime.txt pyproject.toml
	@echo "Installing what builds the site"
	@$(LOCKED) -r requirements/runtime.txt
	@$(PIP) --no-deps --no-build-isolation --editable .
	@touch $@

$(DEV_MADE): $(SITE_MADE) requirements/dev.txt
	@echo "Installing what tests and checks need"
	@$(LOCKED) -r requirements/dev.txt
	@touch $@

$(BENCH_MADE): $(DEV_MADE) requirements/bench.txt
	@echo "Installing what is measured beside"
	@$(LOCKED) --no-binary pyspark -r requirements/bench.txt # Spark has no wheel
	@touch $@

$(TRUST_MADE): $(DEV_MADE) requirements/trust.txt
	@echo "Installing the fuzzer"
	@$(LOCKED) -r requirements/trust.txt
	@touch $@

$(NODE_MADE): $(VENV_MADE) package-lock.json package.json .npmrc requirements/node.txt tools/install-node
	@tools/install-node
	@echo "Installing what the browser's side needs"
	@npm ci --ignore-scripts --loglevel=error
	@touch $@

$(RUNTIME_MADE): $(SITE_MADE) $(NODE_MADE) $(RUNTIME_FROM)
	@echo "Building the browser's runtime"
	@$(PYTHON_BIN) -m helpdesk.browser.runtime node_modules
