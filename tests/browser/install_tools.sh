#!/bin/sh
# Installs what the browser tests need beside Python, where that may be done: as root, from Debian. Otherwise says loudly
# that they will be skipped. Never fails: the tests themselves say what they lack.
missing=
command -v chromium > /dev/null || missing="chromium"
command -v npm > /dev/null || missing="$missing npm"
[ -n "$missing" ] || exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  export DEBIAN_FRONTEND=noninteractive
  log=$(mktemp)
  # shellcheck disable=SC2086
  if apt-get update -qq > "$log" 2>&1 && apt-get install -y -qq --no-install-recommends $missing >> "$log" 2>&1; then
    rm -f "$log"
    exit 0
  fi
  tail -5 "$log"
  rm -f "$log"
fi
echo "!!! BROWSER TESTS WILL BE SKIPPED, or some of them: missing here, and not to be installed: $missing"
