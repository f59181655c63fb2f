// Keys and certificates made for one test run.
#pragma once

#include <openssl/types.h>

#include <filesystem>
#include <memory>
#include <string>

namespace noroshi::wire::testing {

// A directory that goes away with its owner.
class ScratchDirectory {
 public:
  ScratchDirectory();
  ~ScratchDirectory();
  ScratchDirectory(const ScratchDirectory&) = delete;
  ScratchDirectory& operator=(const ScratchDirectory&) = delete;
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

struct Pem {
  std::filesystem::path certificate;
  std::filesystem::path key;
};

// A certificate authority of its own, valid for a day.
class Authority {
 public:
  Authority(const std::filesystem::path& directory, const std::string& name);

  [[nodiscard]] const std::filesystem::path& certificate() const { return files_.certificate; }
  // `alternative_names` as OpenSSL writes them: "DNS:hub.test,IP:127.0.0.1".
  [[nodiscard]] Pem issue(const std::string& name, const std::string& alternative_names) const;

 private:
  std::filesystem::path directory_;
  std::shared_ptr<EVP_PKEY> key_;
  std::shared_ptr<X509> certificate_;
  Pem files_;
};

}  // namespace noroshi::wire::testing
