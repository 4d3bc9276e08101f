#!/bin/sh
# A throw-away PostgreSQL for the tests, on loopback and a free port, in a temporary folder.
#   tests/postgres.sh start     prints its folder, then the connection string
#   tests/postgres.sh stop DIR  ends the server of that folder and removes it
#   tests/postgres.sh run CMD…  starts one, runs CMD with M10BOT_TEST_POSTGRES set, and stops it whatever happens
# DURABLE=1 keeps fsync on (for measuring); the tests do not need it.
set -eu

bin() {
    ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1
}

install() {
    if [ -z "$(bin)" ]; then
        echo "PostgreSQL is missing; installing Debian's package" >&2
        apt-get update -qq >&2 && apt-get install -y -qq postgresql >&2
    fi
}

# The server refuses to run as root.
as_owner() {
    if [ "$(id -u)" -eq 0 ]; then
        su -s /bin/sh postgres -c "$1"
    else
        sh -c "$1"
    fi
}

free_port() { # from this one on
    port=$1
    while ss -ltn | grep -q "127.0.0.1:$port "; do
        port=$((port + 1))
    done
    echo "$port"
}

start() {
    install
    dir=$(mktemp -d /tmp/m10bot-postgres-XXXXXX)
    if [ "$(id -u)" -eq 0 ]; then
        chown postgres "$dir"
    fi
    sync=off
    if [ "${DURABLE:-0}" = 1 ]; then
        sync=on
    fi
    as_owner "$(bin)/initdb -D $dir/data -U m10bot --auth=trust -E UTF8 --no-locale -N >/dev/null"
    tries=0
    port=54320
    while :; do
        port=$(free_port "$port")
        if as_owner "$(bin)/pg_ctl -D $dir/data -w -s -l $dir/log -o '-c listen_addresses=127.0.0.1 -p $port -k $dir -c fsync=$sync -c synchronous_commit=on -c full_page_writes=$sync -c max_connections=200' start"; then
            break
        fi
        tries=$((tries + 1)) # another took it between the look and the start, or a client's end of a connection has that number
        port=$((port + 1))
        if [ "$tries" -ge 5 ]; then
            cat "$dir/log" >&2
            exit 1
        fi
    done
    echo "$dir"
    echo "Host=127.0.0.1;Port=$port;Username=m10bot;Database=postgres"
}

stop() {
    as_owner "$(bin)/pg_ctl -D $1/data -m immediate -s -w stop" || true
    rm -rf "$1"
}

case "${1:-}" in
    start) start ;;
    stop) stop "$2" ;;
    run)
        shift
        started=$(start)
        dir=$(echo "$started" | head -n 1)
        trap 'stop "$dir"' EXIT
        trap 'exit 130' INT TERM
        M10BOT_TEST_POSTGRES=$(echo "$started" | tail -n 1) "$@"
        ;;
    *)
        echo "usage: tests/postgres.sh start | stop DIR | run COMMAND…" >&2
        exit 2
        ;;
esac
