#!/usr/bin/env bash
# Run a command with a real Chromium at hand, and gettext's tools; install them where we may.
# Without Chromium the browser tests are skipped (MADANG_NO_BROWSER=1), but not under CI.
set -euo pipefail

missing=()
[ -x /usr/bin/chromium ] || missing+=(chromium)
command -v xgettext >/dev/null || missing+=(gettext)

if [ ${#missing[@]} -gt 0 ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Setting up: ${missing[*]}, from this system's packages"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    { apt-get update -qq; apt-get install -y -qq --no-install-recommends "${missing[@]}"; } \
        >"$log" 2>&1 || { tail -n 3 "$log"; echo "Could not install: ${missing[*]}"; }
    rm -f "$log"
fi

if [ ! -x /usr/bin/chromium ]; then
    if [ "${CI:-}" = true ]; then
        echo "No /usr/bin/chromium, and under CI the browser tests must run."
        exit 1
    fi
    echo "No /usr/bin/chromium: the browser tests are skipped (apt-get install chromium)."
    export MADANG_NO_BROWSER=1
fi

exec "$@"
