// No function of the hub turns live into drill or drill into live.
//
// What is proved, and by what:
// - by the compiler: a Channel cannot be made from a name, nor be assigned, so neither can what
//   holds one; whoever has a Principal, a Submission or a stream has its channel for life;
// - by reading every source of the hub: the functions that make a channel are called where an entry
//   of the log is folded or a stored alert is asked for its own, and nowhere else; the words that
//   say a class are written into messages in one place each; nothing casts constness away.
// What is not: that those few places are right. They are a line each, and tests/faults/drills sends
// a million alerts through them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <type_traits>

#include "hub/admission/approval.hpp"
#include "hub/admission/examine.hpp"
#include "hub/delivery/member.hpp"
#include "hub/registry/registry.hpp"

namespace noroshi::drills {
namespace {

namespace fs = std::filesystem;

static_assert(!std::is_default_constructible_v<Channel>);
static_assert(!std::is_constructible_v<Channel, std::string>);
static_assert(!std::is_constructible_v<Channel, const char*>);
template <class Holder>
constexpr bool keeps_it_for_life =
    !std::is_copy_assignable_v<Holder> && !std::is_move_assignable_v<Holder>;
static_assert(keeps_it_for_life<Channel>);
static_assert(keeps_it_for_life<registry::Principal>);
static_assert(keeps_it_for_life<admission::Submission>);
static_assert(keeps_it_for_life<admission::Draft>);
static_assert(keeps_it_for_life<admission::Closing>);
static_assert(keeps_it_for_life<delivery::Member>);
static_assert(keeps_it_for_life<Session>);

// The sources of the hub in which `words` stand.
std::set<std::string> where(const std::string& words) {
  std::set<std::string> files;
  const fs::path root = NOROSHI_SOURCE_DIR;
  for (fs::recursive_directory_iterator at(root / "hub"), end; at != end; ++at) {
    const auto extension = at->path().extension();
    if (extension != ".cpp" && extension != ".hpp") continue;
    std::ifstream in(at->path(), std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    if (text.find(words) != std::string::npos)
      files.insert(at->path().lexically_relative(root).generic_string());
  }
  return files;
}

using Files = std::set<std::string>;

TEST(Structure, AChannelIsMadeOnlyWhereTheLogIsFoldedOrAStoredAlertIsAskedForItsOwn) {
  EXPECT_EQ(where("Channel::of("),
            (Files{"hub/admin/live_audit.cpp",       // whose ladder a report tells
                   "hub/admin/reach.cpp",            // the same, without a hub
                   "hub/admission/alert_judge.cpp",  // whether its session is open
                   "hub/admission/approval.cpp",     // which drafts an alert may come of
                   "hub/admission/drafts.cpp",       // of an order that waits
                   "hub/alarms/deadlines.cpp",       // whose ladder is asked for
                   "hub/alarms/troubles.cpp",        // of a webhook that was given up
                   "hub/alarms/unlifted.cpp",        // of an order that ran out
                   "hub/api/boards.cpp",             // whose board it is on
                   "hub/api/draft_json.cpp",         // its name
                   "hub/api/open_reading.cpp",       // of whoever shows nothing: live
                   "hub/api/posting.cpp",            // the path of what was just stored
                   "hub/delivery/folds.cpp",         // whose acknowledgement it was
                   "hub/delivery/ring.hpp",          // whether an alert says one thing
                   "hub/delivery/webhook_letters.cpp",
                   "hub/drills/channel.cpp",         // they themselves
                   "hub/drills/drills.cpp",          // of a session
                   "hub/in_force/freshness.cpp",     // whether an alert says one thing
                   "hub/in_force/standing.cpp",      // the same
                   "hub/registry/certificates.cpp",  // of a certificate: live
                   "hub/registry/registry.cpp",      // of a token
                   "hub/view/ladder_reading.cpp",    // whose acknowledgement it was
                   "hub/view/view_database.cpp"}));
}

TEST(Structure, TheClassIsWrittenIntoMessagesInFewPlaces) {
  EXPECT_EQ(where("set_channel("), (Files{"hub/drills/channel.cpp",       // of a draft, once
                                          "hub/journal/reduction.cpp",    // of a range, as it was
                                          "hub/outlets/greeting.cpp"}));  // of Welcome
  EXPECT_EQ(where("set_drill("), (Files{"hub/admin/token.cpp",            // of a token, once
                                        "hub/admission/examine.cpp",      // of a refusal
                                        "hub/admission/refusal.cpp",      // of a refusal
                                        "hub/alarms/troubles.cpp",        // of an alarm
                                        "hub/alarms/watcher.cpp",         // of an alarm
                                        "hub/drills/channel.cpp"}));
  EXPECT_EQ(where("mutable_channel("), Files{});
  EXPECT_EQ(where("mutable_drill("), Files{});
  EXPECT_EQ(where("\"drill:"), Files{"hub/drills/channel.cpp"});
  EXPECT_EQ(where("\"Exercise\""), Files({"hub/admission/drill.cpp", "hub/drills/channel.cpp"}));
}

TEST(Structure, NothingCastsConstnessAway) {
  EXPECT_EQ(where("const_cast<"), Files{"hub/admin/certificate_parts.cpp"}) << "OpenSSL's";
}

}  // namespace
}  // namespace noroshi::drills
