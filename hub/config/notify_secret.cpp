#include "hub/config/notify_secret.hpp"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string_view>

#include "hub/webhook/signature.hpp"

namespace noroshi::config {
namespace {

constexpr std::streamsize secret_file_bytes_max = 4096;

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view white = " \t\r\n";
  const auto first = text.find_first_not_of(white);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(white) - first + 1);
}

Result<std::string> checked(const std::string& name, std::string_view text) {
  const auto secret = trimmed(text);
  if (!webhook::read_secret(secret))
    return failure(ErrorCode::configuration, name + ": no whsec_ with base64 of 24 to 64 bytes");
  return std::string(secret);
}

}  // namespace

Result<std::string> secret_of_file(const SecretPlaces& places, const std::string& name) {
  std::ifstream in(places.data / name, std::ios::binary);
  if (!in) return failure(ErrorCode::configuration, name + ": " + std::strerror(errno));
  std::string text(secret_file_bytes_max, '\0');
  in.read(text.data(), secret_file_bytes_max);
  text.resize(static_cast<std::size_t>(in.gcount()));
  return checked(name, text);
}

Result<std::string> secret_of_variable(const SecretPlaces& places, const std::string& name) {
  const auto found = places.environment.find(name);
  if (found == places.environment.end())
    return failure(ErrorCode::configuration, name + ": not set");
  return checked(name, found->second);
}

}  // namespace noroshi::config
