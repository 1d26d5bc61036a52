# Two commands are enough: `make demo` shows the main job, `make test` proves it.
PYTHON ?= $(shell for p in python3 python3.13 python3.12 python3.11; do command -v $$p >/dev/null 2>&1 && $$p -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && { echo $$p; break; }; done)
VENV := .venv
BIN := $(VENV)/bin
OUT ?= demo-out
SEED ?= 2017
SCHEDULES ?= 200
KILLS ?= 6
OFFICERS ?= 2000
SECONDS ?= 60
MINUTES ?= 1
ANSWERS ?= 1
TROUBLE ?=
SAMPLE ?= 60
PACKAGE ?=

PAGES := README.md CHANGELOG.md CONTRIBUTING.md SECURITY.md config.example.yaml

.PHONY: demo site release pictures test torture telling trust bench soak mutants check lint types arrows deps requirements clean

demo: $(VENV)/ready
	$(BIN)/followup demo --out $(OUT) --seed $(SEED)

# Bytecode is kept even where the environment says otherwise: the tests start the program often.
test: $(VENV)/ready
	$(BIN)/python -m compileall -q surveys storage analysis bot
	env -u PYTHONDONTWRITEBYTECODE $(BIN)/pytest -n auto --dist loadgroup --no-loadscope-reorder -q

# Crashes and faults at random moments of a wave, on both databases, and kill -9 of commands; takes some minutes.
torture: $(VENV)/ready
	$(BIN)/python -m tests.torture --schedules $(SCHEDULES) --kills $(KILLS)

# How much reports for readers outside tell, for each set of workshops of a demo that is there.
telling: $(VENV)/ready
	$(BIN)/python -m tests.telling $(OUT)

# Figures beside a known truth, of a demo that is there and of 1,200 workshops; writes docs/how-far-to-trust.md.
trust: $(VENV)/ready
	$(BIN)/python -m tests.trust $(OUT)

# The guides as a site, in build/site; fails on a page without a place and on a link that leads nowhere.
site: $(VENV)/ready
	rm -rf build/pages && mkdir -p build/pages
	cp -r $(PAGES) docs build/pages/
	$(BIN)/properdocs build --strict --quiet -f docs/site.yml

# Builds wheel and source distribution into dist/, installs them into an empty environment, and tries them there.
release: $(VENV)/ready
	$(BIN)/python -m tests.release

# The pictures of the guides, from the invented year; needs Chromium (the shell without windows is enough).
pictures: $(VENV)/ready
	$(BIN)/python -m tests.pictures

# Measures what has a target, most of it three times in turn, and prints the medians; fails on nothing, because another machine is another number.
bench: $(VENV)/ready
	$(BIN)/python -m tests.benchmarks

# Many people tap at once, in the chat and on the page; fails on a lost answer. MINUTES=10 for the long one, ANSWERS=2 for twice as many, TROUBLE=1 with a flood, a swallowed connection and a SIGTERM in the middle of a wave (OFFICERS=200 a minute then).
soak: $(VENV)/ready
	$(BIN)/python -m tests.soak --officers $(OFFICERS) --seconds $(SECONDS) --minutes $(MINUTES) --answers $(ANSWERS) $(if $(TROUBLE),--trouble)

# Puts small faults into the code and counts those that a test notices. PACKAGE=surveys/expressions for one of tests/mutants/packages.py.
mutants: $(VENV)/ready build/mutants-venv/ready
	nice -n 15 build/mutants-venv/bin/python -m tests.mutants $(PACKAGE) --sample $(SAMPLE)

build/mutants-venv/ready: tests/mutants/requirements.txt
	$(PYTHON) -m venv build/mutants-venv
	build/mutants-venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/mutants/requirements.txt
	@touch $@

check: $(VENV)/ready lint types arrows deps

lint: $(VENV)/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/ready
	$(BIN)/mypy

arrows: $(VENV)/ready
	$(BIN)/lint-imports

# Imports that are not declared in pyproject.toml, and declared packages that nothing imports.
deps: $(VENV)/ready
	$(BIN)/deptry .

# One environment serves all; it is made again only when the pinned list or the project file changes.
$(VENV)/ready: requirements.txt tests/requirements.txt pyproject.toml
	@test -n "$(PYTHON)" || { echo "Python 3.11 or newer is needed and was not found."; exit 2; }
	$(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r tests/requirements.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	@touch $@

# For maintainers: pin again after a change in pyproject.toml. Needs the tool `uv`.
requirements:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --all-extras -q pyproject.toml -o requirements.txt
	echo 'setuptools' | uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header -q - >> requirements.txt

clean:
	rm -rf $(VENV) demo-out build dist *.egg-info

# For maintainers: bring all catalogues to the words that the code and the questionnaires have now.
# At the end it names messages that leave the glossary of their language.
LANGUAGES := fa fr km th vi zh
REPORTS := $(LANGUAGES)
EXTRACT := $(BIN)/pybabel -q extract --no-location --sort-output --project followup --version 1
UPDATE := $(BIN)/pybabel -q update --ignore-obsolete --ignore-pot-creation-date --no-fuzzy-matching --no-wrap --init-missing
# pybabel writes a file beside the one it updates, and leaves it there when it is stopped: both are in build/.
update = { cp $(2)/$$code.po build/ || rm -f build/$$code.po; } && $(UPDATE) -l $$code -i build/$(1).pot -o build/$$code.po && mv build/$$code.po $(2)/
.PHONY: words
words: $(VENV)/ready
	mkdir -p build
	$(EXTRACT) -F surveys/locale/babel.cfg -k N_ -k words -k plural:1,2 -o build/words.pot surveys bot
	$(EXTRACT) -k N_ -k say -k plural:1,2 -o build/reports.pot analysis
	$(EXTRACT) -F surveys/library/translations/babel.cfg -o build/questionnaires.pot surveys/library/questionnaires surveys/library/lists.yaml
	@for code in $(LANGUAGES); do \
	  $(call update,words,surveys/locale) && $(call update,questionnaires,surveys/library/translations) || exit 1; \
	done
	@for code in $(REPORTS); do $(call update,reports,analysis/locale) || exit 1; done
	$(BIN)/python -m surveys.authoring.building
	$(BIN)/python -m surveys.authoring.back_translations docs/translations
	@$(BIN)/python -m surveys.authoring.glossary surveys/locale surveys/library/translations analysis/locale

# For maintainers: write the names of countries and cities anew after an update of Babel.
.PHONY: places
places: $(VENV)/ready
	$(BIN)/python -m bot.importing.rows.place_names

# For maintainers: assemble the packaged questionnaires again after a change of their texts, lists or translations.
.PHONY: questionnaires
questionnaires: $(VENV)/ready
	$(BIN)/python -m surveys.authoring.building
