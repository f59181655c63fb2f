#include "hub/admin/audit_key.hpp"

#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <string>

#include "hub/admin/staged_file.hpp"
#include "proto/merkle/base64.hpp"

namespace noroshi::admin {
namespace {

constexpr mode_t private_file = 0600;
constexpr mode_t public_file = 0644;
constexpr mode_t for_others = 077;
using Seed = std::array<std::uint8_t, 32>;

Result<merkle::NoteSigner> make_key(const DataDirectory& directory, const std::string& name) {
  auto signer = merkle::NoteSigner::make(name);
  if (!signer) return signer;
  const auto seed = signer->seed();
  const auto text = merkle::base64({reinterpret_cast<const char*>(seed.data()), seed.size()});
  if (auto written = write_durably(directory.audit_key(), text + "\n", private_file); !written)
    return tl::unexpected(written.error());
  return signer;
}

Result<merkle::NoteSigner> read_key(const std::filesystem::path& file, const std::string& name) {
  const auto wrong = [&](const char* what) {
    return failure(ErrorCode::configuration, file.string() + ": " + what);
  };
  struct stat status {};
  if (::stat(file.c_str(), &status) != 0 || (status.st_mode & for_others) != 0)
    return wrong("others may read it; chmod 600");
  std::string line;
  std::getline(std::ifstream(file), line);
  const auto bytes = merkle::from_base64(line);
  Seed seed{};
  if (!bytes || bytes->size() != seed.size()) return wrong("not 32 bytes in base64");
  std::copy(bytes->begin(), bytes->end(), seed.begin());
  return merkle::NoteSigner::of(name, seed);
}

bool says(const std::filesystem::path& file, const std::string& line) {
  std::string found;
  std::getline(std::ifstream(file), found);
  return found == line;
}

}  // namespace

Result<merkle::NoteSigner> audit_key(const DataDirectory& directory, std::uint64_t epoch) {
  const auto name = "noroshi/" + std::to_string(epoch);
  std::error_code ignored;  // what cannot be looked at cannot be read or made either
  const bool there = std::filesystem::exists(directory.audit_key(), ignored);
  auto signer = there ? read_key(directory.audit_key(), name) : make_key(directory, name);
  if (!signer) return signer;
  const auto verifier = signer->verifier().text();
  if (says(directory.audit_verifier(), verifier)) return signer;
  if (auto told = write_durably(directory.audit_verifier(), verifier + "\n", public_file); !told)
    return tl::unexpected(told.error());
  return signer;
}

Result<merkle::NoteSigner> audit_key_of(const DataDirectory& directory) {
  std::string line;
  std::getline(std::ifstream(directory.audit_verifier()), line);
  const auto verifier = merkle::NoteVerifier::read(line);
  if (!verifier) return tl::unexpected(verifier.error());
  return read_key(directory.audit_key(), verifier->name);
}

}  // namespace noroshi::admin
