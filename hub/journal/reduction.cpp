// Format: each entry serialised, its size before it as a little-endian 32-bit number.
#include "hub/journal/reduction.hpp"

#include <google/protobuf/arena.h>

#include <algorithm>
#include <array>
#include <utility>

namespace noroshi::journal {
namespace {

constexpr std::size_t size_bytes = 4;
constexpr std::size_t entries_an_arena = 1024;

void append_size(std::string& bytes, std::size_t size) {
  for (std::size_t i = 0; i < size_bytes; ++i)
    bytes += static_cast<char>(static_cast<unsigned char>(size >> (8 * i)));
}

std::size_t read_size(std::string_view bytes) {
  std::size_t size = 0;
  for (std::size_t i = 0; i < size_bytes; ++i)
    size |= std::size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  return size;
}

}  // namespace

void Reduction::add(const v1::Entry& entry) {
  ++entries_;
  through_ = entry.sequence();
  switch (entry.body().body_case()) {
    case v1::EntryBody::kAlertRefused:
    case v1::EntryBody::kIdentityFailures:
    case v1::EntryBody::kReceiptsRecorded:
      return;
    case v1::EntryBody::kAcksRecorded:
      return add_acks(entry.body().acks_recorded());
    case v1::EntryBody::kAlertAccepted:
      return add_alert(entry);
    default:
      append(entry);
  }
}

void Reduction::add_alert(const v1::Entry& entry) {
  v1::Entry reduced = entry;
  auto& alert = *reduced.mutable_body()->mutable_alert_accepted();
  alert.clear_credential();
  alert.clear_warnings();
  alert.clear_unknown_references();
  alert.clear_content_size();
  alert.clear_sent();
  auto& summary = *alert.mutable_summary();
  summary.clear_headline();
  summary.clear_event();
  if (alert.lines().empty()) summary.clear_document();
  summary.clear_area_codes();
  append(reduced);
}

void Reduction::add_acks(const v1::AcksRecorded& acks) {
  for (const auto& range : acks.ranges()) {
    auto& known = acknowledged_[{range.subscriber(), range.channel(), range.outlet()}];
    known.through = std::max<Sequence>(known.through, range.through());
    known.at_ms = std::max<std::int64_t>(known.at_ms, range.at_ms());
  }
}

void Reduction::append(const v1::Entry& entry) {
  append_size(bytes_, entry.ByteSizeLong());
  entry.AppendToString(&bytes_);
}

std::string Reduction::take() {
  v1::Entry acks;
  acks.set_sequence(through_);
  auto& recorded = *acks.mutable_body()->mutable_acks_recorded();
  for (const auto& [whose, acknowledged] : std::exchange(acknowledged_, {})) {
    auto& range = *recorded.add_ranges();
    range.set_subscriber(std::get<0>(whose));
    range.set_channel(std::get<1>(whose));
    range.set_outlet(std::get<2>(whose));
    range.set_through(acknowledged.through);
    range.set_at_ms(acknowledged.at_ms);
  }
  append(acks);
  entries_ = 0;
  return std::exchange(bytes_, {});
}

bool for_each_reduced(std::string_view reduced, const std::function<void(const v1::Entry&)>& take) {
  google::protobuf::Arena arena;
  for (std::size_t count = 1; !reduced.empty(); ++count) {
    if (reduced.size() < size_bytes) return false;
    const auto size = read_size(reduced);
    reduced.remove_prefix(size_bytes);
    if (size > reduced.size()) return false;
    auto* entry = google::protobuf::Arena::CreateMessage<v1::Entry>(&arena);
    if (!entry->ParseFromArray(reduced.data(), static_cast<int>(size))) return false;
    reduced.remove_prefix(size);
    take(*entry);
    if (count % entries_an_arena == 0) arena.Reset();
  }
  return true;
}

}  // namespace noroshi::journal
