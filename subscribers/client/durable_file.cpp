#include "subscribers/client/durable_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace noroshi::subscribers {

namespace {

class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const { return number_; }

 private:
  int number_;
};

tl::unexpected<Error> io_failure(const std::filesystem::path& path) {
  return failure(ErrorCode::io, path.string() + ": " + std::strerror(errno));
}

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const auto written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

Result<void> make_one(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), 0777) == 0) {
    const auto above = folder.parent_path();
    return sync_folder(above.empty() ? std::filesystem::path(".") : above);
  }
  if (errno != EEXIST) return io_failure(folder);
  std::error_code error;
  if (std::filesystem::is_directory(folder, error)) return {};
  errno = ENOTDIR;
  return io_failure(folder);
}

}  // namespace

Result<void> write_durably(const std::filesystem::path& path, std::string_view bytes) {
  const auto temporary = path.parent_path() / ("." + path.filename().string() + ".part");
  const auto fail = [&temporary] {
    auto failed = io_failure(temporary);
    ::unlink(temporary.c_str());
    return failed;
  };
  ::unlink(temporary.c_str());  // of a crash, or of somebody who wants us to write elsewhere
  const Descriptor file(
      ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0644));
  if (file.number() < 0) return io_failure(temporary);
  if (!write_all(file.number(), bytes) || ::fsync(file.number()) != 0) return fail();
  if (std::rename(temporary.c_str(), path.c_str()) != 0) return fail();
  return {};
}

Result<void> sync_folder(const std::filesystem::path& folder) {
  const Descriptor directory(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (directory.number() < 0 || ::fsync(directory.number()) != 0) return io_failure(folder);
  return {};
}

Result<void> make_folder(const std::filesystem::path& folder) {
  if (!folder.has_filename() && folder.parent_path() != folder)
    return make_folder(folder.parent_path());  // written with a slash at its end
  const auto above = folder.parent_path();
  std::error_code error;
  if (!above.empty() && !std::filesystem::exists(above, error))
    if (auto made = make_folder(above); !made) return made;
  return make_one(folder);
}

void remove_temporaries(const std::filesystem::path& folder) {
  std::error_code error;
  for (std::filesystem::directory_iterator file(folder, error), end; !error && file != end;
       file.increment(error)) {
    const auto name = file->path().filename().string();
    std::error_code ignored;  // one that stays is written over
    if (name.starts_with('.') && name.ends_with(".part"))
      std::filesystem::remove(file->path(), ignored);
  }
}

}  // namespace noroshi::subscribers
