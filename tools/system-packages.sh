#!/bin/sh
# Installs the programs that the tests drive: PostgreSQL, Redis, Chromium and a Chinese font. Only what is missing.
set -eu
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || missing="$missing postgresql"
have redis-server || missing="$missing redis-server"
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium chromium-l10n"
have fc-list && [ -n "$(fc-list :lang=zh-cn family 2>/dev/null)" ] || missing="$missing fontconfig fonts-noto-cjk"
[ -n "$missing" ] || exit 0

as_root=""
if [ "$(id -u)" -ne 0 ]; then
    as_root="sudo -n"
    sudo -n true 2>/dev/null || as_root="no"
fi
if [ "$as_root" = "no" ] || ! have apt-get; then
    echo "These packages are missing and cannot be installed from here:$missing" >&2
    exit 1
fi
echo "Installing:$missing"
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -qq
# shellcheck disable=SC2086 # a list of names
$as_root apt-get install -y -qq --no-install-recommends $missing >/dev/null
