#!/bin/sh
# Pins every dependency with its hashes, for all platforms. Run it after a change to requirements/*.in.
set -eu
cd "$(dirname "$0")/.."
[ -x .tools/lock/bin/uv ] || { python3 -m venv .tools/lock && .tools/lock/bin/pip install --quiet uv; }
for name in runtime test; do
    .tools/lock/bin/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-annotate --custom-compile-command "make lock" \
        --output-file "requirements/$name.txt" "requirements/$name.in"
done
