# The one door for work on Semainier. PYTHON names the interpreter that .venv is made with: make PYTHON=python3.12 test

PYTHON ?= python3
BIN := .venv/bin
PACKAGES := .venv/packages-installed
READY := .venv/ready
SOURCES := calendars commands console constraints polls scheduler cli.py
CATALOGUES := $(wildcard translations/*/LC_MESSAGES/*.po)
APT_GET := $(if $(filter 0,$(shell id -u)),,sudo )apt-get
ICAL_JS := tests/readers/node_modules/.package-lock.json
# The Debian packages that verify needs and this machine lacks: a browser with letters to draw, and what runs ical.js
found = $(shell command -v $(1) 2>/dev/null)
LETTERS = $(shell fc-list : family 2>/dev/null | grep -m 1 -E 'Arial|Liberation Sans')
LACKING = $(if $(or $(call found,chromium),$(call found,chromium-browser),$(call found,google-chrome)),,chromium \
	fonts-dejavu-core) $(if $(LETTERS),,fontconfig fonts-liberation) $(if $(call found,node),,nodejs) $(if $(call found,npm),,npm)
# What draws programmes at random; each takes a few in make test
DRAWN := tests/scheduler/test_explanations.py tests/scheduler/test_offers.py tests/scheduler/test_replanning.py \
	tests/scheduler/test_slot.py tests/scheduler/test_together.py
# What make bench measures, and for how long: benchmarks/README.md
FAMILY ?= all
BUDGET ?= short
MAKEFLAGS += --no-print-directory

.DEFAULT_GOAL := help
.PHONY: help demo test verify programmes wishes drawn mutants bench check golden laws catalogues lock clean packages

help: ## Lists what make can do
	@sed -n 's/^\([a-z]*\):.*## /\1\t/p' Makefile | expand -t 14

demo: $(READY) ## Makes the year of the Le Mans programme into out/
	$(BIN)/semainier solve programmes/ifuno-m2.toml -o out

test: $(READY) ## Runs all tests
	$(BIN)/pytest -n 2 --dist loadscope

verify: programmes wishes drawn mutants ## Makes and tries all that takes longer than a test may: half an hour

programmes: $(READY) $(ICAL_JS) out/calendar.json ## Makes the longer programmes, reads every feed, opens every page in Chromium, and walks the pages of docs
	$(BIN)/pytest -n 2 --dist loadscope tests/docs/check_offers.py tests/docs/check_year.py tests/programmes/check_*.py tests/readers/check_readers.py tests/browser/check_page.py

wishes: $(READY) ## Asks why the wishes of docs/impossible-wishes.md are impossible: three minutes
	$(BIN)/pytest -n 2 tests/docs/check_wishes.py

drawn: $(READY) ## Compares answers with enumerations of two hundred small programmes, where make test takes a few
	SEMAINIER_DRAWN=200 $(BIN)/pytest -n 2 $(DRAWN)

mutants: $(READY) ## Tries every mutant of every law: seven minutes
	$(BIN)/pytest tests/mutants/check_mutants.py

bench: $(READY) ## Measures a FAMILY of instances (all), the public ones from the folder DATA, with a BUDGET (short, twenty minutes)
	$(BIN)/python -m benchmarks $(if $(DATA),--data '$(DATA)') --family $(FAMILY) --budget $(BUDGET)

check: $(READY) ## Looks for mistakes, form and types without running anything
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy

golden: $(READY) ## Rewrites the golden files; read the difference before you keep it
	SEMAINIER_GOLDEN=rewrite $(BIN)/pytest

laws: $(READY) ## Makes docs/laws from the docstrings of the laws
	SEMAINIER_GOLDEN=rewrite $(BIN)/pytest -q tests/constraints/test_law_book.py -k pages

catalogues: $(READY) ## Brings the sentences of the code into the translations
	$(BIN)/pybabel -q extract -F translations/extraction.toml -k say:1 -k say_count:1,2 --no-location --sort-output -o .venv/semainier.pot $(SOURCES)
	$(BIN)/pybabel -q update --ignore-obsolete --ignore-pot-creation-date -w 120 -D semainier -i .venv/semainier.pot -d translations

lock: $(READY) ## Renews requirements.lock with the newest versions that pyproject.toml allows
	CUSTOM_COMPILE_COMMAND="make lock" $(BIN)/pip-compile --quiet --upgrade --generate-hashes --allow-unsafe --strip-extras \
		--no-emit-find-links --no-emit-index-url --extra dev -o requirements.lock pyproject.toml

clean: ## Removes all that make made
	rm -rf .venv build out tests/readers/node_modules *.egg-info .mypy_cache .pytest_cache .ruff_cache .hypothesis
	find . -name __pycache__ -prune -exec rm -r {} + -o -name '*.mo' -exec rm {} +

out/calendar.json: | $(READY)
	@$(MAKE) demo

$(ICAL_JS): tests/readers/package-lock.json | packages
	@cd tests/readers && npm ci

packages:
	@test -z '$(strip $(LACKING))' || { \
		echo 'Installing what verify needs / Installation de ce que demande verify : $(strip $(LACKING))…'; \
		$(APT_GET) update -qq && $(APT_GET) install -y -qq --no-install-recommends $(LACKING); } || { \
		echo 'They could not be installed. The cure, as root / Installation impossible. Le remède, en tant que root :'; \
		echo '    apt-get install -y $(strip $(LACKING))'; \
		exit 1; } >&2

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
