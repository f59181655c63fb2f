// The tables behind View. Statements only; View says when.
//
// alerts(sequence, drill, at_ms, identifier, level, expires_ms, superseded_by, cancelled_by,
//   stands_until, entry); drill is "" for a live alert
// places(code, sequence), events(event, sequence): what an alert may be found by
// acks(sequence, lowest, highest, entry): the entries that say who stored what when, with the span
//   of alerts that they speak of; ten thousand acknowledgements are one row
// receipts(alert, sequence, at_ms, report): what was reported of an alert in one entry; ten
// thousand
//   reports are one row
// progress(epoch, through): which part of which log this is
#pragma once

#include <sqlite3.h>

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hub/view/view.hpp"

namespace noroshi::view {

class ViewDatabase {
 public:
  // Opens `file`, or replaces it when it is of another epoch, beyond `head`, or unusable.
  ViewDatabase(const std::filesystem::path& file, std::uint64_t epoch);
  ~ViewDatabase();

  [[nodiscard]] Sequence through() const { return through_; }
  // Starts over with nothing.
  void clear();

  // One transaction around all of `apply`.
  void begin();
  void commit();
  void apply(const v1::Entry& entry);

  [[nodiscard]] std::vector<Listed> list(const drills::Channel& channel, const Filter& filter,
                                         std::int64_t now_ms);
  [[nodiscard]] std::optional<Listed> alert(Sequence sequence);
  // The alerts of `channel` before `from`, newest first, or after it, oldest first, until `look`
  // has enough and says false.
  enum class Order { newest_first, oldest_first };
  void each_alert(const drills::Channel& channel, Sequence from, Order order,
                  const std::function<bool(Listed&&)>& look);
  // The newest `named_max` of that name, of all channels.
  [[nodiscard]] std::vector<Listed> named(const AlertName& name);
  // When the alert `sequence` was accepted.
  [[nodiscard]] std::optional<std::int64_t> accepted_ms(Sequence sequence);
  // The newest alert of `channel` with that sender, identifier and sent.
  [[nodiscard]] std::optional<Sequence> find(const drills::Channel& channel,
                                             const v1::Reference& reference);
  // When the alert of `channel` at `sequence` was first acknowledged by each of `rungs`, and in
  // which form; who has not stays as it is. Looks on until all are found.
  void fill_in(const drills::Channel& channel, Sequence sequence, const std::vector<Rung*>& rungs);
  // What subscribers reported of the alert of `channel` at `sequence`.
  [[nodiscard]] Reports reports(const drills::Channel& channel, Sequence sequence);

 private:
  struct Close {
    void operator()(sqlite3* database) const { sqlite3_close_v2(database); }
  };
  class Statement;

  void open();
  [[nodiscard]] bool fits();
  [[nodiscard]] bool execute(const char* sql);
  // Ready for a run; made once for each text.
  [[nodiscard]] Statement& prepared(std::string_view sql);
  void apply_alert(const v1::Entry& entry);
  void apply_acks(const v1::Entry& entry);
  void apply_receipts(const v1::Entry& entry);

  std::filesystem::path file_;
  std::uint64_t epoch_;
  Sequence through_ = 0;
  std::unique_ptr<sqlite3, Close> database_;
  std::map<std::string_view, std::unique_ptr<Statement>> prepared_;  // texts live for ever
};

}  // namespace noroshi::view
