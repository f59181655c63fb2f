// What can be listed and looked up: a disposable database that follows the log on its own thread.
// Never an authority: thrown away and rebuilt whenever it does not fit the log.
//
// Threading  list(), feed() and ladder() from any thread; answers run on the view's thread and must
// only
//            post. entries() is a follower of the journal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "hub/journal/entry.hpp"
#include "hub/registry/registry.hpp"
#include "hub/view/rung.hpp"
#include "proto/result.hpp"

namespace noroshi::view {

struct Filter {
  std::optional<std::string> area;        // a code, or a prefecture's two digits
  std::optional<std::string> event;       // prefix
  std::optional<std::uint32_t> level;     // at least
  std::optional<std::string> identifier;  // exactly
  enum class Standing { any, in_force } standing = Standing::any;
  std::optional<Sequence> before;
  std::size_t limit = 50;  // at most 500
};

struct Listed {
  Sequence sequence = 0;
  std::int64_t at_ms = 0;
  v1::AlertAccepted alert;
  std::optional<Sequence> superseded_by;
  std::optional<Sequence> cancelled_by;
};

struct Ladder {
  Listed alert;
  std::vector<Rung> rungs;  // by subscriber id
  // Every alert that this one refers to, directly or not: Rung::earlier is about these.
  std::vector<Sequence> refers_to = {};
};

// An alert as somebody names it: by its sequence, or else by its identifier, with or without the
// sender and the time that make a reference of it.
struct AlertName {
  Sequence sequence = 0;
  std::string identifier = {};
  std::string sender = {};
  std::string sent = {};
};
inline constexpr std::size_t named_max = 16;

// A page of a feed: see feed_page.hpp.
struct FeedQuery {
  std::optional<std::string> subscriber = {};  // whose alerts; nothing: all of the channel
  std::optional<Sequence> before = {};         // only older ones; or
  std::optional<Sequence> after = {};          // the first ones that are newer
  std::size_t limit = 50;
  // As far as the page reaches that nothing comes before, it holds whatever came since.
  Sequence whole_after = std::numeric_limits<Sequence>::max();
};
struct FeedAlert {
  Listed listed;
  std::optional<std::int64_t> ended_ms;  // when what cancelled or superseded it was accepted
};
struct FeedPage {
  std::vector<FeedAlert> alerts = {};  // newest first
  // It holds everything it should between this and its newest alert.
  Sequence after = 0;
  bool older = false;  // there may be more
  bool newer = false;
};

// The last acknowledgement of each subscriber in each channel, by drills::qualified().
using Cursors = std::unordered_map<std::string, Sequence>;

class View {
 public:
  // `file` is opened, or made anew when it belongs to another log, is ahead of `head`, or cannot
  // be used. `registry` and `cursors` are as of
  // `head`; `clock` tells Unix milliseconds.
  View(const std::filesystem::path& file, std::uint64_t epoch, Sequence head,
       registry::Registry registry, Cursors cursors, std::function<std::int64_t()> clock);
  ~View();

  // Before start(): what it has already.
  [[nodiscard]] Sequence through() const;
  // Entries of the log after a sequence, a page of them; answers on any thread, or never once the
  // process ends.
  using Page = std::function<void(Result<std::vector<journal::StoredPtr>>)>;
  using Reader = std::function<void(Sequence after, Page answer)>;
  // Begins to answer, and to read what it misses up to `head`. Questions wait for a little that is
  // missing; while there is much, and with a view that cannot be used, every answer says so.
  void start(Reader read_log);
  void stop();

  void entries(std::shared_ptr<const std::vector<journal::StoredPtr>> batch);

  // Alerts of other channels are not there.
  void list(const drills::Channel& channel, Filter filter,
            std::function<void(Result<std::vector<Listed>>)> answer);
  void feed(const drills::Channel& channel, FeedQuery query,
            std::function<void(Result<FeedPage>)> answer);
  // The newest alert of `channel` that a reference names; not_found when there is none.
  void find(const drills::Channel& channel, v1::Reference reference,
            std::function<void(Result<Sequence>)> answer);
  // The newest alerts of that name, whatever their channels: for the operator alone.
  void named(AlertName name, std::function<void(Result<std::vector<Listed>>)> answer);
  // not_found when `sequence` is no alert of `channel`.
  void ladder(const drills::Channel& channel, Sequence sequence,
              std::function<void(Result<Ladder>)> answer);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace noroshi::view
