#include "hub/journal/new_file.hpp"

#include <fcntl.h>
#include <fmt/core.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace noroshi::journal {
namespace {

tl::unexpected<Error> failed(const char* what, const std::filesystem::path& path, int number) {
  return failure(ErrorCode::io, fmt::format("cannot {} {}: {}", what, path.string(),
                                            std::generic_category().message(number)));
}

Result<void> sync(const std::filesystem::path& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return failed("open", path, errno);
  const int number = ::fsync(descriptor) == 0 ? 0 : errno;
  ::close(descriptor);
  if (number != 0) return failed("sync", path, number);
  return {};
}

}  // namespace

std::filesystem::path draft_of(const std::filesystem::path& file) {
  std::filesystem::path draft = file;
  draft += ".new";
  return draft;
}

Result<void> begin_draft(const std::filesystem::path& file) {
  const std::filesystem::path draft = draft_of(file);
  for (const char* suffix : {"", "-wal", "-journal"}) {
    std::filesystem::path stale = draft;
    stale += suffix;
    std::error_code ignored;  // what cannot be removed is met by open
    std::filesystem::remove(stale, ignored);
  }
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return failed("create", draft, errno);
  ::close(descriptor);
  return {};
}

Result<void> publish_draft(const std::filesystem::path& file) {
  const std::filesystem::path draft = draft_of(file);
  if (auto synced = sync(draft, O_RDONLY); !synced) return synced;
  // A link, because a rename would replace what is there.
  if (::link(draft.c_str(), file.c_str()) != 0) {
    if (errno == EEXIST) return failure(ErrorCode::conflict, file.string() + " exists");
    return failed("create", file, errno);
  }
  if (::unlink(draft.c_str()) != 0) return failed("remove", draft, errno);
  return sync_directory_of(file);
}

Result<void> sync_directory_of(const std::filesystem::path& file) {
  const std::filesystem::path directory = file.parent_path();
  return sync(directory.empty() ? "." : directory, O_RDONLY | O_DIRECTORY);
}

}  // namespace noroshi::journal
