# The one door for work on Semainier. PYTHON names the interpreter that .venv is made with: make PYTHON=python3.12 test

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := .venv/packages-installed
READY := .venv/ready
SOURCES := calendars constraints scheduler cli.py
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
APT_GET := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test verify check golden catalogues lock clean

help: ## Lists what make can do
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(READY) ## Makes the year of the Le Mans programme into out/
	$(BIN)/semainier solve programmes/ifuno-m2.toml -o out

test: $(READY) ## Runs all tests
	$(BIN)/pytest

verify: $(READY) ## Opens every page of out/ in a headless Chromium, which has to be installed: takes a minute
	$(BIN)/pytest tests/browser/check_page.py

check: $(READY) ## Looks for mistakes, form and types without running anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

golden: $(READY) ## Rewrites the golden files; read the difference before you keep it
	SEMAINIER_GOLDEN=rewrite $(BIN)/pytest

catalogues: $(READY) ## Brings the sentences of the code into the translations
	$(BIN)/pybabel -q extract -k say:1 -k say_count:1,2 --no-location --sort-output -o .venv/semainier.pot $(SOURCES)
	$(BIN)/pybabel -q update --ignore-obsolete --ignore-pot-creation-date -w 120 -D semainier -i .venv/semainier.pot -d translations

lock: $(READY) ## Renews requirements.lock with the newest versions that pyproject.toml allows
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-find-links --no-emit-index-url --extra dev -o requirements.lock pyproject.toml

clean: ## Removes all that make made
	rm -rf .venv build out *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -r {} + -o -name '*.mo' -exec rm {} +

$(READY): $(PACKAGES) pyproject.toml setup.py $(CATALOGUES)
	@$(BIN)/pip install -qq --no-deps --no-build-isolation -e .
	@touch $@

$(PACKAGES): requirements.lock
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo 'Semainier needs Python 3.11 or newer; name yours: make PYTHON=python3.11'; \
		echo 'Semainier demande Python 3.11 ou plus récent ; indiquez le vôtre : make PYTHON=python3.11'; \
		exit 1; } >&2
	@$(PYTHON) -c 'import ensurepip, venv' 2>/dev/null || { \
		echo 'This Python cannot make environments. The cure / Ce Python ne sait pas créer d’environnement. Le remède :'; \
		echo '    $(APT_GET) install -y make python3-venv'; \
		exit 1; } >&2
	@echo 'Making the environment in .venv, once / Création de l’environnement dans .venv, une seule fois…'
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install -qq --require-hashes -r requirements.lock
	@touch $@
