#include "hub/view/view_database.hpp"

#include <algorithm>
#include <map>
#include <stdexcept>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "hub/in_force/stands_until.hpp"

namespace noroshi::view {
namespace {

constexpr const char* schema = R"(
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = OFF;
  CREATE TABLE IF NOT EXISTS progress(epoch INTEGER NOT NULL, through INTEGER NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS alerts(
    sequence INTEGER PRIMARY KEY, drill TEXT NOT NULL, at_ms INTEGER NOT NULL, identifier TEXT NOT NULL,
    level INTEGER NOT NULL, expires_ms INTEGER, superseded_by INTEGER, cancelled_by INTEGER,
    stands_until INTEGER, entry BLOB NOT NULL) STRICT;
  CREATE INDEX IF NOT EXISTS alerts_drill ON alerts(drill, sequence) WHERE drill <> '';
  CREATE INDEX IF NOT EXISTS alerts_identifier ON alerts(identifier);
  CREATE TABLE IF NOT EXISTS places(code TEXT, sequence INTEGER, PRIMARY KEY(code, sequence))
    STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS events(event TEXT, sequence INTEGER, PRIMARY KEY(event, sequence))
    STRICT, WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS acks(
    sequence INTEGER PRIMARY KEY, lowest INTEGER NOT NULL, highest INTEGER NOT NULL,
    entry BLOB NOT NULL) STRICT;
  CREATE TABLE IF NOT EXISTS receipts(
    alert INTEGER, sequence INTEGER, at_ms INTEGER NOT NULL, report BLOB NOT NULL,
    PRIMARY KEY(alert, sequence)) STRICT, WITHOUT ROWID;
  PRAGMA user_version = 5;
)";
// Of the tables above; a view of any other is made anew.
constexpr std::int64_t version = 5;

constexpr std::size_t limit_max = 500;

}  // namespace

// A view that cannot be written is thrown away, so its errors are exceptions inside this room:
// View catches them at the one place that starts over.
class ViewDatabase::Statement {
 public:
  Statement(sqlite3* database, const std::string& sql) : database_(database) {
    if (sqlite3_prepare_v2(database, sql.c_str(), -1, &statement_, nullptr) != SQLITE_OK) fail();
  }
  ~Statement() { sqlite3_finalize(statement_); }
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  Statement& bind(std::int64_t value) {
    check(sqlite3_bind_int64(statement_, ++bound_, value));
    return *this;
  }
  Statement& bind(Sequence value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(std::uint32_t value) { return bind(static_cast<std::int64_t>(value)); }
  Statement& bind(const std::string& value) {
    check(sqlite3_bind_text64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
    return *this;
  }
  Statement& bind_blob(const std::string& value) {
    check(sqlite3_bind_blob64(statement_, ++bound_, value.data(), value.size(), SQLITE_TRANSIENT));
    return *this;
  }
  Statement& bind_null() {
    check(sqlite3_bind_null(statement_, ++bound_));
    return *this;
  }
  Statement& again() {
    sqlite3_reset(statement_);
    bound_ = 0;
    return *this;
  }
  bool step() {
    const int code = sqlite3_step(statement_);
    if (code != SQLITE_ROW && code != SQLITE_DONE) fail();
    return code == SQLITE_ROW;
  }
  [[nodiscard]] std::int64_t integer(int column) const {
    return sqlite3_column_int64(statement_, column);
  }
  [[nodiscard]] std::optional<Sequence> sequence(int column) const {
    if (sqlite3_column_type(statement_, column) == SQLITE_NULL) return std::nullopt;
    return static_cast<Sequence>(integer(column));
  }
  [[nodiscard]] std::string blob(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_, column));
    return bytes == nullptr ? std::string() : std::string(bytes, size);
  }

 private:
  void check(int code) {
    if (code != SQLITE_OK) fail();
  }
  [[noreturn]] void fail() { throw std::runtime_error(sqlite3_errmsg(database_)); }

