# `make` alone lists the targets. Every target prepares .venv first; that is silent when
# there is nothing to do.
PYTHON ?= python3
PORT ?= 8000
LLM ?=
ARGS ?=
TIMES ?= 50
PY := .venv/bin/python
BOOTSTRAP := $(PYTHON) jobsite/bootstrap.py $(if $(filter smollm2,$(LLM)),--smollm2)
WITH_LLM := $(if $(LLM),--llm $(LLM))

.PHONY: help setup demo run test check lint fmt lock bench chaos fuzz screenshots clean
.DEFAULT_GOAL := help

help: ## list the targets
	@sed -n 's/^\([a-z]*\):.*## /  make \1\t/p' $(MAKEFILE_LIST) | expand -t 14

setup: ## .venv, requirements, database, sample postings, a login
	@$(BOOTSTRAP)
	@$(PY) manage.py setup_site

demo: ## enrich sample postings and print what came out (LLM=smollm2: by a small model)
	@$(BOOTSTRAP)
	@$(PY) manage.py demo $(WITH_LLM) $(ARGS)

run: ## the site and its worker in this terminal (PORT=8000, LLM=smollm2)
	@$(BOOTSTRAP)
	@$(PY) manage.py run_site --port $(PORT) $(WITH_LLM) $(ARGS)

test: ## all tests on SQLite and PostgreSQL (ARGS="--db sqlite -k import")
	@$(BOOTSTRAP) --dev
	@$(PY) -m tests $(ARGS)

check: lint ## what CI runs: lint, types, migrations, templates, all tests
	@$(PY) manage.py check && $(PY) manage.py makemigrations --check --dry-run
	@$(PY) -m tests $(ARGS)

lint: ## style, types, templates, container files, known holes in packages
	@$(BOOTSTRAP) --dev
	@$(PY) -m ruff check . && $(PY) -m ruff format --check . && $(PY) -m mypy .
	@$(PY) -m yamllint --strict compose.yaml deploy && .venv/bin/hadolint Dockerfile
	@$(PY) -m jobsite.auditing
	@find templates -name '*.html' -print0 | xargs -0r .venv/bin/djade --check --target-version 5.2

fmt: ## rewrite code and templates in the house style
	@$(BOOTSTRAP) --dev && $(PY) -m ruff check --fix . && $(PY) -m ruff format .
	@find templates -name '*.html' -print0 | xargs -0r .venv/bin/djade --target-version 5.2

lock: ## pin all packages with their hashes (ARGS=--upgrade: newer ones where allowed)
	@$(BOOTSTRAP) --dev && $(PY) -m jobsite.locking $(ARGS)

bench: ## the benchmarks, as ratios (ARGS="limited scale")
	@$(BOOTSTRAP) --dev
	@$(PY) -m bench $(ARGS)

chaos: ## kill processes at random, then account for everything (ARGS="--db sqlite --seed 7")
	@$(BOOTSTRAP) --dev
	@$(PY) -m tests.chaos $(ARGS)

fuzz: ## anything at all for importers, answers, checks, pages (TIMES=50 ARGS="-k readers")
	@$(BOOTSTRAP) --dev
	@FUZZ_TIMES=$(TIMES) $(PY) -m pytest tests/fuzz -q $(ARGS)

screenshots: ## pictures of every page into docs/screenshots/
	@$(BOOTSTRAP) --dev
	@$(PY) -m tests.desk

clean: ## remove .venv and caches; the database in var/ stays
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
