# make            sets up, then builds every edition under sources/ into build/
# make setup      the set-up alone; afterwards there is .venv/bin/edition
# make check      linters and types                make test-all   the slow tests too
# make test       the tests (ARGS="-k notes")      make bench      how fast it is
# make specimen  a book of verse, drama, letters and tables of ../shared/corpus
# make bench-long  pages of 2,000, against plain WeasyPrint (hours)
# make lock       new versions of all packages     make clean, make distclean
.PHONY: build setup check test test-all specimen bench bench-long wheel lock clean distclean

PYTHON_HERE := .venv/bin/python
PYTEST := scripts/with-node 20 $(PYTHON_HERE) -m pytest

build: setup
	@.venv/bin/edition build

setup:
	@scripts/setup run

check:
	@scripts/setup check
	$(PYTHON_HERE) -m ruff check .
	$(PYTHON_HERE) -m ruff format --check .
	$(PYTHON_HERE) -m mypy --strict edition

test:
	@scripts/setup test
	$(PYTEST) -m "not slow" $(ARGS)

test-all:
	@scripts/setup all
	$(PYTEST) $(ARGS)

specimen:
	@scripts/setup run
	$(PYTHON_HERE) -m tests.specimen build/specimen

bench:
	@scripts/setup check
	$(PYTHON_HERE) -m tests.bench $(ARGS)

bench-long:
	@scripts/setup check
	$(PYTHON_HERE) -m tests.bench.print 200 2000

wheel: setup
	$(PYTHON_HERE) -m hatchling build -t wheel

lock:
	scripts/lock

clean:
	mkdir -p build && find build -mindepth 1 -maxdepth 1 ! -name README.md -exec rm -rf {} +
	find edition tests -name __pycache__ -exec rm -rf {} +
	rm -rf dist .hypothesis .mypy_cache .pytest_cache .ruff_cache

distclean: clean
	rm -rf .venv node_modules
	find styles/fonts -type f ! -name README.md -delete