  sqlite3* database_;
  sqlite3_stmt* statement_ = nullptr;
  int bound_ = 0;
};

ViewDatabase::ViewDatabase(const std::filesystem::path& file, std::uint64_t epoch)
    : file_(file), epoch_(epoch) {
  try {
    open();
  } catch (const std::runtime_error&) {
    clear();
  }
}

ViewDatabase::~ViewDatabase() = default;

ViewDatabase::Statement& ViewDatabase::prepared(std::string_view sql) {
  auto& statement = prepared_[sql];
  if (!statement) statement = std::make_unique<Statement>(database_.get(), std::string(sql));
  return statement->again();
}

void ViewDatabase::open() {
  sqlite3* database = nullptr;
  const int code = sqlite3_open(file_.c_str(), &database);
  database_.reset(database);
  if (code != SQLITE_OK || !fits() || !execute(schema))
    throw std::runtime_error("view.db cannot be used");
  Statement progress(database_.get(), "SELECT epoch, through FROM progress");
  if (!progress.step()) {
    Statement fresh(database_.get(), "INSERT INTO progress VALUES(?, 0)");
    fresh.bind(epoch_).step();
    through_ = 0;
    return;
  }
  if (static_cast<std::uint64_t>(progress.integer(0)) != epoch_)
    throw std::runtime_error("view.db belongs to another log");
  through_ = static_cast<Sequence>(progress.integer(1));
}

void ViewDatabase::clear() {
  prepared_.clear();
  database_.reset();
  for (const auto* suffix : {"", "-wal", "-shm"}) {
    std::error_code ignored;
    std::filesystem::remove(file_.string() + suffix, ignored);
  }
  open();
}

// Empty, or with tables of this version.
bool ViewDatabase::fits() {
  Statement found(database_.get(),
                  "SELECT user_version, (SELECT count(*) FROM sqlite_schema)"
                  " FROM pragma_user_version");
  return found.step() && (found.integer(0) == version || found.integer(1) == 0);
}

bool ViewDatabase::execute(const char* sql) {
  return sqlite3_exec(database_.get(), sql, nullptr, nullptr, nullptr) == SQLITE_OK;
}

void ViewDatabase::begin() {
  if (!execute("BEGIN IMMEDIATE")) throw std::runtime_error("view.db: BEGIN failed");
}

void ViewDatabase::commit() {
  auto& progress = prepared("UPDATE progress SET through = ?");
  progress.bind(through_).step();
  progress.again();
  if (!execute("COMMIT")) throw std::runtime_error("view.db: COMMIT failed");
}

void ViewDatabase::apply(const v1::Entry& entry) {
  if (entry.sequence() <= through_) return;
  if (entry.body().has_alert_accepted()) apply_alert(entry);
  if (entry.body().has_acks_recorded()) apply_acks(entry);
  if (entry.body().has_receipts_recorded()) apply_receipts(entry);
  through_ = entry.sequence();
}

void ViewDatabase::apply_alert(const v1::Entry& entry) {
  const auto& alert = entry.body().alert_accepted();
  const auto& summary = alert.summary();
  auto& insert = prepared("INSERT INTO alerts VALUES(?, ?, ?, ?, ?, ?, NULL, NULL, ?, ?)");
  insert.bind(entry.sequence()).bind(alert.drill()).bind(entry.at_ms());
  insert.bind(summary.identifier());
  insert.bind(summary.level());
  alert.has_expires_ms() ? insert.bind(alert.expires_ms()) : insert.bind_null();
  const auto until = in_force::stands_until(alert);
  until ? insert.bind(*until) : insert.bind_null();
  insert.bind_blob(entry.SerializeAsString()).step();

  for (const auto& code : summary.area_codes())
    prepared("INSERT OR IGNORE INTO places VALUES(?, ?)").bind(code).bind(entry.sequence()).step();
  if (alert.routing_size() > 0)
    for (const auto& event : alert.routing(0).events())
      prepared("INSERT OR IGNORE INTO events VALUES(?, ?)")
          .bind(event)
          .bind(entry.sequence())
          .step();

  const auto* fate = summary.message_type() == "Cancel"
                         ? "UPDATE alerts SET cancelled_by = ? WHERE sequence = ?"
                         : "UPDATE alerts SET superseded_by = ? WHERE sequence = ?";
  for (const auto referenced : summary.referenced_sequences())
    prepared(fate).bind(entry.sequence()).bind(static_cast<Sequence>(referenced)).step();
}

void ViewDatabase::apply_acks(const v1::Entry& entry) {
  const auto& ranges = entry.body().acks_recorded().ranges();
  if (ranges.empty()) return;
  auto lowest = ranges[0].after();
  auto highest = ranges[0].through();
  for (const auto& range : ranges) {
    lowest = std::min(lowest, range.after());
    highest = std::max(highest, range.through());
  }
  prepared("INSERT INTO acks VALUES(?, ?, ?, ?)")
      .bind(entry.sequence())
      .bind(static_cast<Sequence>(lowest))
      .bind(static_cast<Sequence>(highest))
      .bind_blob(entry.SerializeAsString())
      .step();
}

void ViewDatabase::apply_receipts(const v1::Entry& entry) {
  std::map<Sequence, v1::ReceiptsRecorded> by_alert;
  for (const auto& part : entry.body().receipts_recorded().alerts())
    *by_alert[part.sequence()].add_alerts() = part;
  for (const auto& [alert, report] : by_alert)
    prepared("INSERT INTO receipts VALUES(?, ?, ?, ?)")
        .bind(alert)
        .bind(entry.sequence())
        .bind(entry.at_ms())
        .bind_blob(report.SerializeAsString())
        .step();
}

Reports ViewDatabase::reports(const drills::Channel& channel, Sequence sequence) {
  Reports reports;
  Statement select(database_.get(),
                   "SELECT at_ms, report FROM receipts WHERE alert = ? ORDER BY sequence");
  select.bind(sequence);
  while (select.step()) {
    v1::ReceiptsRecorded recorded;
    if (!recorded.ParseFromString(select.blob(1))) throw std::runtime_error("view.db is damaged");
    for (const auto& part : recorded.alerts())
      if (drills::Channel::of(part) == channel) reports.add(part, select.integer(0));
  }
  return reports;
}

std::vector<Listed> ViewDatabase::list(const drills::Channel& channel, const Filter& filter,
                                       std::int64_t now_ms) {
  std::string sql =
      "SELECT sequence, superseded_by, cancelled_by, entry FROM alerts WHERE sequence < ?";
  sql += channel.live() ? " AND drill = ''" : " AND drill = ? AND drill <> ''";
  if (filter.identifier) sql += " AND identifier = ?";
  if (filter.level) sql += " AND level >= ?";
  if (filter.area)
    sql += " AND sequence IN (SELECT sequence FROM places WHERE code >= ? AND code < ?)";
  if (filter.event)
    sql +=
        " AND sequence IN (SELECT sequence FROM events WHERE event = ? OR"
        " (event > ? AND event < ?))";
  if (filter.standing == Filter::Standing::in_force)
    sql += " AND superseded_by IS NULL AND cancelled_by IS NULL AND stands_until > ?";
  sql += " ORDER BY sequence DESC LIMIT ?";

  Statement select(database_.get(), sql);
  select.bind(static_cast<std::int64_t>(filter.before.value_or(INT64_MAX)));
  if (!channel.live()) select.bind(channel.drill());
  if (filter.identifier) select.bind(*filter.identifier);
  if (filter.level) select.bind(*filter.level);
  if (filter.area) select.bind(*filter.area).bind(*filter.area + ":");  // ':' follows '9'
  if (filter.event) select.bind(*filter.event).bind(*filter.event + ".").bind(*filter.event + "/");
  if (filter.standing == Filter::Standing::in_force) select.bind(now_ms);
  select.bind(static_cast<std::int64_t>(std::min(filter.limit, limit_max)));

  std::vector<Listed> listed;
  while (select.step()) {
    v1::Entry entry;
    if (!entry.ParseFromString(select.blob(3))) throw std::runtime_error("view.db is damaged");
    if (!channel.carries(entry.body().alert_accepted())) continue;  // never of another channel
    listed.push_back({entry.sequence(), entry.at_ms(), entry.body().alert_accepted(),
                      select.sequence(1), select.sequence(2)});
  }
  return listed;
}

std::optional<Listed> ViewDatabase::alert(Sequence sequence) {
  Statement select(database_.get(),
                   "SELECT sequence, superseded_by, cancelled_by, entry FROM alerts"
                   " WHERE sequence = ?");
  select.bind(sequence);
  if (!select.step()) return std::nullopt;
  v1::Entry entry;
  if (!entry.ParseFromString(select.blob(3))) throw std::runtime_error("view.db is damaged");
  return Listed{entry.sequence(), entry.at_ms(), entry.body().alert_accepted(), select.sequence(1),
                select.sequence(2)};
}

std::vector<Listed> ViewDatabase::named(const AlertName& name) {
  std::vector<Listed> all;
  if (name.sequence != 0) {
    if (auto found = alert(name.sequence)) all.push_back(std::move(*found));
    return all;
  }
  Statement select(database_.get(),
                   "SELECT sequence FROM alerts WHERE identifier = ? ORDER BY sequence DESC");
  select.bind(name.identifier);
  while (all.size() < named_max && select.step()) {
    auto found = alert(select.sequence(0).value_or(0));
    if (!found || (!name.sender.empty() && found->alert.summary().sender() != name.sender) ||
        (!name.sent.empty() && found->alert.sent() != name.sent))
      continue;
    all.push_back(std::move(*found));
  }
  return all;
}

void ViewDatabase::each_alert(const drills::Channel& channel, Sequence from, Order order,
                              const std::function<bool(Listed&&)>& look) {
  const bool down = order == Order::newest_first;
  std::string sql = "SELECT sequence, superseded_by, cancelled_by, entry FROM alerts WHERE ";
  sql += down ? "sequence < ?" : "sequence > ?";
  sql += channel.live() ? " AND drill = ''" : " AND drill = ? AND drill <> ''";
  sql += down ? " ORDER BY sequence DESC" : " ORDER BY sequence";
  Statement select(database_.get(), sql);
  select.bind(static_cast<std::int64_t>(std::min<Sequence>(from, INT64_MAX)));
  if (!channel.live()) select.bind(channel.drill());
  while (select.step()) {
    v1::Entry entry;
    if (!entry.ParseFromString(select.blob(3))) throw std::runtime_error("view.db is damaged");
    if (!channel.carries(entry.body().alert_accepted())) continue;  // never of another channel
    Listed alert{entry.sequence(), entry.at_ms(),
                 std::move(*entry.mutable_body()->mutable_alert_accepted()), select.sequence(1),
                 select.sequence(2)};
    if (!look(std::move(alert))) return;
  }
}

std::optional<std::int64_t> ViewDatabase::accepted_ms(Sequence sequence) {
  auto& select = prepared("SELECT at_ms FROM alerts WHERE sequence = ?");
  if (!select.bind(sequence).step()) return std::nullopt;
  return select.integer(0);
}

std::optional<Sequence> ViewDatabase::find(const drills::Channel& channel,
                                           const v1::Reference& reference) {
  Statement select(database_.get(),
                   "SELECT sequence, entry FROM alerts WHERE identifier = ? AND drill = ?"
                   " ORDER BY sequence DESC");
  select.bind(reference.identifier()).bind(channel.drill());
  while (select.step()) {
    v1::Entry entry;
    if (!entry.ParseFromString(select.blob(1))) throw std::runtime_error("view.db is damaged");
    const auto& alert = entry.body().alert_accepted();
    if (channel.carries(alert) && alert.summary().sender() == reference.sender() &&
        alert.sent() == reference.sent())
      return entry.sequence();
  }
  return std::nullopt;
}

// What was acknowledged before comes again after a redelivery: the first time counts.
void ViewDatabase::fill_in(const drills::Channel& channel, Sequence sequence,
                           const std::vector<Rung*>& rungs) {
  std::unordered_map<std::string_view, Rung*> wanted;
  for (auto* rung : rungs) wanted.emplace(rung->subscriber, rung);
  Statement select(database_.get(),
                   "SELECT entry FROM acks WHERE sequence > ? AND lowest < ? AND highest >= ?"
                   " ORDER BY sequence");
  select.bind(sequence).bind(sequence).bind(sequence);
  while (!wanted.empty() && select.step()) {
    v1::Entry entry;
    if (!entry.ParseFromString(select.blob(0))) throw std::runtime_error("view.db is damaged");
    for (const auto& range : entry.body().acks_recorded().ranges()) {
      if (sequence <= range.after() || sequence > range.through()) continue;
      const auto found = wanted.find(range.subscriber());
      if (found == wanted.end() || drills::Channel::of(range) != channel) continue;
      const auto& passed = range.passed();
      found->second->stored = std::find(passed.begin(), passed.end(), sequence) == passed.end()
                                  ? Rung::Stored::delivered
                                  : Rung::Stored::passed;
      found->second->at_ms = range.at_ms();
      wanted.erase(found);
    }
  }
}

}  // namespace noroshi::view
