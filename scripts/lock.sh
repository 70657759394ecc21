#!/usr/bin/env bash
# Pin every package by version and hash: core (to run), build (to install), dev (to work on it).
# `make lock ARGS=--upgrade` takes newer versions; without it, what is pinned stays.
set -euo pipefail
cd "$(dirname "$0")/.."

compile() {
    .venv/bin/uv pip compile --quiet --universal --python-version 3.11 \
        --generate-hashes --no-header --no-annotate "$@"
}

compile pyproject.toml -o requirements/core.txt "$@"
compile pyproject.toml --group dev -c requirements/core.txt -o requirements/dev.txt "$@"
compile --group build -c requirements/dev.txt -o requirements/build.txt "$@"
