#!/usr/bin/env bash
# openapi.yaml is well made by the rules of others, too.
cd "$(dirname "$0")/../.." || exit 1
exec node tests/contract/lint.mjs openapi.yaml
