#!/bin/sh
# Installs what the tests drive: PostgreSQL, Redis, Chromium, the libraries for PDF files, Chinese fonts. Only what is missing.
set -eu
missing=""
have() { command -v "$1" >/dev/null 2>&1; }
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || have initdb || missing="$missing postgresql"
have redis-server || missing="$missing redis-server"
# What makes PDF files; each library with its package.
libraries=$(/sbin/ldconfig -p 2>/dev/null || true)
for pair in libpango-1.0.so.0:libpango-1.0-0 libpangoft2-1.0.so.0:libpangoft2-1.0-0 libharfbuzz-subset.so.0:libharfbuzz-subset0; do
    case "$libraries" in *"${pair%:*}"*) ;; *) missing="$missing ${pair#*:}" ;; esac
done
have chromium || have chromium-browser || have google-chrome || missing="$missing chromium chromium-l10n"
have fc-list && [ -n "$(fc-list "Noto Serif CJK SC" family 2>/dev/null)" ] || missing="$missing fontconfig fonts-noto-cjk"
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
