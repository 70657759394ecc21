# The words of this house. `make help` lists them; nothing else needs to be remembered.

PYTHON ?= python3
DATA ?= var
PORT ?= 8000
ARGS ?=

BIN := .venv/bin
PIP := $(BIN)/pip --disable-pip-version-check install -qq
CATALOGUES := $(shell find madang -name '*.po' 2>/dev/null)

.PHONY: help setup demo test test-postgres check fix docs pictures bench messages lock
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' Makefile

# --- setting up: stamps, so that a second run has nothing to do --------------------------------

setup: .venv/.dev .venv/.messages ## everything for working on Madang, in .venv

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "Madang needs Python 3.11 or newer; this is $$($(PYTHON) --version)."; exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian and Ubuntu:"; \
	  echo "  apt-get install python3-venv"; exit 1; }
	@echo "Setting up: a Python environment in .venv"
	@$(PYTHON) -m venv .venv

.venv/.core: requirements/core.txt requirements/build.txt pyproject.toml hatch_build.py | .venv/bin/python
	@echo "Setting up: the packages Madang runs on (about half a minute the first time)"
	@$(PIP) --require-hashes -r requirements/core.txt -r requirements/build.txt
	@$(PIP) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: requirements/dev.txt .venv/.core
	@echo "Setting up: the packages for tests and checks"
	@$(PIP) --require-hashes -r requirements/dev.txt
	@touch $@

.venv/.messages: $(CATALOGUES) hatch_build.py | .venv/.core
	@$(BIN)/python hatch_build.py
	@touch $@

# --- using and proving -------------------------------------------------------------------------

demo: .venv/.core .venv/.messages ## the forum of Korea and a practice forum (DATA=var PORT=8000)
	@exec $(BIN)/madang demo --data $(DATA) --port $(PORT)

test: setup ## all tests, with a real browser and SQLite (ARGS="-k ballots")
	@scripts/browser.sh $(BIN)/pytest -n 2 -m "not postgres" $(ARGS)

# Who may open which address is the same on every database, and by far the longest table.
test-postgres: setup ## actions, pages and house on a PostgreSQL server of its own
	@scripts/postgres.sh $(BIN)/pytest -n 2 -m "not browser" tests/actions tests/pages tests/house \
		--ignore=tests/house/test_routes.py $(ARGS)

check: setup ## lint, format, imports, types and the rules' tests, in under a minute
	@scripts/check.sh

fix: setup ## mend what a machine can mend
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .

docs: setup ## write the pages of docs/ that come from the code
	@$(BIN)/madang manage print_docs

pictures: setup ## take the pictures of docs/ in a demo of their own
	@scripts/browser.sh $(BIN)/python scripts/pictures.py

bench: setup ## what a page costs, beside a bare Django view
	@$(BIN)/python -m bench $(ARGS)

messages: setup ## gather the sentences for translation, then compile them
	@cd madang && ../$(BIN)/madang manage makemessages --locale ko --add-location file --no-obsolete
	@$(BIN)/python hatch_build.py

lock: setup ## choose versions anew and pin them by hash
	@scripts/lock.sh $(ARGS)
