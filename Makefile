# Everything starts here. `make help` lists the targets; each one sets up what it needs.
# Only python3 (3.11 or later), make and a shell are needed; `make setup PYTHON=python3.12` takes another Python.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
STAMP  := $(VENV)/.up-to-date
GRAPH  := build/graph.ttl

.DEFAULT_GOAL := help
.PHONY: help setup demo docs test test-all check wheel bench lock clean

help: ## list the targets
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 18

setup: $(STAMP) ## make .venv with the pinned packages and armsgraph itself

$(STAMP): constraints.txt pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  echo "armsgraph needs Python 3.11 or later; $(PYTHON) is $$($(PYTHON) --version 2>&1)." >&2; \
	  echo "Install a newer one and name it: make setup PYTHON=python3.12" >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r constraints.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

demo: setup ## build the graph of the seed article and say what to do with it
	@mkdir -p build
	$(BIN)/armsgraph build seeds --output $(GRAPH)
	@.ci/next-steps $(GRAPH)

docs: setup ## build the documentation as a site in build/site
	@NO_MKDOCS_2_WARNING=1 $(BIN)/mkdocs build --strict --quiet
	@echo "open build/site/index.html"

test: setup ## check, test and try the wheel: what must pass before a commit
	@.ci/tests -m "not slow"

test-all: setup ## the same with the slow tests
	@.ci/validators || echo "== validators: not made; the tests that need them are left out"
	@if .ci/stores; then ARMSGRAPH_STORES=required; export ARMSGRAPH_STORES; \
	else echo "== stores: one or more are missing; their tests are left out"; fi; .ci/tests

check: setup ## formatting, lint, types and the layers
	@.ci/check

wheel: setup ## build the wheel, install it away from the checkout and run it
	@.ci/wheel

bench: setup ## measure quality and speed
	$(BIN)/python -m bench

lock: ## pin every version again in constraints.txt (needs the network)
	$(PYTHON) -m venv build/lock
	build/lock/bin/python -m pip install --quiet "pip-tools>=7,<8"
	CUSTOM_COMPILE_COMMAND="make lock" build/lock/bin/pip-compile --quiet --upgrade --generate-hashes --strip-extras \
	  --allow-unsafe --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options \
	  --constraint tools/lock-exceptions.txt --extra dev \
	  --build-deps-for wheel --build-deps-for editable --output-file constraints.txt pyproject.toml

clean: ## remove what was built and cached, but not .venv
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find src tests bench tools -name __pycache__ -type d -prune -exec rm -rf {} +
