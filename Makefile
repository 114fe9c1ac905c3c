# make lab     install everything and open the workbench
# make test    everything, as CI runs it        make check   lint, types and fast tests, under a minute
# make bench   speed against peers              make test-all   make test on each Python found
# make validate   simulations with a known truth: does each statistical promise come true?
# make lock, make messages, make clean
# PYTHON=/path/to/python3.13 VENV=.venv-3.13 choose another interpreter and a place for its packages.

VENV ?= .venv
PYTHON ?=
BIN := $(VENV)/bin
RUN := $(BIN)/python -m

CANDIDATES := $(or $(PYTHON),python3 python3.14 python3.13 python3.12 python3.11 python)
TESTED := python3.11 python3.13 $(wildcard $(HOME)/.pyenv/versions/3.1[13].*/bin/python)
# An empty shim answers nothing, a Debian without python3-venv has no ensurepip: both are passed over.
FITS := import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))
VERSION := import sys; print("%d.%d" % sys.version_info[:2])

PIP := $(RUN) pip install --quiet --disable-pip-version-check
UV := uv==0.13.9
COMPILE := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --upgrade \
	--no-emit-index-url --no-emit-find-links --no-header --no-annotate pyproject.toml

.PHONY: lab test test-all check lint fast bench validate lock messages clean
.DEFAULT_GOAL := lab

lab: $(VENV)/lab.stamp
	@$(BIN)/smm lab

test: lint
	$(RUN) pytest -n 2 -m "not browser"
	$(RUN) pytest -n 2 -m browser

check: lint fast

lint: $(VENV)/dev.stamp
	$(RUN) ruff check
	$(RUN) ruff format --check
	$(RUN) mypy

fast: $(VENV)/dev.stamp
	$(RUN) pytest -n 2 -m "not slow and not browser"

# One run per version, each with packages of its own.
test-all:
	@done=""; \
	for each in $(TESTED); do \
	  version=$$("$$each" -c '$(FITS)' 2>/dev/null && "$$each" -c '$(VERSION)') || continue; \
	  case " $$done " in *" $$version "*) continue;; esac; \
	  done="$$done $$version"; \
	  echo "== Python $$version ($$each)"; \
	  $(MAKE) test PYTHON="$$each" VENV=".venv-$$version" || exit 1; \
	done; \
	test -n "$$done" || { echo "Neither Python 3.11 nor 3.13 was found."; exit 1; }; \
	echo "Passed on Python$$done."

bench: $(VENV)/dev.stamp
	$(RUN) benchmarks

validate: $(VENV)/dev.stamp
	$(RUN) benchmarks.validation

lock: $(VENV)/bin/python
	$(PIP) $(UV)
	$(COMPILE) -o requirements.lock
	$(COMPILE) --extra dev --constraint requirements.lock -o requirements-dev.lock

# Which sentences of the interface have no German yet, and which German ones nobody says any more.
messages: $(VENV)/dev.stamp
	$(RUN) pytest -q tests/test_catalogue.py

clean:
	rm -rf .venv .venv-* .mypy_cache .ruff_cache .pytest_cache .hypothesis dist benchmarks/out tests/browser/artefacts
	find smmlib tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

$(VENV)/lab.stamp: requirements.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the workbench into $(VENV); the first time this takes a few minutes."
	@$(PIP) -r requirements.lock
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/dev.stamp: requirements-dev.lock pyproject.toml | $(VENV)/bin/python
	@echo "Installing the workbench and the tools to test it into $(VENV); the first time this takes a few minutes."
	@$(PIP) -r requirements-dev.lock
	@$(PIP) --no-deps -e .
	@touch $@

$(VENV)/bin/python:
	@for each in $(CANDIDATES); do \
	  if "$$each" -c '$(FITS)' 2>/dev/null; then \
	    echo "Making $(VENV) with $$("$$each" -c 'import sys; print(sys.executable, sys.version.split()[0])')."; \
	    exec "$$each" -m venv "$(VENV)"; \
	  fi; \
	done; \
	echo "No Python 3.11 or newer with venv was found (looked for: $(CANDIDATES))." >&2; \
	echo "Install it (Debian, Ubuntu: apt install python3-venv) or name it: make PYTHON=/path/to/python3.13" >&2; \
	exit 1
