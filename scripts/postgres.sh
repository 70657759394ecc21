#!/usr/bin/env bash
# Run a command against a PostgreSQL server of its own, thrown away afterwards.
# The server refuses to run as root, so root lends it an unprivileged user.
set -euo pipefail

find_binaries() {
    local bin
    for bin in $(ls -dv /usr/lib/postgresql/*/bin 2>/dev/null | tac) \
        "$(pg_config --bindir 2>/dev/null || true)" /usr/local/bin; do
        [ -x "$bin/initdb" ] && [ -x "$bin/pg_ctl" ] && { echo "$bin"; return; }
    done
    true
}

bin=$(find_binaries)
if [ -z "$bin" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    echo "Setting up: PostgreSQL, from this system's packages"
    export DEBIAN_FRONTEND=noninteractive
    log=$(mktemp)
    { apt-get update -qq; apt-get install -y -qq --no-install-recommends postgresql; } \
        >"$log" 2>&1 || tail -n 3 "$log"
    rm -f "$log"
    bin=$(find_binaries)
fi
if [ -z "$bin" ]; then
    if [ "${CI:-}" = true ]; then
        echo "No PostgreSQL, and under CI its tests must run."
        exit 1
    fi
    echo "No PostgreSQL on this machine: its tests are skipped (apt-get install postgresql)."
    exit
fi

as_server=()
home=$(mktemp -d /tmp/madang-postgres.XXXXXX)
if [ "$(id -u)" = 0 ]; then
    user=nobody
    as_server=(setpriv --reuid "$user" --regid "$(id -g "$user")" --clear-groups --)
    chown "$user" "$home"
fi

server() { (cd "$home" && "${as_server[@]}" "$bin/$1" "${@:2}"); }
# Kept across the trap: what the tests said is what we say.
finish() {
    local said=$?
    trap - EXIT INT TERM
    [ ! -f "$home/data/postmaster.pid" ] || server pg_ctl stop -D "$home/data" -m immediate -s || true
    rm -rf "$home"
    exit "$said"
}
trap finish EXIT
trap 'exit 130' INT TERM

password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
echo "$password" >"$home/password"
chmod 644 "$home/password" # the folder itself is closed to others

server initdb -D "$home/data" -U madang --pwfile="$home/password" --auth=scram-sha-256 \
    --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$home/log" 2>&1 || { cat "$home/log"; exit 1; }
# Nothing here outlives the run, so the server need not wait for the disk. Nobody counts its rows
# behind the tests' back either: counted while a test still fills a table, the table passes for
# empty, and a query over 20,000 rows takes hours.
server pg_ctl start -w -s -D "$home/data" -l "$home/data/log" -o \
    "-c listen_addresses=127.0.0.1 -p $port -k $home -c fsync=off \
     -c synchronous_commit=off -c full_page_writes=off -c autovacuum=off" ||
    { cat "$home/data/log"; exit 1; }

export DATABASE_URL="postgres://madang:$password@127.0.0.1:$port/postgres"
"$@"
