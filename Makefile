# Deux commandes suffisent : « make demo » et « make test ». Il ne faut que Python (3.11 ou plus récent) et make.

PYTHON ?= python3
PORT ?= 8000
BIN := .venv/bin
HAS_PYTHON := command -v $(PYTHON) >/dev/null || { echo "Équerre demande Python 3.11 ou plus récent : « $(PYTHON) » est introuvable." >&2; exit 2; }
CHROMIUM ?= /usr/bin/chromium
POSTGRES := postgres://postgres@127.0.0.1:5432/postgres

.DEFAULT_GOAL := help
.PHONY: help setup demo test test-postgres test-slow test-browser check format bench soak papers lock clean

help: ## Liste les commandes
	@awk -F ' *:.*## ' '/^[a-z-]+:.*## / { printf "make %-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## Prépare l'environnement dans .venv ; ne fait rien s'il est à jour
	@$(HAS_PYTHON)
	@$(PYTHON) scripts/environment.py

demo: ## Charge l'année d'essai, explique une école, puis sert les pages (PORT=8000)
	@$(HAS_PYTHON)
	@$(PYTHON) scripts/environment.py demo
	@$(BIN)/python -m scripts.demo "$(PORT)"

test: setup ## Lance tous les tests, sauf les longs
	@$(BIN)/pytest -n auto

test-postgres: setup ## Lance les mêmes tests sur le PostgreSQL de DATABASE_URL (127.0.0.1:5432 par défaut)
	@DATABASE_URL=$${DATABASE_URL:-$(POSTGRES)} $(BIN)/pytest -n auto --allow-hosts=127.0.0.1

test-slow: setup ## Lance les tests longs : les mêmes propriétés, sur bien plus d'exemples
	@$(BIN)/pytest -n auto -m "hypothesis and not slow and not browser" --hypothesis-profile=wide
	@$(BIN)/pytest -m slow --hypothesis-profile=thorough

test-browser: setup ## Lance les essais dans un vrai navigateur (CHROMIUM=/usr/bin/chromium)
	@$(PYTHON) scripts/environment.py browser
	@CHROMIUM=$(CHROMIUM) $(BIN)/pytest -m browser

check: setup ## Vérifie la forme, les types et qui importe qui
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo

format: setup ## Met le code en forme
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: setup ## Mesure les vitesses, en rapports, et dit lesquels tiennent
	@$(BIN)/python -m bench.run $(ONLY)

soak: setup ## Sert dix minutes cinquante visiteurs à la fois, et dit si la mémoire du serveur reste plate
	@$(BIN)/python -m bench.soak $(MINUTES)

papers: setup ## Récrit, dans les papiers, les tables tirées du code
	@PYTHONPATH=. $(BIN)/python scripts/papers.py

lock: setup ## Refait les verrous de requirements/ (UPGRADE=1 : versions plus récentes)
	@sh scripts/lock.sh

clean: ## Efface l'environnement, l'année d'essai et tout ce qui se refait
	rm -rf .venv .demo .demo.lock dist build .hypothesis .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
