// Entries without what no fold of the log may depend on: the log in short, so that a start need not
// read all of it.
//
// What is left out (and nothing else; whatever is new is kept until it is listed here and `version`
// is raised):
//   AlertRefused, IdentityFailures    whole: they change no state
//   ReceiptsRecorded                  whole: ladders are the view's, which keeps them itself
//   AcksRecorded                      all ranges of one subscriber, channel and outlet become one,
//                                     in an entry at the end; without passed
//   AlertAccepted                     credential, warnings, unknown_references, content_size, sent,
//                                     and of the summary headline, event, area_codes; the document
//                                     of an alert without order lines
// A fold that is fed the reduction of a log ends in the same state as one fed the log, if it keeps
// to the rest, and of acknowledgements only to the highest `through` of each subscriber, channel
// and outlet.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <tuple>

#include "hub/journal/entry.hpp"

namespace noroshi::journal {

class Reduction {
 public:
  static constexpr std::uint32_t version = 4;

  // Of the next entry; the first may be any.
  void add(const v1::Entry& entry);

  // How many entries were added, and the sequence of the last.
  [[nodiscard]] std::uint64_t entries() const { return entries_; }
  [[nodiscard]] Sequence through() const { return through_; }

  // What for_each_reduced() reads; then the next reduction begins. The last entry in it always has
  // the sequence through().
  std::string take();

 private:
  struct Acknowledged {
    Sequence through;
    std::int64_t at_ms;
  };
  void add_alert(const v1::Entry& entry);
  void add_acks(const v1::AcksRecorded& acks);
  void append(const v1::Entry& entry);

  std::string bytes_;
  // By subscriber, channel and outlet.
  std::map<std::tuple<std::string, std::string, std::string>, Acknowledged> acknowledged_;
  std::uint64_t entries_ = 0;
  Sequence through_ = 0;
};

// Gives `take` the entries in `reduced`, in order. False when these are not bytes of a Reduction;
// then `take` may have been given some.
bool for_each_reduced(std::string_view reduced, const std::function<void(const v1::Entry&)>& take);

}  // namespace noroshi::journal
