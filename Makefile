# The commands of a developer; `make help` lists them.
.DEFAULT_GOAL := help
SHELL := /bin/sh
BIN := .venv/bin
CLIENT := $(shell find web/client package.json package-lock.json vite.config.* tsconfig.json -type f 2>/dev/null)
# what these name decides which styles are built
CLIENT += $(wildcard tools/*.js) $(shell find web/templates -type f; find web -name '*.py')
WORDS := $(shell find web/translations -name '*.po' 2>/dev/null)
T ?=
P ?= wage_consultation
WORKERS ?= 2

.PHONY: help setup run worker test check fix process migration seed reset bench docs lock

help: ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1|\2/p' Makefile | column -t -s '|'

setup: .venv/.runtime translations client ## make the Python environment, build the pages, create the database
	@$(BIN)/tongban migrate

run: setup ## start the application with demo people on http://127.0.0.1:8000
	@TONGBAN_DEMO=1 $(BIN)/tongban demo --if-empty --city --vote
	@TONGBAN_DEMO=1 $(BIN)/tongban serve

worker: setup ## a worker of its own, for an application that uses a broker (TONGBAN_BROKER_URL)
	@$(BIN)/tongban worker

test: .venv/.test system translations client ## every test; T=words or a path runs a part of them
	@PYTHONHASHSEED=0 $(BIN)/python -m pytest -q -n $(WORKERS) --dist loadgroup $(if $(T),$(if $(wildcard $(T)),$(T),-k "$(T)"))

check: .venv/.test ## what must be right before a commit: format, lint, import contracts, definitions, client, tests
	@$(BIN)/ruff format --check .
	@$(BIN)/ruff check .
	@$(BIN)/lint-imports --no-cache
	@for process in bpmn/*/; do $(BIN)/tongban check "$$process" || exit 1; done
	@tools/client.sh check
	@$(MAKE) --no-print-directory test

fix: .venv/.test ## format and make the safe corrections
	@$(BIN)/ruff check --fix --quiet . || true
	@$(BIN)/ruff format --quiet .

process: .venv/.runtime ## check one process and play its scenarios: make process P=wage_consultation
	@$(BIN)/tongban check bpmn/$(P)
	@$(BIN)/tongban play bpmn/$(P)

migration: .venv/.test ## a new numbered migration from the model: make migration M="add a column"
	@test -n "$(M)" || { echo 'say what it does: make migration M="add a column"'; exit 1; }
	@$(BIN)/python tools/migration.py "$(M)"

seed: setup ## demo people and enterprises in the database
	@TONGBAN_DEMO=1 $(BIN)/tongban demo

reset: ## throw the local database and files away (var/)
	@rm -rf var

bench: setup ## measure completions, growth, worklist, votes, clocks and FEEL against their floors
	@$(BIN)/tongban bench

docs: .venv/.test ## write the pages of docs/ that come from the code
	@$(BIN)/python tools/docs.py

lock: ## pin all dependencies again after a change to requirements/*.in
	@tools/lock.sh

.PHONY: client translations system
client: web/static/build/.built
web/static/build/.built: $(CLIENT) | .venv/.runtime
	@if [ -f package.json ]; then tools/client.sh; else mkdir -p $(@D) && touch $@; fi

translations: .venv/.runtime $(WORDS)
	@tools/translations.sh

system:
	@tools/system-packages.sh

.venv/.runtime: requirements/runtime.txt
	@tools/python-packages.sh runtime

.venv/.test: requirements/test.txt
	@tools/python-packages.sh test
