#!/usr/bin/env bash
# on_air.sh SEQUENCE MEDIUM shown|withdrawn|refused [REASON]: tells the hub what became of an alert; the city sees it.
#
#   NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=tv.token on_air.sh 12 tv.lshape shown
#
# MEDIUM: tv.lshape tv.data radio signage app web carnav cell. A refusal has a reason (200 bytes at most).
# Exit: 0 recorded, 1 no answer (say it again: the same report changes nothing), 2 usage, 4 refused.
set -euo pipefail
[ $# -ge 3 ] || { sed -n 's/^# \?//p' "$0" >&2; exit 2; }
: "${NOROSHI_HUB:?https://HOST:PORT}" "${NOROSHI_CA:?the file of the hub authority (PEM)}" "${NOROSHI_TOKEN_FILE:?the file of the token}"
detail=${4:-}
detail=${detail//\\/\\\\}
# The id is ours, and unique for ever: made of what is said, so that saying it again is the same report.
report=$(printf '{"receipts":[{"id":"%s-%s-%s","sequence":%s,"medium":"%s","state":"%s","detail":"%s"}]}' \
  "$1" "$2" "$3" "$1" "$2" "$3" "${detail//\"/\\\"}")

for _ in 1 2 3 4 5; do
  status=0
  answer=$(curl --silent --show-error --fail-with-body --cacert "$NOROSHI_CA" --max-time 30 --retry 5 --retry-connrefused \
    --header @<(printf 'Authorization: Bearer %s\n' "$(cat "$NOROSHI_TOKEN_FILE")") \
    --header 'Content-Type: application/json' --data "$report" "$NOROSHI_HUB/v1/receipts") || status=$?
  case $status in
    0) ;;
    22) printf '%s\n' "$answer" >&2; exit 4 ;; # application/problem+json: code and detail
    *) exit 1 ;;
  esac
  case $answer in
    *'"recorded":["'*) printf '%s\n' "$answer"; exit 0 ;;  # in the log, for good
    *'"declined":[{'*) printf '%s\n' "$answer" >&2; exit 4 ;; # never will be
  esac
  sleep 1 # not taken: the hub has too many just now
done
exit 1
