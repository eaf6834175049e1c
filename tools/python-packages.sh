#!/bin/sh
# Makes .venv and installs a lock file into it: `python-packages.sh runtime|test`.
set -eu
cd "$(dirname "$0")/.."
lock="requirements/$1.txt"
[ -x .venv/bin/python ] || "${PYTHON:-python3}" -m venv .venv
.venv/bin/python -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed" >&2; exit 1; }
.venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement "$lock"
[ -x .venv/bin/tongban ] ||
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
touch ".venv/.$1"
