#!/bin/sh
# Compiles the translations of the pages; the compiled files are not kept in git.
set -eu
cd "$(dirname "$0")/.."
for source in web/translations/*/LC_MESSAGES/messages.po; do
    [ -f "$source" ] || continue
    target="${source%.po}.mo"
    [ "$target" -nt "$source" ] || .venv/bin/pybabel --quiet compile --input-file "$source" --output-file "$target"
done
