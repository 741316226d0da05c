# Two commands are all one needs on a fresh machine: `make demo` and `make test`.
PYTHON ?= python3
BIN := .venv/bin
UV := $(BIN)/uv pip install --quiet --python $(BIN)/python

.PHONY: demo test lint format bench campaign lifecycles venv venv-dev venv-bench locks clean

demo: venv ## RefBot with a Slack of its own, on this machine, on sample data
	@exec $(BIN)/refbot demo $(ARGS)

test: venv-dev ## everything, on SQLite and on PostgreSQL, the browser story included
	$(BIN)/python -m tests.chromium
	$(BIN)/pytest $(ARGS)

lint: venv-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-cache

format: venv-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: venv-bench
	$(BIN)/python -m bench $(ARGS)

campaign: venv-dev ## ten minutes' hunt for lines that take long to read, or REFBOT_FUZZ_SECONDS
	REFBOT_FUZZ_SECONDS=$${REFBOT_FUZZ_SECONDS:-600} $(BIN)/pytest -n 0 --timeout 0 tests/matching/test_fuzz.py

lifecycles: venv-dev ## draw the pictures of docs/architecture.md from the tables
	$(BIN)/python -m docs.draw_lifecycles

venv: .venv/.runtime
venv-dev: .venv/.dev
venv-bench: .venv/.bench

.venv/.runtime: requirements-build.lock requirements.lock pyproject.toml
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@echo "Installing RefBot into .venv"
	@PIP_DISABLE_PIP_VERSION_CHECK=1 $(BIN)/python -m pip install --quiet --require-hashes -r requirements-build.lock
	@$(UV) --require-hashes -r requirements.lock
	@$(UV) --no-deps --no-build-isolation -e .
	@touch $@

.venv/.dev: .venv/.runtime requirements-dev.lock
	@echo "Installing what the tests and checks need into .venv"
	@$(UV) --require-hashes -r requirements-dev.lock
	@touch $@

.venv/.bench: .venv/.dev requirements-bench.lock
	@echo "Installing what the matcher is measured against into .venv"
	@$(UV) --require-hashes -r requirements-bench.lock
	@touch $@

LOCK := $(BIN)/uv pip compile --quiet --universal --generate-hashes --no-header --no-annotate --no-emit-index-url
locks: venv-dev ## after a change of the dependencies in pyproject.toml
	$(LOCK) pyproject.toml -o requirements.lock
	$(LOCK) --extra dev -c requirements.lock pyproject.toml -o requirements-dev.lock
	$(LOCK) --extra dev --extra bench -c requirements-dev.lock pyproject.toml -o requirements-bench.lock
	$(LOCK) --group build -o requirements-build.lock

clean:
	rm -rf .venv
