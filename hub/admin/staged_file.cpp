#include "hub/admin/staged_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace noroshi::admin {
namespace {

tl::unexpected<Error> system_failure(const std::filesystem::path& path) {
  const int number = errno;
  return failure(ErrorCode::io, path.string() + ": " + std::strerror(number));
}

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }
  [[nodiscard]] bool open() const { return number_ >= 0; }

 private:
  int number_;
};

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::filesystem::path folder_of(const std::filesystem::path& path) {
  const auto parent = path.parent_path();
  return parent.empty() ? std::filesystem::path(".") : parent;
}

}  // namespace

StagedFile::StagedFile(std::filesystem::path draft, std::filesystem::path file)
    : draft_(std::move(draft)), file_(std::move(file)) {}

StagedFile::StagedFile(StagedFile&& other) noexcept
    : draft_(std::move(other.draft_)), file_(std::move(other.file_)) {
  other.draft_.clear();
}

StagedFile::~StagedFile() {
  if (!draft_.empty()) ::unlink(draft_.c_str());
}

Result<StagedFile> StagedFile::prepare(const std::filesystem::path& file, std::string_view bytes,
                                       mode_t mode) {
  auto name = (folder_of(file) / ("." + file.filename().string() + ".XXXXXX")).string();
  const Descriptor descriptor(::mkostemp(name.data(), O_CLOEXEC));  // 0600, never an existing file
  if (!descriptor.open()) return system_failure(file);
  StagedFile staged(name, file);
  if (::fchmod(descriptor.number(), mode) != 0 || !write_all(descriptor.number(), bytes) ||
      ::fsync(descriptor.number()) != 0) {
    return system_failure(file);
  }
  return staged;
}

Result<void> StagedFile::publish() {
  if (::rename(draft_.c_str(), file_.c_str()) != 0) return system_failure(file_);
  draft_.clear();
  return sync_directory(folder_of(file_));
}

Result<void> write_durably(const std::filesystem::path& file, std::string_view bytes, mode_t mode) {
  auto staged = StagedFile::prepare(file, bytes, mode);
  if (!staged) return tl::unexpected<Error>(staged.error());
  return staged->publish();
}

Result<void> make_directory(const std::filesystem::path& directory, mode_t mode) {
  if (::mkdir(directory.c_str(), mode) != 0) return system_failure(directory);
  if (::chmod(directory.c_str(), mode) != 0) return system_failure(directory);  // umask aside
  return sync_directory(folder_of(directory));
}

Result<void> remove_durably(const std::filesystem::path& file) {
  if (::unlink(file.c_str()) != 0) return system_failure(file);
  return sync_directory(folder_of(file));
}

Result<void> sync_directory(const std::filesystem::path& directory) {
  const Descriptor descriptor(::open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!descriptor.open() || ::fsync(descriptor.number()) != 0) return system_failure(directory);
  return {};
}

}  // namespace noroshi::admin
