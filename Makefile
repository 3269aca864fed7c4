# The project's doors. Every target does the set-up it needs, on a bare Debian with Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip compiles what it installs; without byte code a Scrapy child starts in 1.4 s instead of 0.6 s.
unexport PYTHONDONTWRITEBYTECODE
ROOMS := config articles storage crawlers flows palimpsest demo

.PHONY: help demo test check format interop bench lock clean
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.main: requirements/main.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/main.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.main
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/dev.txt
	@touch $@

# OpenStack Swift is a server of the tests, started as processes: its pins stay out of our environment.
.venv-swift/.done: requirements/swift.txt
	test -x .venv-swift/bin/python || $(PYTHON) -m venv .venv-swift
	.venv-swift/bin/pip install --quiet --disable-pip-version-check --require-hashes -r requirements/swift.txt
	@touch $@

demo: $(VENV)/.main ## crawl the demo outlet over simulated days and show what changed
	$(BIN)/palimpsest demo

test: $(VENV)/.dev .venv-swift/.done ## every test, on real servers
	$(BIN)/python -m pytest -n 2 --dist loadgroup $(PYTEST_ARGS)

check: $(VENV)/.dev ## format, lint, types, import rules, tests
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(MAKE) test

format: $(VENV)/.dev ## write the format and the fixes that ruff is sure of
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## resolve pyproject.toml into requirements/*.txt (hashes, no addresses)
	sh requirements/lock.sh

clean:
	rm -rf $(VENV) .venv-* build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
