# The workshop. `make help` tells what there is; the work is done by the programs in tools/.
PORT ?= 8000
UPGRADE ?=
python := .venv/bin/python
compile := .venv/bin/uv pip compile --quiet --universal --python-version 3.12 --generate-hashes --no-annotate \
	--custom-compile-command "make lock" $(if $(UPGRADE),--upgrade)

.PHONY: help run demo project dev test check format messages lock coverage clean

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1	\2/p' $(MAKEFILE_LIST) | expand -t 18

run: demo  ## install what is needed, load the examples, serve on 127.0.0.1 (PORT=8000)
	@exec .venv/bin/lofte serve --port $(PORT)

demo:  ## all that `make run` does, but serve
	@sh tools/python tools/bootstrap.py demo

project:  ## only install and build, without a database
	@sh tools/python tools/bootstrap.py project

dev:  ## … with everything needed to test and check
	@sh tools/python tools/bootstrap.py dev

test: dev  ## all tests; KIND=main, postgres or system for a part
	@$(python) tools/test.py $(KIND)

check: dev  ## style, types, templates, walls between rooms, migrations, ready to deploy
	@$(python) tools/check.py

format: dev  ## put Python and templates in the house style
	@.venv/bin/ruff check --quiet --fix src tests tools hatch_build.py; .venv/bin/ruff format src tests tools hatch_build.py
	@find src -path '*/templates/*' -name '*.html' -exec .venv/bin/djade --target-version 6.1 {} +

messages: dev  ## collect texts for translation (needs gettext)
	@cd src && ../$(python) -m django makemessages --settings lofte.config.settings --locale en --no-location --no-obsolete

coverage: dev  ## which branches no test walks (unit and integration)
	@$(python) -m pytest -q -n 2 --cov --cov-report=term tests/unit tests/integration

lock: project  ## write requirements/*.txt anew (UPGRADE=1 for the newest)
	@$(compile) pyproject.toml -o requirements/run.txt
	@$(compile) --group build -c requirements/run.txt -o requirements/build.txt
	@$(compile) --group node -o requirements/node.txt
	@$(compile) pyproject.toml --group dev -c requirements/run.txt -c requirements/build.txt -o requirements/dev.txt

clean:  ## take away what make made, but not var/
	@rm -rf .venv node_modules dist src/lofte/design/static/lofte/built
	@find src -name '*.mo' -delete
