#!/usr/bin/env bash
# list.sh [QUERY]: prints the alerts, newest first, as JSON. QUERY is as in the contract: 'area=36&in_force=true&limit=20'.
#
#   NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=tv.token list.sh 'area=36'
#
# Exit: 0, 1 no answer, 4 refused.
set -euo pipefail
: "${NOROSHI_HUB:?https://HOST:PORT}" "${NOROSHI_CA:?the file of the hub authority (PEM)}" "${NOROSHI_TOKEN_FILE:?the file of the token}"
status=0
answer=$(curl --silent --show-error --fail-with-body --cacert "$NOROSHI_CA" --max-time 30 --retry 5 --retry-connrefused \
  --header @<(printf 'Authorization: Bearer %s\n' "$(cat "$NOROSHI_TOKEN_FILE")") \
  "$NOROSHI_HUB/v1/alerts?${1:-limit=20}") || status=$?
case $status in
  0) printf '%s\n' "$answer" ;;
  22) printf '%s\n' "$answer" >&2; exit 4 ;; # application/problem+json: code and detail
  *) exit 1 ;;
esac
