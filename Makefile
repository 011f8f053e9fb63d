# Every target sets up what it needs; only Python 3.11 or newer and make have to be there.
PYTHON ?= $(shell command -v python3.11 || command -v python3)
UV_VERSION = 0.13.9
BIN = .venv/bin
PY = $(BIN)/python

.PHONY: setup check test demo data golden bench model lock clean

setup: .venv/dev.stamp

.venv/uv.stamp:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Vaka needs Python 3.11 or newer; name one with: make PYTHON=python3.11 …")'
	$(PYTHON) -m venv .venv
	$(PY) -m pip install --quiet --disable-pip-version-check uv==$(UV_VERSION)
	touch $@

# The user's set: what `pip install vaka` brings, with locked hashes.
.venv/run.stamp: .venv/uv.stamp requirements.lock pyproject.toml
	$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements.lock
	$(BIN)/uv pip install --quiet --python $(PY) --no-deps --editable .
	touch $@

.venv/dev.stamp: .venv/run.stamp requirements-dev.lock
	$(BIN)/uv pip install --quiet --python $(PY) --require-hashes -r requirements-dev.lock
	touch $@

demo: .venv/run.stamp
	$(BIN)/vaka demo

test: .venv/dev.stamp
	$(PY) -m pytest

check: .venv/dev.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(PY) -m vaka.knowledge --check
	$(PY) -m pytest

# Compiles data/ to src/vaka/knowledge/built/; `--check` above fails where that was forgotten.
data: .venv/dev.stamp
	$(PY) -m vaka.knowledge

golden: .venv/dev.stamp
	$(PY) -m tests.golden

bench: .venv/dev.stamp
	$(PY) bench/cases.py
	$(PY) bench/speed.py
	$(PY) bench/scale.py 100000

# Trains the network anew; needs torch (training/requirements.txt) and, for the heads of causes and places, two public
# data sets: make model CAUSES=cnc_subtask2.jsonl PLACES=event_location.jsonl
model: .venv/dev.stamp
	$(BIN)/uv pip install --quiet --python $(PY) -r training/requirements.txt
	$(PY) training/train.py src/vaka/models/events $(if $(CAUSES),--causes $(CAUSES)) $(if $(PLACES),--places $(PLACES))
	$(PY) training/calibrate.py

lock: .venv/uv.stamp
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header pyproject.toml -o requirements.lock
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header requirements-dev.in -o requirements-dev.lock

clean:
	rm -rf .venv build dist .mypy_cache .ruff_cache .hypothesis
