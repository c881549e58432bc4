# Each target does its own set-up; nothing needs to be done before.
PORT ?= 8000
PYTHON ?= python3
VENV := .venv
PY := $(VENV)/bin/python
NODE := tools/with-node
MP := miniprogram
# Tests start hundreds of processes: each would compile everything anew.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test check check-service check-phone jobs demo clean requirements client screenshots bench faults scale

run: .make/python .make/h5 .make/console ## the whole product on http://127.0.0.1:$(PORT)
	@$(PY) -m tools.serve --port $(PORT)

test: .make/dev .make/node .make/browser .make/h5 .make/mp-weixin .make/console ## all tests; ends with `N passed, N failed`
	@$(NODE) $(PY) -m tools.test

check: check-service check-phone ## format, lint, types, contracts, migrations, packages

check-service: .make/dev
	$(VENV)/bin/ruff format --check .
	$(VENV)/bin/ruff check .
	$(VENV)/bin/mypy
	$(VENV)/bin/lint-imports
	$(PY) -m tools.check_migrations
	$(PY) -m tools.check_client

check-phone: .make/node .make/h5 .make/mp-weixin
	cd $(MP) && ../$(NODE) npm run --silent lint
	cd $(MP) && ../$(NODE) npm run --silent types
	cd $(MP) && ../$(NODE) npm run --silent check:generated
	cd $(MP) && ../$(NODE) npm run --silent check:package

jobs: .make/python ## what the scheduler would do, and when
	@LINLI_ENV=$${LINLI_ENV:-demo} $(VENV)/bin/flask --app wsgi db upgrade >/dev/null
	@LINLI_ENV=$${LINLI_ENV:-demo} $(VENV)/bin/flask --app wsgi jobs list

demo: .make/python ## demo data into the database, where there is none
	@LINLI_ENV=demo DEMO_PEOPLE=demo/people.json $(PY) -m demo.seed

screenshots: .make/dev .make/node .make/browser .make/h5 .make/mp-weixin .make/console ## the README's pictures, anew
	cd $(MP) && ../$(NODE) npm run --silent screenshots

client: .make/dev .make/node ## the mini-program's types, from the API as it is now
	LINLI_ENV=test $(VENV)/bin/flask --app wsgi openapi write $(MP)/openapi.json
	cd $(MP) && ../$(NODE) npm run --silent generate

bench: .make/dev ## CPU per request against a bare Flask, on SQLite and PostgreSQL
	@$(PY) -m bench

faults: .make/dev ## a storm: kills, network faults and restarts on each database; nothing may be lost or doubled
	@$(PY) -m tools.faults

scale: .make/scale ## the roll-up on Apache Spark, several JVMs; needs Java 17, brings half a gigabyte
	@LINLI_SCALE=1 $(PY) -m pytest tests/rollups -q

requirements: .make/dev ## pin again what requirements*.in ask for
	$(VENV)/bin/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options -o requirements.txt requirements.in
	$(VENV)/bin/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options -o requirements-dev.txt requirements-dev.in
	$(VENV)/bin/pip-compile -q --strip-extras --no-emit-index-url --no-emit-find-links --no-emit-trusted-host --no-emit-options -o requirements-scale.txt requirements-scale.in

clean: ## everything that was set up or built; the data in instance/ stays
	rm -rf .make $(VENV) $(MP)/node_modules $(MP)/dist

.make/python: requirements.txt
	@echo "linli | Python packages ..."
	@test -x $(PY) || $(PYTHON) -m venv $(VENV)
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@mkdir -p .make && touch $@

.make/dev: .make/python requirements-dev.txt
	@echo "linli | Python packages for tests and checks ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	@touch $@

.make/scale: .make/dev requirements-scale.txt
	@echo "linli | Apache Spark (about a minute) ..."
	@$(PY) -m pip install --quiet --disable-pip-version-check -r requirements-scale.txt
	@touch $@

# Where the system has no Node 20, tools/with-node takes one from PyPI: then Python comes first.
NODE_FROM_PYPI := $(shell [ "$$(node --version 2>/dev/null | sed 's/^v//; s/\..*//')" -ge 20 ] 2>/dev/null || echo .make/python)

.make/node: $(NODE_FROM_PYPI) $(MP)/package-lock.json
	@echo "linli | Node packages (about a minute) ..."
	@cd $(MP) && ../$(NODE) npm ci --silent --no-audit --no-fund
	@mkdir -p .make && touch $@

SOURCES := $(shell find $(MP)/src $(MP)/tools -type f 2>/dev/null) $(MP)/vite.config.ts

# Built beside Python's packages, and compressed when both are there.
.make/h5-pages: .make/node $(SOURCES)
	@echo "linli | The mini-program for browsers (about half a minute) ..."
	@cd $(MP) && ../$(NODE) npm run --silent build:h5
	@touch $@

.make/h5: .make/h5-pages .make/python
	@$(PY) -m whitenoise.compress --quiet $(MP)/dist/build/h5
	@touch $@

.make/mp-weixin: .make/node $(SOURCES)
	@echo "linli | The mini-program for WeChat (about half a minute) ..."
	@cd $(MP) && ../$(NODE) npm run --silent build:mp-weixin
	@touch $@

.make/console: .make/node $(shell find $(MP)/console -type f 2>/dev/null) $(MP)/tools/console.mjs
	@echo "linli | The console's scripts ..."
	@cd $(MP) && ../$(NODE) npm run --silent build:console
	@touch $@

.make/browser: .make/node
	@test -x /usr/bin/chromium-headless-shell || test -x /usr/bin/chromium || (echo "linli | Chromium ..." && cd $(MP) && ../$(NODE) npx playwright install chromium)
	@touch $@
