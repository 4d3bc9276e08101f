#!/usr/bin/env bash
# Installs the bots of other makes and runs them against the simulator; writes TAP, and shows what is red.
#   dotnet build tests/M10Bot.Simulator.Host && bash tests/peers/run.sh /tmp/peers.tap [test files]
set -uo pipefail
tap=$(realpath -m "${1:?where to write the TAP}"); shift
cd "$(dirname "$0")"

npm ci --no-audit --no-fund --loglevel=error >"$tap.install" 2>&1 || { cat "$tap.install"; echo "peers: npm ci failed; see above"; exit 1; }

node=(node)
if [ "$(node --version | grep -oP '^v\K[0-9]+')" -lt 20 ]; then
  node=(npx --yes node@22) # the libraries ask for Node 20; Debian 12 has 18
fi
timeout 300 "${node[@]}" --test --test-timeout=120000 --test-reporter=tap "$@" >"$tap" 2>"$tap.errors"
status=$?
if [ "$status" -ne 0 ]; then
  grep -vE '^# Subtest|^ok ' "$tap" | tail -n 200
  tail -n 50 "$tap.errors"
fi
grep -E '^# (tests|pass|fail)' "$tap" | tr '\n' ' '; echo
exit "$status"
