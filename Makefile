# Each target makes its own .venv on a fresh machine. `make help` lists them.
.DEFAULT_GOAL := help
PYTHON ?= $(shell for p in python3.11 python3.12 python3.13 python3; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
DEMO ?= build/demo
# Tests wait as well as work, for disks, terminals and keys: three of them keep two cores busy.
WORKERS ?= 3

.PHONY: help open demo test check bench screenshots catalogue clean

help:
	@echo "make demo         open the demonstration register of 99 projects"
	@echo "make open         open your own register; the first start makes it"
	@echo "make test         run the tests"
	@echo "make check        everything that must be green: style, types, import rules, catalogue, tests"
	@echo "make bench        measure speed and memory, as ratios in one run"
	@echo "make screenshots  draw every screen into build/screenshots"
	@echo "make catalogue    bring the Chinese catalogue up to date with the code"

$(VENV)/pyvenv.cfg:
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed: install it (e.g. apt install python3 python3-venv) and run make again."; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { rm -rf $(VENV); echo "The venv module is missing: install it (e.g. apt install python3-venv) and run make again."; exit 1; }

$(VENV)/.app: $(VENV)/pyvenv.cfg pyproject.toml hatch_build.py $(wildcard zjtui/locales/*/LC_MESSAGES/*.po)
	@echo "Setting up (once) ..."
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e . || { echo "The libraries could not be installed: is a package registry within reach?"; exit 1; }
	@touch $@

$(VENV)/.test: $(VENV)/.app
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[test]'
	@touch $@

$(VENV)/.dev: $(VENV)/.test
	@$(BIN)/python -m pip install -q --disable-pip-version-check -e '.[dev]'
	@touch $@

open: $(VENV)/.app
	@$(BIN)/zjtui

demo: $(VENV)/.app
	@$(BIN)/zjtui demo --to $(DEMO)

test: $(VENV)/.test
	@$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

check: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m zjtui.locales.catalogue check
	$(BIN)/python -m pytest -n $(WORKERS) --dist worksteal

bench: $(VENV)/.test
	@$(BIN)/python -m tests.bench

screenshots: $(VENV)/.test
	@$(BIN)/python -m tests.screenshots build/screenshots

catalogue: $(VENV)/.test
	@$(BIN)/python -m zjtui.locales.catalogue update

clean:
	rm -rf $(VENV) build dist
