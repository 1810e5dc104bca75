# make run [DATA=file or folder] [PRESET=name] [TRAIN_OPTIONS="--date-order dmy"] [HOST=address] [PORT=number]
# What is given on the command line reaches the programs as environment; README lists every setting.

PYTHON := .venv/bin/python
COMPILE := $(PYTHON) -m uv pip compile --quiet --universal --python-version 3.11 \
	--generate-hashes --no-header --no-annotate pyproject.toml
# Files go to the workers whole, in the order of tests/order.py: the slowest first.
WORKERS := -n 2 --dist loadfile --no-loadscope-reorder

# Whatever the environment says: half of collecting the tests is to compile what the run before had compiled.
test test-all check: export PYTHONDONTWRITEBYTECODE :=

.PHONY: run test test-all test-engines test-store check format bench evidence load pictures messages lock clean

run:
	@.ci/venv requirements.txt
	@$(PYTHON) -m services.cli.prepare
	@$(PYTHON) -m services worker --parent $$$$ & exec $(PYTHON) -m gunicorn 'app:create_server()'

# What is quick, and of what is slow what tests/gate.txt names.
test:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m pytest $(WORKERS) -m 'not long'

# The types, everything that make test runs, all that is slow, both looks for axe, and more examples where examples are drawn.
test-all:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m mypy
	@EVERY_LOOK=1 FUZZED=$${FUZZED:-2000} SOAK_MINUTES=$${SOAK_MINUTES:-2} KILLS=$${KILLS:-100} $(PYTHON) -m pytest $(WORKERS)
	@$(MAKE) --no-print-directory test-engines test-store

# The steps over lines on PostgreSQL, with libraries that nothing else needs in an environment of their own.
test-engines:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m uv venv --quiet --allow-existing --python $(PYTHON) .venv/engines
	@$(PYTHON) -m uv pip install --quiet --python .venv/engines --require-hashes --only-binary :all: \
		--requirement tests/engines/requirements.txt
	@.venv/engines/bin/python -m pytest -n 0 tests/engines/test_postgresql.py

# Two hosts that share their releases through S3, likewise.
test-store:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m uv venv --quiet --allow-existing --python $(PYTHON) .venv/store
	@$(PYTHON) -m uv pip install --quiet --python .venv/store --require-hashes --only-binary :all: \
		--requirement tests/store/requirements.txt
	@.venv/store/bin/python -m pytest -n 0 tests/store

check:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m ruff format --check .
	@$(PYTHON) -m ruff check .
	@$(PYTHON) -m mypy
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m pytest $(WORKERS) -m 'not browser and not slow and not long'

format:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m ruff check --fix .
	@$(PYTHON) -m ruff format .

bench:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m benchmarks

# Tries what the product claims where the answer is known, and writes docs/evidence.md.
evidence:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m benchmarks.evidence

# LOAD_MINUTES: how long 200 people work, 10 without it.
load:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m benchmarks.load

# The pictures of README.md, taken by the test suite.
pictures:
	@.ci/venv tests/requirements.txt
	@$(PYTHON) -m tests.browser.chromium
	@$(PYTHON) -m pytest tests/browser/site/test_screenshots.py
	@mkdir -p docs/pictures
	@for tab in segments customers movement cohorts churn baskets playbooks predict clusters data help; do \
		cp screenshots/$$tab.png docs/pictures/; done

# What the source says, for translators: messages.pot, and what is new in each catalogue.
PO := services/core/language/po
messages:
	@.ci/venv tests/requirements.txt
	@mkdir -p $(PO)
	@$(PYTHON) -m babel.messages.frontend --quiet extract --add-location=file --sort-output --no-wrap \
		--no-default-keywords -k _ -k later -k plural:1,2 -k sense:1c,2 -k say -k sayCount:1,2 -k saySense:1c,2 \
		-F tests/languages/extracted.ini -o $(PO)/messages.pot app.py assets callbacks layouts services
	@for file in $(wildcard $(PO)/*.po); do $(PYTHON) -m babel.messages.frontend --quiet update --no-wrap \
		--no-fuzzy-matching --ignore-obsolete -i $(PO)/messages.pot -l $$(basename $$file .po) -o $$file; done

# Keeps every pin that still fits; `make lock COMPILE_FLAGS=--upgrade` takes the newest of everything.
lock:
	@.ci/venv tests/requirements.txt
	@$(COMPILE) $(COMPILE_FLAGS) --output-file requirements.txt
	@$(COMPILE) $(COMPILE_FLAGS) --group test --constraints requirements.txt --output-file tests/requirements.txt
	@$(COMPILE) $(COMPILE_FLAGS) --group engines --constraints tests/requirements.txt \
		--output-file tests/engines/requirements.txt
	@cp tests/requirements.txt tests/store/requirements.txt # a wish: S3 needs an older python-dateutil
	@$(COMPILE) $(COMPILE_FLAGS) --group store --output-file tests/store/requirements.txt

clean:
	rm -rf .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis screenshots
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
