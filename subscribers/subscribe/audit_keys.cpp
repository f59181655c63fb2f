#include "subscribers/subscribe/audit_keys.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>

#include "subscribers/client/durable_file.hpp"

namespace noroshi::subscribers {

Result<merkle::NoteVerifier> audit_key_of(const std::string& typed) {
  auto key = merkle::NoteVerifier::read(typed);
  if (key || std::count(typed.begin(), typed.end(), '+') >= 2) return key;
  std::ifstream file(typed);
  std::string line;
  if (!std::getline(file, line))
    return failure(ErrorCode::invalid, "neither a key nor a file that can be read");
  return merkle::NoteVerifier::read(line);
}

Result<std::shared_ptr<const merkle::Cosigner>> read_cosigner(const std::filesystem::path& file) {
  const auto wrong = [](const std::string& why) { return failure(ErrorCode::configuration, why); };
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0) return wrong(std::strerror(errno));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) return wrong("others may read it; chmod 600");
  std::string line;
  std::getline(std::ifstream(file), line);
  auto cosigner = merkle::Cosigner::read(line);
  if (!cosigner) return wrong(cosigner.error().detail);
  return std::make_shared<const merkle::Cosigner>(*std::move(cosigner));
}

Result<merkle::WitnessKey> make_cosigner(const std::string& name,
                                         const std::filesystem::path& file) {
  const auto cosigner = merkle::Cosigner::make(name);
  if (!cosigner) return tl::unexpected(cosigner.error());
  const auto failed = [&file](ErrorCode code) {
    return failure(code, file.string() + ": " + std::strerror(errno));
  };
  const int descriptor =
      ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, S_IRUSR | S_IWUSR);
  if (descriptor < 0) return failed(errno == EEXIST ? ErrorCode::conflict : ErrorCode::io);
  const auto text = cosigner->secret() + "\n";
  const bool written =
      ::write(descriptor, text.data(), text.size()) == static_cast<ssize_t>(text.size()) &&
      ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written) return failed(ErrorCode::io);
  const auto folder = file.parent_path();
  if (auto kept = sync_folder(folder.empty() ? "." : folder); !kept)
    return tl::unexpected(kept.error());
  return cosigner->key();
}

}  // namespace noroshi::subscribers
