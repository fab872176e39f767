# LandBrief: `make run` serves, `make test` tests; both install what they need into .venv.

PYTHON ?= python3
BIN := .venv/bin
EXTRAS := $(if $(LIGHT),,models)
comma := ,

.PHONY: setup run test check fuzz load ask eval eval-faults model bench format screenshots

setup: .venv/.installed$(if $(LIGHT),-light)

.venv/.installed .venv/.installed-light: pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "LandBrief needs Python 3.11 or newer: set PYTHON=/path/to/it"; exit 1; }
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e "$(if $(EXTRAS),.[$(EXTRAS)],.)"
	touch $@

.venv/.dev: .venv/.installed$(if $(LIGHT),-light)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e ".[dev$(if $(EXTRAS),$(comma)$(EXTRAS)$(comma)peers$(comma)training)]"
	touch $@

run: setup
	$(BIN)/landbrief serve $(if $(wildcard documents),--ingest documents) $(if $(LANDBRIEF_ORIGINALS),--ingest "$(LANDBRIEF_ORIGINALS)")

ask: setup
	@$(BIN)/landbrief ask "$$Q"

# The page's tests mostly wait for a browser: two files at a time.
test: .venv/.dev
	$(BIN)/pytest --ignore-glob='*/test_web_*'
	$(BIN)/pytest -n 2 --dist loadfile tests/test_web_*.py

check: .venv/.dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/bandit -q -ll -r api assistant evals ingestion kb -x evals/peers
	$(BIN)/python tests/package_audit.py
	$(BIN)/pytest

format: .venv/.dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

eval: .venv/.dev
	$(BIN)/python -m evals.run

eval-faults: .venv/.dev
	$(BIN)/python -m evals.fault_check

model: .venv/.dev
	$(BIN)/python -m kb.training "$(DATA)"

bench: .venv/.dev
	$(BIN)/python -m evals.bench

fuzz: .venv/.dev
	LANDBRIEF_FUZZ=60 $(BIN)/pytest -s tests/test_openapi_fuzz.py

screenshots: .venv/.dev
	cd tests && ../$(BIN)/python -m screenshots

load: .venv/.dev
	$(BIN)/python -m evals.bench.load
