# make demo   sets up, codes the example reports, shows one of them, leaves demo.duckdb and tells how to open it
# make desk   opens demo.duckdb in a local web app
# make test   sets up and runs every test; those of training are skipped without its libraries
# make test-train  installs them (torch, some hundred megabytes) and runs those
# make faults runs the tests that docs/reliability.md names: full disks, killed processes and their like
# make any    tries the properties that any report and file must have TIMES times as often (TIMES=20)
# make fuzz   looks for files and texts that break readers and coder, SECONDS each of them (SECONDS=60)
# make check  lint, format and types
# make score  the gold reports of ../shared/bench, where present
# make bench  every bench of ../shared/bench, where present
# make scores the same, written to docs/scores.md and the table of the README
# make model  trains the classifier anew from training/corpus (an hour on two cores)
# make docs   writes the generated pages, pictures and outputs of docs/ anew
# make site   builds the documentation as a site into site/; open site/index.html
# make lock   renews the pinned versions that development and CI install
# make floors runs the tests of every library with the lowest versions that pyproject.toml allows, and notes them if they pass
# make audit  asks the network whether a weakness of any of them is known
# make licences  writes docs/licences.md from what is installed
# make wheel  builds sdist and wheel into dist/, installs the wheel in an empty environment and uses it
# make clean  removes the environment and the demo

PYTHON ?= python3
VENV := .venv
RUN := $(VENV)/bin/python -m
LOCK := requirements-dev.txt
# The extras that development needs; training has its own, for the size of torch.
EXTRAS := analysis cluster pandas polars remote watch web

.PHONY: demo desk test test-train faults any fuzz check score bench scores model docs site lock floors licences audit wheel clean

$(VENV)/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' \
		|| { echo "dotterel needs Python 3.11 or newer; name one with: make PYTHON=python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(RUN) pip install -qq --upgrade pip

$(VENV)/installed: pyproject.toml | $(VENV)/bin/python
	@echo "installing dotterel and what it needs (a minute or two, once)"
	$(RUN) pip install -qq --editable '.[web]'
	@touch $@

# Exactly what the lock names, by hash, also what builds dotterel itself.
$(VENV)/installed-dev: pyproject.toml $(LOCK) | $(VENV)/bin/python
	@echo "installing what $(LOCK) names (some minutes, once)"
	$(RUN) pip install -qq --require-hashes --requirement $(LOCK)
	$(RUN) pip install -qq --no-deps --no-build-isolation --editable .
	@touch $@

# On Linux pip's torch brings gigabytes for GPUs that are not used; put a CPU build into .venv first to spare them.
$(VENV)/installed-train: pyproject.toml | $(VENV)/installed-dev
	$(RUN) pip install -qq --editable '.[train]'
	@touch $@

demo: $(VENV)/installed
	$(VENV)/bin/dotterel code examples/ --output demo.duckdb
	$(VENV)/bin/dotterel show examples/moscow_meeting.txt
	@echo "The fifteen acts that dotterel is surest of:"
	@$(VENV)/bin/dotterel query demo.duckdb "SELECT date, actors, type, recipients, place_country AS \"in\", confidence AS conf FROM event_rows WHERE status = 'occurred' ORDER BY confidence DESC, event_id LIMIT 15"
	@echo
	@echo "The record is in demo.duckdb. To look at it in a browser, with the words behind every act:"
	@echo "    $(VENV)/bin/dotterel serve demo.duckdb --open        (or: make desk)"
	@echo "To ask it in SQL (docs/store.md): $(VENV)/bin/dotterel query demo.duckdb \"SELECT ...\""

desk: $(VENV)/installed
	@test -f demo.duckdb || $(VENV)/bin/dotterel code examples/ --output demo.duckdb
	$(VENV)/bin/dotterel serve demo.duckdb --open

test: $(VENV)/installed-dev
	$(RUN) pytest -n auto --dist worksteal

test-train: $(VENV)/installed-train
	$(RUN) pytest tests/test_training_train.py

faults: $(VENV)/installed-dev
	$(RUN) pytest -n auto $$(grep -o 'tests/test_[a-z_]*[.]py::test_[a-z0-9_]*' docs/reliability.md | sort -u)

TIMES ?= 20
any: $(VENV)/installed-dev
	EXAMPLES=$(TIMES) $(RUN) pytest -n auto tests/test_reading_any.py tests/test_coder_any.py

# atheris has no version for every Python and system, so that neither the lock nor CI has it.
SECONDS ?= 60
fuzz: $(VENV)/installed-dev
	$(RUN) pip install -qq --group fuzz
	$(RUN) fuzz --seconds $(SECONDS)

check: $(VENV)/installed-dev
	$(RUN) ruff check .
	$(RUN) ruff format --check .
	$(RUN) mypy

score: $(VENV)/installed-dev
	$(RUN) benchmarks.score

bench: $(VENV)/installed-dev
	$(RUN) benchmarks --run

scores: $(VENV)/installed-dev
	$(RUN) benchmarks.page

model: $(VENV)/installed-train
	$(RUN) training.make_model

docs: $(VENV)/installed-dev
	$(VENV)/bin/python docs/generate.py
	$(VENV)/bin/python docs/picture.py
	$(VENV)/bin/python docs/outputs.py docs/analysis.md docs/linking.md docs/walkthrough.md
	$(VENV)/bin/python docs/notebook.py

site: $(VENV)/installed-dev
	NO_MKDOCS_2_WARNING=1 $(RUN) mkdocs build --strict --quiet
	@echo "the site is in site/; open site/index.html"

# Ranges are those of pyproject.toml; one lock serves every Python and system that dotterel runs on.
lock: | $(VENV)/bin/python
	$(RUN) pip install -qq --group lock
	$(RUN) uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --upgrade \
		$(EXTRAS:%=--extra %) --group dev --custom-compile-command 'make lock' --output-file $(LOCK) pyproject.toml

floors: | $(VENV)/bin/python
	$(RUN) pip install -qq --group lock
	.ci/floors $(VENV)/bin/python $(EXTRAS)

licences: $(VENV)/installed-dev
	$(VENV)/bin/python docs/licences.py

# Asks the network for known weaknesses of what the lock names; a package that it cannot ask about is a failure too.
audit: | $(VENV)/bin/python
	$(RUN) pip install -qq --group lock
	.ci/audit $(VENV)/bin/python $(LOCK)

wheel: $(VENV)/installed-dev
	.ci/wheel $(VENV)/bin/python

clean:
	rm -rf $(VENV) .venv-* dist site demo.duckdb demo.duckdb.wal
