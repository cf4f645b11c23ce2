# Corsage: every verb of the project. `make` alone lists them.
# The environment is made once, in .venv, and again only when its inputs change.

PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do \
	command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null \
	&& echo $$p && break; done)
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help demo test lint conformance grade learn bench peers docs record system clean

help: ## list these verbs
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | awk -F'\t' '{printf "  make %-12s %s\n", $$1, $$2}'

$(STAMP): pyproject.toml constraints.txt src/corsage/_version.py
	@test -n "$(PYTHON)" || { echo "Corsage needs Python 3.11 or newer; none was found. Try: make PYTHON=/path/to/python3" >&2; exit 1; }
	@echo "Making the environment in $(VENV) with $$($(PYTHON) --version) ..."
	@$(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[dev]'
	@touch $@

demo: $(STAMP) ## the tutorials' CORS errors, real, on loopback (or URL=... ORIGIN=... for your own endpoint)
	@$(BIN)/python tools/demo $(if $(URL),--url '$(URL)') $(if $(ORIGIN),--origin '$(ORIGIN)') \
		$(if $(URL),|| case $$? in (1|3) ;; (*) exit 2;; esac) # blocked and unreachable are answers, not failures of make

test: $(STAMP) ## lint, types, floors and every test
	@$(BIN)/python -m pytest -n auto

lint: $(STAMP) ## only lint, types and floors
	@$(BIN)/python -m pytest -m lint

conformance: $(STAMP) ## the engine against recorded Chromium, Firefox and WebKit
	@for browser in chromium firefox webkit; do \
		$(BIN)/corsage simulate tests/corpus/*.jsonl.xz --profile $$browser --compare || exit 1; echo; done

grade: $(STAMP) ## how often the diagnosis of real reports is right
	@PYTHONPATH=tools $(BIN)/python -m grade $(CASES)

learn: $(STAMP) ## learn anew what the words of real reports tell of their causes
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[learn]'
	@PYTHONPATH=tools $(BIN)/python -m learn

bench: $(STAMP) ## speed, as ratios in one run
	@$(BIN)/python tools/bench

peers: $(STAMP) ## ask every Python peer what it does, and write docs/peers.md
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check -c constraints.txt -e '.[peers]'
	@$(BIN)/python tools/peers

docs: $(STAMP) ## write the pages that are made from the code
	@PYTHONPATH=tools $(BIN)/python -m docs

record: $(STAMP) ## record SCENARIOS=file.jsonl in the browsers installed here
	@PYTHONPATH=tools $(BIN)/python -m record $(SCENARIOS)

system: ## install the browsers, the compiler and the Node packages that some tests need (Debian, as root)
	@tools/install-system-packages

clean: ## remove the environment and everything generated
	rm -rf $(VENV) .mypy_cache .ruff_cache .import_linter_cache .hypothesis build dist
