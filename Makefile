# Everything a contributor runs. `make help` lists it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
OUT ?= build/demo
RESULTS ?= $(OUT)/results
PYTEST_ARGS ?= -n 2 --dist loadfile

.DEFAULT_GOAL := help
REAL_VENV ?= build/real-servers
.PHONY: help demo test fast lint golden bench site serve lock clean setup real-servers

help: ## List these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: $(VENV)/.run ## Run the benchmark on the embedded endpoint, commit the results, build the site
	@$(BIN)/fcbench demo --out $(OUT)

test: $(VENV)/.test tests/oracles/node_modules ## Install what tests need and run them all
	@$(BIN)/python -m pytest $(PYTEST_ARGS)

fast: $(VENV)/.test ## Only the tests that take seconds: no browser, no Node, no workflows
	@$(BIN)/python -m pytest $(PYTEST_ARGS) -m "not slow" tests/unit tests/golden

lint: $(VENV)/.lint ## ruff, mypy, zizmor, and the schemas of action and workflows
	@$(BIN)/ruff check . && $(BIN)/ruff format --check . && $(BIN)/mypy
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-actions action.yml
	@$(BIN)/check-jsonschema --builtin-schema vendor.github-workflows .github/workflows/*.yml
	@$(BIN)/zizmor --offline --no-progress action.yml .github/workflows

golden: $(VENV)/.test ## Rewrite the golden files; review the diff
	@FCBENCH_GOLDEN=1 $(BIN)/python -m pytest -q tests/golden tests/unit

bench: $(VENV)/.test ## Print the measured ratios
	@$(BIN)/python -m tests.bench

real-servers: $(VENV)/.test $(REAL_VENV)/.made ## Try servers that nobody here wrote, with a model of noise; the first time builds one
	@FCBENCH_REAL_SERVERS=$(abspath $(REAL_VENV))/bin/python $(BIN)/python -m pytest -v tests/real_servers

site: $(VENV)/.run ## Build the site from RESULTS into build/site
	@$(BIN)/fcbench site --results $(RESULTS) --out build/site

serve: $(VENV)/.run ## Preview the site while editing its pages
	@FCBENCH_RESULTS=$(RESULTS) $(BIN)/mkdocs serve

lock: $(VENV)/.lint ## Resolve the dependencies anew into requirements/
	@$(PIP) install uv
	@./requirements/lock $(BIN)/uv

setup: $(VENV)/.test $(VENV)/.lint ## Everything a contributor needs

clean: ## Remove what these targets made
	rm -rf build dist tests/oracles/node_modules $(VENV)

$(VENV)/.run: requirements/run.txt pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@echo "installing fcbench from requirements/run.txt ..."
	@$(PIP) install --require-hashes -r requirements/run.txt
	@$(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(VENV)/.test: requirements/test.txt $(VENV)/.run
	@echo "installing what tests need from requirements/test.txt ..."
	@$(PIP) install --require-hashes -r requirements/test.txt
	@touch $@

$(VENV)/.lint: requirements/lint.txt $(VENV)/.run
	@echo "installing the linters from requirements/lint.txt ..."
	@$(PIP) install --require-hashes -r requirements/lint.txt
	@touch $@

$(REAL_VENV)/.made: tests/real_servers/requirements.txt
	@test -x $(REAL_VENV)/bin/python || $(PYTHON) -m venv $(REAL_VENV)
	@echo "building the servers of tests/real_servers/requirements.txt, which takes minutes ..."
	@$(REAL_VENV)/bin/python -m pip --disable-pip-version-check --quiet install --require-hashes -r tests/real_servers/requirements.txt
	@touch $@

tests/oracles/node_modules: tests/oracles/package-lock.json
	@if command -v npm >/dev/null 2>&1; then npm ci --prefix tests/oracles --no-audit --no-fund --loglevel error && touch $@; \
	else echo "npm is not here: the tests that ask Prisma's validator and TypeScript's compiler will say that they skip"; fi
