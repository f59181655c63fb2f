#!/usr/bin/env bash
# publish.sh FILE [--confirm TOKEN]: sends a CAP document and prints the hub's answer.
#
#   NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=city.token publish.sh order.xml
#
# Exit: 0 accepted and durable, 2 usage, 4 refused, 1 no answer. Without an answer nothing is known: the same bytes
# sent again settle it, because the hub knows them. That is why curl may try again here.
set -euo pipefail
[ $# -eq 1 ] || { [ $# -eq 3 ] && [ "$2" = --confirm ]; } || { sed -n 's/^# \?//p' "$0" >&2; exit 2; }
: "${NOROSHI_HUB:?https://HOST:PORT}" "${NOROSHI_CA:?the file of the hub authority (PEM)}" "${NOROSHI_TOKEN_FILE:?the file of the token}"

answer=$(mktemp)
trap 'rm -f "$answer"' EXIT
# The token comes from a file: never in an argument, where everybody on the machine reads it.
status=$(curl --silent --show-error --cacert "$NOROSHI_CA" --max-time 30 --retry 5 --retry-connrefused \
  --header @<(printf 'Authorization: Bearer %s\n' "$(cat "$NOROSHI_TOKEN_FILE")") \
  --header 'Content-Type: application/cap+xml' ${3:+--header "Noroshi-Confirm: $3"} \
  --data-binary "@$1" --output "$answer" --write-out '%{http_code}' "$NOROSHI_HUB/v1/alerts") || exit 1
case $status in
  200 | 201) cat "$answer"; echo ;;
  *)
    cat "$answer" >&2 # application/problem+json: code, detail, findings
    echo >&2
    # A question: a person looks at the findings, and says yes for these very bytes.
    confirm=$(sed -n 's/.*"confirm":"\([^"]*\)".*/\1/p' "$answer")
    [ -z "$confirm" ] || echo "if it is meant so: $0 $1 --confirm $confirm" >&2
    exit 4
    ;;
esac
