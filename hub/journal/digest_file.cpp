// Format: segment after segment, each of
//
//   bytes   what, numbers little-endian
//   8       "NORODIG1"
//   8       Reduction::version
//   8       epoch of the log
//   8       after
//   8       through
//   32      leaf hash of the entry `through`
//   8       size of the reduced entries, at most 1 GiB
//   32      SHA-256 of all of the above and the reduced entries
//   size    the reduced entries (reduction.cpp)
//
// A segment is one write at the end of the file. One that was cut short, by the end of the process
// or of the machine, does not match its hash; it and what may follow are written anew.
#include "hub/journal/digest_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <string_view>
#include <utility>

#include "hub/journal/reduction.hpp"

namespace noroshi::journal {
namespace {

constexpr std::string_view magic = "NORODIG1";
constexpr std::size_t number_bytes = 8;
constexpr std::size_t hash_bytes = 32;
constexpr std::size_t named_bytes = magic.size() + 4 * number_bytes + hash_bytes + number_bytes;
constexpr std::size_t head_bytes = named_bytes + hash_bytes;
constexpr std::size_t reduced_bytes_max = std::size_t{1} << 30;

void put(std::string& bytes, std::uint64_t number) {
  for (std::size_t i = 0; i < number_bytes; ++i)
    bytes += static_cast<char>(static_cast<unsigned char>(number >> (8 * i)));
}

std::uint64_t take_number(std::string_view& bytes) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < number_bytes; ++i)
    number |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  bytes.remove_prefix(number_bytes);
  return number;
}

Hash take_hash(std::string_view& bytes) {
  Hash hash{};
  std::copy_n(bytes.begin(), hash.size(), hash.begin());
  bytes.remove_prefix(hash.size());
  return hash;
}

void put(std::string& bytes, const Hash& hash) { bytes.append(hash.begin(), hash.end()); }

std::string encode(const Segment& segment, std::uint64_t epoch) {
  std::string bytes(magic);
  put(bytes, Reduction::version);
  put(bytes, epoch);
  put(bytes, segment.after);
  put(bytes, segment.through);
  put(bytes, segment.last_leaf);
  put(bytes, segment.reduced.size());
  put(bytes, content_hash(bytes + segment.reduced));
  return bytes + segment.reduced;
}

// False when fewer than `size` bytes are there.
bool read_at(int descriptor, std::size_t offset, std::size_t size, std::string& bytes) {
  const auto begin = bytes.size();
  bytes.resize(begin + size);
  for (std::size_t done = 0; done < size;) {
    const auto read = ::pread(descriptor, bytes.data() + begin + done, size - done,
                              static_cast<off_t>(offset + done));
    if (read < 0 && errno == EINTR) continue;
    if (read <= 0) return false;
    done += static_cast<std::size_t>(read);
  }
  return true;
}

bool write_at(int descriptor, std::size_t offset, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written =
        ::pwrite(descriptor, bytes.data(), bytes.size(), static_cast<off_t>(offset));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    offset += static_cast<std::size_t>(written);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

DigestFile::DigestFile(std::filesystem::path file, std::uint64_t epoch)
    : file_(std::move(file)),
      epoch_(epoch),
      descriptor_(::open(file_.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW)) {}

DigestFile::~DigestFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<Segment> DigestFile::next() {
  std::string bytes;
  if (descriptor_ < 0 || !read_at(descriptor_, end_, head_bytes, bytes)) return std::nullopt;
  if (!bytes.starts_with(magic)) return std::nullopt;
  std::string_view head(bytes);
  head.remove_prefix(magic.size());
  if (take_number(head) != Reduction::version || take_number(head) != epoch_) return std::nullopt;
  Segment segment;
  segment.after = take_number(head);
  segment.through = take_number(head);
  segment.last_leaf = take_hash(head);
  const auto size = take_number(head);
  const auto told = take_hash(head);
  if (segment.after != through_ || segment.through <= segment.after || size > reduced_bytes_max)
    return std::nullopt;
  bytes.resize(named_bytes);
  if (!read_at(descriptor_, end_ + head_bytes, size, bytes) || content_hash(bytes) != told)
    return std::nullopt;
  segment.reduced = bytes.substr(named_bytes);
  return segment;
}

void DigestFile::keep(const Segment& segment) {
  end_ += head_bytes + segment.reduced.size();
  through_ = segment.through;
}

bool DigestFile::open() {
  if (descriptor_ < 0)
    descriptor_ = ::open(file_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  return descriptor_ >= 0;
}

bool DigestFile::append(const Segment& segment) {
  writable_ = writable_ && segment.reduced.size() <= reduced_bytes_max && open() &&
              ::ftruncate(descriptor_, static_cast<off_t>(end_)) == 0 &&
              write_at(descriptor_, end_, encode(segment, epoch_)) && ::fdatasync(descriptor_) == 0;
  if (writable_) keep(segment);
  return writable_;
}

}  // namespace noroshi::journal
