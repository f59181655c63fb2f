#include "hub/admin/backup_file.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <google/protobuf/io/coded_stream.h>
#include <unistd.h>

#include <cassert>
#include <cerrno>
#include <cstring>
#include <utility>

#include "hub/admin/staged_file.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::admin {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view first_line = "noroshi backup 1\n";
constexpr mode_t private_file = 0600;
constexpr std::size_t written_at_once = 1u << 20;
constexpr unsigned varint_bytes_max = 5;

std::string base64_of(const journal::Hash& hash) {
  return merkle::base64({reinterpret_cast<const char*>(hash.data()), hash.size()});
}

std::string length_before(std::size_t size) {
  unsigned char bytes[10];
  const auto* end = google::protobuf::io::CodedOutputStream::WriteVarint64ToArray(size, bytes);
  return {reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(end - bytes)};
}

}  // namespace

std::string seal_text(const journal::Hash& before_end, const std::string& checkpoint) {
  return fmt::format("noroshi backup\n{}\n{}\n", base64_of(before_end),
                     base64_of(journal::content_hash(checkpoint)));
}

RunningHash::RunningHash() : context_(EVP_MD_CTX_new(), EVP_MD_CTX_free) {
  const int ready = EVP_DigestInit_ex(context_.get(), EVP_sha256(), nullptr);
  assert(ready == 1);
  (void)ready;
}

void RunningHash::add(std::string_view bytes) {
  EVP_DigestUpdate(context_.get(), bytes.data(), bytes.size());
}

journal::Hash RunningHash::finish() {
  journal::Hash hash{};
  EVP_DigestFinal_ex(context_.get(), hash.data(), nullptr);
  return hash;
}

Result<BackupWriter> BackupWriter::begin(const fs::path& file) {
  std::error_code ignored;  // publish() decides in the end
  if (fs::exists(file, ignored)) return failure(ErrorCode::conflict, file.string() + " exists");
  auto draft = file;
  draft += ".partial";
  fs::remove(draft, ignored);
  const int descriptor =
      ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, private_file);
  if (descriptor < 0)
    return failure(ErrorCode::io, fmt::format("{}: {}", draft.string(), std::strerror(errno)));
  BackupWriter writer(descriptor, std::move(draft), file);
  if (auto begun = writer.write(first_line); !begun) return tl::unexpected(begun.error());
  return writer;
}

BackupWriter::BackupWriter(int descriptor, fs::path draft, fs::path file)
    : descriptor_(descriptor), draft_(std::move(draft)), file_(std::move(file)) {}

BackupWriter::BackupWriter(BackupWriter&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)),
      draft_(std::exchange(other.draft_, {})),
      file_(std::move(other.file_)),
      buffer_(std::move(other.buffer_)),
      hash_(std::move(other.hash_)),
      sealed_(other.sealed_) {}

BackupWriter::~BackupWriter() {
  if (descriptor_ >= 0) ::close(descriptor_);
  std::error_code ignored;
  if (!draft_.empty()) fs::remove(draft_, ignored);
}

Result<void> BackupWriter::put(const v1::BackupPart& part) {
  const auto bytes = part.SerializeAsString();
  sealed_ = part.has_end();
  if (auto done = write(length_before(bytes.size())); !done) return done;
  return write(bytes);
}

Result<void> BackupWriter::publish() {
  if (auto done = flush(); !done) return done;
  if (::fsync(descriptor_) != 0) return failed();
  if (::link(draft_.c_str(), file_.c_str()) != 0) {
    if (errno == EEXIST) return failure(ErrorCode::conflict, file_.string() + " exists");
    return failed();
  }
  return sync_directory(fs::absolute(file_).parent_path());
}

Result<void> BackupWriter::write(std::string_view bytes) {
  if (!sealed_) hash_.add(bytes);
  buffer_ += bytes;
  return buffer_.size() < written_at_once ? Result<void>{} : flush();
}

Result<void> BackupWriter::flush() {
  for (std::string_view rest = buffer_; !rest.empty();) {
    const auto written = ::write(descriptor_, rest.data(), rest.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed();
    rest.remove_prefix(static_cast<std::size_t>(written));
  }
  buffer_.clear();
  return {};
}

tl::unexpected<Error> BackupWriter::failed() const {
  return failure(ErrorCode::io, fmt::format("{}: {}", draft_.string(), std::strerror(errno)));
}

Result<BackupReader> BackupReader::open(const fs::path& file) {
  std::error_code ignored;
  std::ifstream in(file, std::ios::binary);
  if (!in || fs::is_directory(file, ignored)) return failure(ErrorCode::not_found, file.string());
  BackupReader reader(std::move(in));
  std::string line(first_line.size(), '\0');
  if (!reader.in_.read(line.data(), static_cast<std::streamsize>(line.size())) ||
      line != first_line)
    return failure(ErrorCode::refused, "byte 0: noroshi backup 1");
  reader.hash_.add(line);
  reader.offset_ = line.size();
  return reader;
}

Result<std::optional<v1::BackupPart>> BackupReader::next() {
  const auto wrong = [this] {
    return failure(ErrorCode::refused, fmt::format("byte {}", offset_));
  };
  std::string raw;
  std::uint32_t length = 0;
  while (true) {
    const int byte = in_.get();
    if (byte == std::ifstream::traits_type::eof()) {
      if (in_.bad() || !raw.empty()) return wrong();
      return std::nullopt;
    }
    if (ended_ || raw.size() == varint_bytes_max) return wrong();
    length |= static_cast<std::uint32_t>(byte & 0x7f) << (7 * raw.size());
    raw += static_cast<char>(byte);
    if ((byte & 0x80) == 0) break;
  }
  if (length > backup_part_bytes_max) return wrong();
  const auto prefix = raw.size();
  raw.resize(prefix + length);
  v1::BackupPart part;
  if (!in_.read(raw.data() + prefix, length) ||
      !part.ParseFromArray(raw.data() + prefix, static_cast<int>(length)))
    return wrong();
  ended_ = part.has_end();
  if (ended_)
    before_end_ = hash_.finish();
  else
    hash_.add(raw);
  offset_ += raw.size();
  return part;
}

}  // namespace noroshi::admin
