# The project's doors. Every target does the set-up it needs, on a bare Debian with Python 3.11.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
# pip compiles what it installs; without byte code a Scrapy child starts in 1.4 s instead of 0.6 s.
unexport PYTHONDONTWRITEBYTECODE
# The lock is complete, so nothing is left to resolve. (Asked to, pip 23 prefers a newer SQLAlchemy for
# `sqlalchemy[asyncio]` than the one that is pinned, and stops.)
LOCKED := --quiet --disable-pip-version-check --no-deps --require-hashes

.PHONY: help demo replay replay-where-npm-is browser-tools test check format interop bench compiled lock clean
help: ## this list
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed 's/:.*##/\t/' | expand -t 12

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.main: requirements/main.txt pyproject.toml | $(BIN)/python
	$(BIN)/pip install $(LOCKED) -r requirements/main.txt
	$(BIN)/pip install $(LOCKED) -r requirements/build.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

$(VENV)/.dev: requirements/dev.txt $(VENV)/.main
	$(BIN)/pip install $(LOCKED) -r requirements/dev.txt
	@touch $@

# OpenStack Swift is a server of the tests, started as processes: its pins stay out of our environment.
.venv-swift/.done: requirements/swift.txt
	test -x .venv-swift/bin/python || $(PYTHON) -m venv .venv-swift
	.venv-swift/bin/pip install $(LOCKED) -r requirements/swift.txt
	@touch $@

# wabac.js, and axe-core for the tests: unmodified, as npm brings them. The lock names no registry.
NPM := web/npm
$(NPM)/node_modules/.done: $(NPM)/package.json $(NPM)/package-lock.json $(NPM)/.npmrc
	cd $(NPM) && npm ci --ignore-scripts --silent
	@touch $@

replay: $(NPM)/node_modules/.done ## what full replay needs from npm (wabac.js); the rest works without

replay-where-npm-is:
	@if command -v npm > /dev/null; then $(MAKE) --no-print-directory replay; \
	else echo "There is no npm here, so pages replay without their scripts. With Node.js and npm: make replay"; fi

# Chromium and npm, from Debian where that may be done.
browser-tools:
	@sh tests/browser/install_tools.sh

demo: $(VENV)/.main replay-where-npm-is ## crawl the demo outlet over simulated days and show what changed
	$(BIN)/palimpsest demo

test: $(VENV)/.dev .venv-swift/.done browser-tools ## every test, on real servers and in a real browser
	@$(MAKE) --no-print-directory replay-where-npm-is
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

# Other people's tools in an environment of their own: their pins clash with ours.
.venv-interop/.done: requirements/interop.txt
	test -x .venv-interop/bin/python || $(PYTHON) -m venv .venv-interop
	.venv-interop/bin/pip install $(LOCKED) -r requirements/interop.txt
	@touch $@

# ReplayWeb.page as npm has it: the two scripts that a web server serves, with all that they need built in.
REPLAYWEBPAGE := replaywebpage-2.5.3.tgz
REPLAYWEBPAGE_SHA256 := b7d35c39c4da9b7121c5a393911d8675d4cc6f19513c380191e16b086bea812c
.venv-interop/replaywebpage/package/ui.js: .venv-interop/.done
	mkdir -p .venv-interop/replaywebpage
	cd .venv-interop/replaywebpage && npm pack --silent replaywebpage@2.5.3
	cd .venv-interop/replaywebpage && echo "$(REPLAYWEBPAGE_SHA256)  $(REPLAYWEBPAGE)" | sha256sum --check --quiet && tar xzf $(REPLAYWEBPAGE)
	@touch $@

# WARCs that we did not write: those in pywb's source package.
.venv-interop/samples/.done: interop/samples.txt .venv-interop/.done
	mkdir -p $(@D)
	$(BIN)/pip download --quiet --disable-pip-version-check --no-deps --no-binary :all: --require-hashes -r $< -d $(@D)
	cd $(@D) && for sdist in *.tar.gz; do tar xzf $$sdist; done
	@touch $@

interop: $(VENV)/.dev .venv-interop/.done .venv-interop/samples/.done .venv-interop/replaywebpage/package/ui.js ## other people's tools read what we write: warcio, pywb, DuckDB, ReplayWeb.page …
	rm -rf build/interop
	$(BIN)/palimpsest demo --days 3 --archive build/interop/archive > build-interop.log 2>&1 || { cat build-interop.log; exit 1; }
	@rm -f build-interop.log
	$(BIN)/python interop/make_archive.py build/interop/made --archive build/interop/archive
	$(BIN)/palimpsest evidence demo:cbf:26000103 build/interop/made/evidence.wacz --archive build/interop/archive
	$(BIN)/python interop/make_served.py build/interop/served --made build/interop/made --samples .venv-interop/samples
	.venv-interop/bin/python -m pytest -c interop/pytest.ini interop --made build/interop/made --served build/interop/served --ours $(BIN)/python

# What is measured against trafilatura and the like needs it beside us.
.venv-bench/.done: requirements/bench.txt
	test -x .venv-bench/bin/python || $(PYTHON) -m venv .venv-bench
	.venv-bench/bin/pip install $(LOCKED) -r requirements/bench.txt
	@touch $@

bench: $(VENV)/.dev .venv-bench/.done .venv-interop/.done ## figures against other tools, as ratios in one run (about 15 minutes)
	$(BIN)/python -m bench.warc_writing
	$(BIN)/python -m bench.cdxj_indexing
	.venv-bench/bin/python -m bench.reading
	-$(BIN)/python -m bench.compile_audit
	$(BIN)/python -m bench.diffing
	$(BIN)/python -m bench.audit_quality
	$(BIN)/python -m bench.catalog_rebuild
	$(BIN)/python -m bench.crawl_capture
	$(BIN)/python -m bench.crawl_capture --memory
	$(BIN)/python -m bench.replay_serving
	$(BIN)/python -m bench.window_serving --captures 50000 --years 0.5 --each 5

compiled: $(VENV)/.dev ## the comparison in C, 1.6 times as fast, the same findings; needs gcc and Python's headers
	$(BIN)/python -m bench.compile_audit

lock: ## resolve pyproject.toml into requirements/*.txt (hashes, no addresses)
	sh requirements/lock.sh

clean:
	rm -rf $(VENV) .venv-* $(NPM)/node_modules build .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
