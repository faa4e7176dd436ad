# Everything a checkout needs; `make help` lists it. Root is not needed; a root without Python's venv module gets it.
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
DEMO_STAMP := $(VENV)/.installed-for-demo
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check

.DEFAULT_GOAL := help
.PHONY: help install browser demo test lint bench soak clean

help: ## show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

install: $(STAMP) ## create .venv and install govcrawl with its development tools, once

$(STAMP): pyproject.toml | $(BIN)/python
	@echo 'make: installing govcrawl and its development tools into $(VENV): some minutes and 1.3 GB, once'
	$(PIP) --editable '.[dev]'
	@touch $@ $(DEMO_STAMP)

# The demo needs a third of that; what is installed for the tests serves it too.
$(DEMO_STAMP): pyproject.toml | $(BIN)/python
	@echo 'make: installing govcrawl and its web page into $(VENV): a minute or two and 0.5 GB, once'
	$(PIP) --editable '.[demo]'
	@touch $@

$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo 'make: $(PYTHON) is not Python 3.11 or newer; name another one: make PYTHON=python3.11' >&2; exit 2; }
	@$(PYTHON) -c 'import venv, ensurepip' 2>/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y python3-venv >/dev/null; } || \
		{ echo 'make: $(PYTHON) has no venv module; on Debian install it once: apt install python3-venv' >&2; exit 2; }
	$(PYTHON) -m venv $(VENV)

browser: $(STAMP) ## install the extra browser, a Chromium (Debian's as root, else Playwright's) and, as root, a Chinese font
	$(PIP) --editable '.[browser]'
	@command -v chromium >/dev/null || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y chromium >/dev/null; } || \
		$(BIN)/playwright install chromium
	@fc-list :lang=zh 2>/dev/null | grep -q . || \
		{ test "$$(id -u)" = 0 && command -v apt-get >/dev/null && \
			apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y fontconfig fonts-noto-cjk >/dev/null; } || \
		echo 'make: no Chinese font here, so pages show boxes for Chinese; on Debian: apt install fonts-noto-cjk' >&2

demo: $(DEMO_STAMP) ## crawl three imitation portals on this machine and compare the database with the truth
	$(BIN)/python -m tests.portals demo --output output/demo

# One more process than there are cores: a third of the time goes into waiting for servers and signals.
test: $(STAMP) ## run the tests (without the long ones)
	$(BIN)/python -m pytest -n $$(($$(nproc) + 1))

lint: $(STAMP) ## check style, format and types
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: $(STAMP) ## run the measurements
	$(BIN)/python -m pytest -m bench -s

soak: $(STAMP) ## run the long tests
	$(BIN)/python -m pytest -m soak

clean: ## remove caches, build files and the demo's output; .venv and all other output stay
	rm -rf build dist .mypy_cache .pytest_cache .ruff_cache .hypothesis output/demo
	find . -name __pycache__ -type d -not -path './$(VENV)/*' -prune -exec rm -rf {} +
