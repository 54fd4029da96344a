# make run   sets up everything and starts the program on the worked examples
# make test  sets up everything and runs lint, types and all tests
# make bench prints the speed of what matters as ratios
# make torture kills, starves and cuts off the store, and tells what was lost
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
# Bytecode that is not kept makes every start compile everything again: 4.8 times slower.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: run test lint types tests bench torture diagrams site-check pictures oldest clean

run: $(READY)
	@$(BIN)/facilitator --store sessions

test: lint types tests

lint: $(READY)
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/lint-imports --no-cache

types: $(READY)
	$(BIN)/mypy

tests: $(READY)
	$(BIN)/python -m pytest -n 2

bench: $(READY)
	$(BIN)/python -m tests.benchmarks

torture: $(READY)
	@$(BIN)/python -m tests.torture

# Checks the diagrams in documents with the parser that draws them; it needs node and npm.
diagrams: $(READY)
	$(BIN)/python -m tests.extras.mermaid_check

# Opens a site in headless Chromium as readers do; it needs Chromium, node and npm.
site-check: $(READY)
	$(BIN)/python -m tests.extras.site_check

pictures: $(READY)
	$(BIN)/python -m tests.pictures

# The tests once more, with the oldest Textual that the project admits.
oldest:
	$(PYTHON) -m venv .venv-oldest
	.venv-oldest/bin/python -m pip install --quiet --editable . --group dev textual==8.2.5
	.venv-oldest/bin/python -m pytest -n 2

$(READY): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(0 if sys.version_info >= (3, 11) else "Python 3.11 or newer is needed; name one with: make PYTHON=python3.12 " + "run")'
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "setting up $(VENV), once ..."
	@$(BIN)/python -m pip install --quiet --upgrade 'pip>=25.1'
	@$(BIN)/python -m pip install --quiet --editable . --group dev
	@$(BIN)/python -m compileall -q $(VENV)/lib facilitator >/dev/null || true
	@touch $(READY)

clean:
	rm -rf $(VENV) .venv-oldest .mypy_cache .pytest_cache .ruff_cache .hypothesis
