# Sourced by the scripts of ops/, .ci/ and tests/cleanroom: words in two languages, and steps that
# show what they do and how long it takes. Everything here prints to stderr; stdout is for data.

# Japanese where the locale is Japanese, English where it is English, otherwise both.
case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
  ja*) noroshi_words=ja ;;
  en*) noroshi_words=en ;;
  *) noroshi_words=both ;;
esac

# words JAPANESE ENGLISH: the text in the reader's language, on stdout.
words() {
  case "$noroshi_words" in
    ja) printf '%s' "$1" ;;
    en) printf '%s' "$2" ;;
    *) if [ "$1" = "$2" ]; then printf '%s' "$1"; else printf '%s / %s' "$1" "$2"; fi ;;
  esac
}

say() { printf '%s\n' "$(words "$1" "$2")" >&2; }

# fail JAPANESE ENGLISH [STATUS]
fail() {
  say "エラー: $1" "error: $2"
  exit "${3:-1}"
}

# The process group of the running step, so that an interrupt ends it too.
step_pid=

end_running_step() {
  [ -n "$step_pid" ] || return 0
  kill -TERM -- "-$step_pid" 2>/dev/null || true
  wait "$step_pid" 2>/dev/null || true
  step_pid=
}

# The last line a log holds, without control characters, cut to what fits behind the step's name.
last_line_of() { tail -c 2000 "$1" | tr '\r' '\n' | grep -v '^[[:space:]]*$' | tail -n 1 | tr -d '\000-\037' | cut -c1-70; }

# step LOG JAPANESE ENGLISH COMMAND...: runs an external command with its output in LOG and shows
# name, progress and elapsed seconds; on failure the last $step_tail lines of LOG (60 unless set).
# Returns the command's status.
step() {
  local log=$1 name started=$SECONDS next_note=60 status=0
  name=$(words "$2" "$3")
  shift 3
  mkdir -p "$(dirname "$log")"
  : >"$log"
  [ -t 2 ] || printf '▶ %s …\n' "$name" >&2
  setsid "$@" >>"$log" 2>&1 </dev/null &
  step_pid=$!
  while kill -0 "$step_pid" 2>/dev/null; do
    if [ -t 2 ]; then
      printf '\r\033[K▶ %s  %d s  %s' "$name" $((SECONDS - started)) "$(last_line_of "$log")" >&2
    elif [ $((SECONDS - started)) -ge "$next_note" ]; then
      printf '  %s  %d s  %s\n' "$name" $((SECONDS - started)) "$(last_line_of "$log")" >&2
      next_note=$((next_note + 60))
    fi
    sleep 0.2
  done
  wait "$step_pid" || status=$?
  step_pid=
  [ ! -t 2 ] || printf '\r\033[K' >&2
  if [ "$status" -eq 0 ]; then
    printf '✔ %s  %d s\n' "$name" $((SECONDS - started)) >&2
  else
    printf '✘ %s  %d s  (%s %d)\n' "$name" $((SECONDS - started)) "$(words 終了コード status)" "$status" >&2
    tail -n "${step_tail:-60}" "$log" >&2
    say "全文: $log" "all of it: $log"
  fi
  return "$status"
}
