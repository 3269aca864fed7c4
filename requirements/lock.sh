#!/bin/sh
# Resolves the dependencies into hashed requirements that carry no download address.
set -eu
cd "$(dirname "$0")/.."
tool=$(mktemp -d)
trap 'rm -rf "$tool"' EXIT
python3 -m venv "$tool/venv"
"$tool/venv/bin/pip" install --quiet uv
compile() { "$tool/venv/bin/uv" pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header "$@"; }
compile --extra dev pyproject.toml -o requirements/dev.txt
compile pyproject.toml -c requirements/dev.txt -o requirements/main.txt
compile pyproject.toml requirements/bench.in -c requirements/dev.txt -o requirements/bench.txt
for name in build swift interop; do
  if [ -f "requirements/$name.in" ]; then compile "requirements/$name.in" -o "requirements/$name.txt"; fi
done
