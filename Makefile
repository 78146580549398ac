# make demo    the four PDFs of examples/linear-layer, in output/
# make test    linters, types and the whole test suite
# make soak    random questions, 200 seeds of every family of problems, files changed at random
# make accessibility    all pages in a browser, held against the rules of axe-core: needs Node and Chromium
# make bench   this program beside others on 38 derivatives, and how its cost grows
#
# Both set up what they need in .venv and set up nothing when run again. A stamp
# is newer than pyproject.toml exactly when what it asks for has been installed.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
SHEET := examples/linear-layer/sheet.toml
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet

.PHONY: help demo test soak bench accessibility format clean
.DELETE_ON_ERROR:

help:
	@sed -n 's/^# \(make .*\)/\1/p' Makefile

demo: $(VENV)/.installed
	@$(BIN)/freeindex build $(SHEET) -o output

test: $(VENV)/.installed-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest -q -n auto

soak: $(VENV)/.installed-dev
	$(BIN)/pytest -q -p no:cacheprovider --hypothesis-show-statistics $(wildcard tests/soak*.py)

bench: $(VENV)/.installed
	@$(BIN)/python -m bench

# The rules come from npm into a folder beside the packages; nothing of them is part of the program.
AXE := $(VENV)/accessibility
CHROMIUM ?= $(shell command -v chromium || command -v chromium-browser || command -v google-chrome)

accessibility: $(VENV)/.installed-dev $(AXE)/.installed
	@test -n "$(CHROMIUM)" || { echo "error: no Chromium; elsewhere: make CHROMIUM=/path/to/chromium ..." >&2; exit 1; }
	@$(BIN)/python -m tests.accessibility $(AXE)/pages
	@NODE_PATH=$(AXE)/node_modules node tests/accessibility.cjs $(CHROMIUM) $(AXE)/pages

$(AXE)/.installed:
	@mkdir -p $(AXE)
	@npm install --prefix $(AXE) --no-audit --no-fund --silent axe-core@4 playwright-core@1
	@touch $@

format: $(VENV)/.installed-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean:
	rm -rf $(VENV) dist build .mypy_cache .pytest_cache .ruff_cache .hypothesis

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
	  echo "error: Free Index needs Python 3.11 or later as '$(PYTHON)'; another one: make PYTHON=python3.12 ..." >&2; \
	  exit 1; }
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "error: '$(PYTHON)' cannot make virtual environments; on Debian and Ubuntu: apt install python3-venv" >&2; \
	  exit 1; }
	@echo "setting up $(VENV) (once)"
	@$(PYTHON) -m venv $(VENV)

$(VENV)/.installed: pyproject.toml | $(BIN)/python
	@echo "installing Free Index and the embedded TeX in $(VENV) (once, some minutes)"
	@$(PIP) --editable .
	@touch $@

$(VENV)/.installed-dev: pyproject.toml | $(BIN)/python
	@echo "installing Free Index, the embedded TeX and the test tools in $(VENV) (once, some minutes)"
	@$(PIP) --editable '.[dev]'
	@touch $@ $(VENV)/.installed
