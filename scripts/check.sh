#!/usr/bin/env bash
# Everything that can be said about the code without running the site. The types take longest,
# so they are looked at beside the rest; every part speaks, even after another has failed.
set -uo pipefail
cd "$(dirname "$0")/.." || exit

bin=.venv/bin
types=$(mktemp)
trap 'rm -f "$types"' EXIT
failed=()

say() { # name, command...
    local name=$1 && shift
    if "$@"; then echo "ok       $name"; else echo "FAILED   $name" && failed+=("$name"); fi
}

quiet() { local out; out=$("$@" 2>&1) || { echo "$out"; return 1; }; }

$bin/mypy >"$types" 2>&1 &
mypy=$!

say lint $bin/ruff check --quiet .
say format $bin/ruff format --quiet --check .
say imports quiet $bin/lint-imports --no-logo
say rules $bin/pytest -q --no-header tests/rules
wait_for_types() { wait "$mypy" || { cat "$types"; return 1; }; }
say types wait_for_types

[ ${#failed[@]} -eq 0 ] && exit
echo "Failed: ${failed[*]}. What is lint or format, \`make fix\` often mends."
exit 1
