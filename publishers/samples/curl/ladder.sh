#!/usr/bin/env bash
# ladder.sh SEQUENCE delivered|shown: prints who has an alert, or who shows it, whenever that changes, until nobody is missing.
#
#   NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=city.token ladder.sh 12 shown
#
# Exit: 0 nobody is missing, 1 no answer, 2 usage, 4 refused.
set -euo pipefail
[ $# -eq 2 ] || { sed -n 's/^# \?//p' "$0" >&2; exit 2; }
: "${NOROSHI_HUB:?https://HOST:PORT}" "${NOROSHI_CA:?the file of the hub authority (PEM)}" "${NOROSHI_TOKEN_FILE:?the file of the token}"
case $2 in
  delivered) missing='"queued"' ;;
  shown) missing='"\(queued\|delivered\)"' ;;
  *) sed -n 's/^# \?//p' "$0" >&2; exit 2 ;;
esac

before=
while :; do
  status=0
  ladder=$(curl --silent --show-error --fail-with-body --cacert "$NOROSHI_CA" --max-time 30 --retry 5 --retry-connrefused \
    --header @<(printf 'Authorization: Bearer %s\n' "$(cat "$NOROSHI_TOKEN_FILE")") \
    "$NOROSHI_HUB/v1/alerts/$1/deliveries") || status=$?
  if [ "$status" -ne 0 ]; then
    printf '%s\n' "$ladder" >&2
    [ "$status" -eq 22 ] && exit 4 # curl's word for an HTTP status of 400 or more
    exit 1
  fi
  # A row a line: subscriber, state. Programs read the JSON; a shell makes do with this.
  rows=$(grep -o '"subscriber":"[^"]*","name":"[^"]*","state":"[^"]*"' <<<"$ladder" |
    sed 's/"subscriber":"\([^"]*\)".*"state":"\([^"]*\)"/\1 \2/')
  [ "$rows" = "$before" ] || printf '%s\n\n' "$rows"
  before=$rows
  grep -q "\"state\":$missing" <<<"$ladder" || exit 0
  sleep 1
done
