# make demo: the sample corpus as a graph, a page and a short tour.   make test: the whole test suite.
# Both need Python 3.11 or newer, make and a package index, nothing else. Another Python: make demo PYTHON=python3.12

PYTHON ?= python3
PYTEST_ARGS ?= -n 2
VENV   := .venv

BIN    := $(VENV)/bin
PIP    := $(BIN)/python -m pip --disable-pip-version-check -q
# The package is installed as a user gets it, so it is installed again when one of these files is newer.
FILES  := pyproject.toml README.md LICENSE $(shell find kg ontology data -type f -not -name '*.pyc' 2>/dev/null)

.PHONY: help demo test lint format types notebooks bench clean distclean
.DEFAULT_GOAL := help

help:
	@echo "make demo       build the graph of data/ into demo/case, render graph.html, print a tour"
	@echo "make test       run the tests (PYTEST_ARGS='-k name' to choose)"
	@echo "make lint       ruff check, ruff format --check;  make format  puts right what it can"
	@echo "make types      mypy --strict"
	@echo "make notebooks  execute the notebooks"
	@echo "make bench      quality and speed, into the results table of benchmarks/"
	@echo "make clean      remove what was built; make distclean: $(VENV) as well"

demo: $(VENV)/.kg
	@$(BIN)/kg build data --case demo/case
	@$(BIN)/kg render demo/case -o graph.html
	@$(BIN)/python -P -m kg.tour demo/case --page graph.html --kg $(BIN)/kg

test: $(VENV)/.kg-test
	$(BIN)/python -m pytest $(PYTEST_ARGS)

lint: $(VENV)/.kg-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

format: $(VENV)/.kg-dev
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

types: $(VENV)/.kg-dev
	$(BIN)/mypy

notebooks: $(VENV)/.kg-dev
	$(BIN)/python notebooks/execute.py

bench: $(VENV)/.kg-dev
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

# build/ stays: it may hold a training run of many hours.
clean:
	rm -rf demo dist graph.html .pytest_cache .mypy_cache .ruff_cache .hypothesis
	find kg tests training benchmarks notebooks -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

distclean: clean
	rm -rf $(VENV)

# The environment. Each stamp says what is installed in it, and since when.

$(VENV)/.made:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "kg needs Python 3.11 or newer; try: make $(MAKECMDGOALS) PYTHON=python3.12" >&2; exit 1; }
	@echo "making $(VENV)"
	@$(PYTHON) -m venv $(VENV) || \
	  { echo "no virtual environment was made; on Debian: apt-get install python3-venv" >&2; exit 1; }
	@touch $@

$(VENV)/.kg: $(VENV)/.made $(FILES)
	@echo "installing kg (the first time takes a minute or two)"
	@$(PIP) install .
	@touch $@

$(VENV)/.kg-test: $(VENV)/.made $(FILES)
	@echo "installing kg and what its tests need"
	@$(PIP) install '.[test]'
	@touch $(VENV)/.kg $@

$(VENV)/.kg-dev: $(VENV)/.made $(FILES)
	@echo "installing kg and what its developers need"
	@$(PIP) install '.[dev]'
	@touch $(VENV)/.kg $(VENV)/.kg-test $@
