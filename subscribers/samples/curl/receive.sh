#!/usr/bin/env bash
# receive.sh FOLDER: receives alerts as server-sent events, stores each as FOLDER/<sequence>.json, and only then acknowledges it.
#
#   NOROSHI_HUB=https://localhost:8443 NOROSHI_CA=tls/ca.pem NOROSHI_TOKEN_FILE=web.token receive.sh received
#
# It comes back after any failure, with the id of the last event it stored. The subscriber needs the outlet `events`.
# Exit: 2 usage, 4 refused or sent away for good (suspended, replaced, drill over).
set -euo pipefail
[ $# -eq 1 ] || { sed -n 's/^# \?//p' "$0" >&2; exit 2; }
: "${NOROSHI_HUB:?https://HOST:PORT}" "${NOROSHI_CA:?the file of the hub authority (PEM)}" "${NOROSHI_TOKEN_FILE:?the file of the token}"
folder=$1
mkdir -p "$folder"

ask() { # CURL-ARGUMENTS…
  curl --silent --show-error --cacert "$NOROSHI_CA" \
    --header @<(printf 'Authorization: Bearer %s\n' "$(cat "$NOROSHI_TOKEN_FILE")") "$@"
}

# keep FILE: what comes on stdin is on the disk, whole, before this returns.
keep() {
  cat >"$folder/.part"
  sync "$folder/.part"
  mv "$folder/.part" "$folder/$1"
  sync "$folder"
}

acknowledge() { # SEQUENCE; should it not arrive, the next Last-Event-ID says it, too
  ask --fail --max-time 10 --output /dev/null --header 'Content-Type: application/json' \
    --data "{\"ack\":{\"through\":$1}}" "$NOROSHI_HUB/v1/receipts" || true
}

# One event is: id, name, data, an empty line. What is acknowledged never comes again, so it is stored first.
take() { # ID NAME DATA
  case $2 in
    delivery | passed)
      printf '%s\n' "$3" | keep "${1#*-}.json"
      printf '%s\n' "$1" | keep last-event-id
      acknowledge "${1#*-}"
      echo "$2 ${1#*-}"
      ;;
    probe) acknowledge "${1#*-}" ;; # the hub tries the way; nobody is shown anything
    goodbye)
      echo "$3" >&2
      case $3 in
        *'"replaced"'* | *'"suspended"'* | *'"drill.closed"'* | *'"log.rolled_back"'*) return 4 ;;
      esac
      ;;
  esac
}

read_events() {
  local line id='' name='' data=''
  while IFS= read -r line; do
    line=${line%$'\r'}
    case $line in
      'id: '*) id=${line#id: } ;;
      'event: '*) name=${line#event: } ;;
      'data: '*) data=${line#data: } ;;
      '{'*'"code"'*) echo "$line" >&2; return 4 ;; # no event: a problem document
      '') [ -z "$data" ] || take "$id" "$name" "$data" || return; name='' data='' ;;
    esac
  done
}

while :; do
  status=0
  last=$(cat "$folder/last-event-id" 2>/dev/null || true)
  # 45 s without a byte is a dead connection: there is a heartbeat every 15.
  ask --no-buffer --speed-limit 1 --speed-time 45 --header 'Accept: text/event-stream' \
    ${last:+--header "Last-Event-ID: $last"} "$NOROSHI_HUB/v1/events" | read_events || status=$?
  [ "$status" -ne 4 ] || exit 4
  sleep 1
done
