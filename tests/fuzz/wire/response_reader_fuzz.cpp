// Whatever a server answers, in pieces or whole, the response reader says the same about it.
#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>

#include "proto/wire/http.hpp"

namespace {

using namespace noroshi::wire;

constexpr std::size_t body_bytes_max = 1000;

std::string read_all(std::span<const std::byte> bytes, std::size_t piece) {
  ResponseReader reader(body_bytes_max);
  std::string story;
  while (!bytes.empty()) {
    const auto taken = reader.feed(bytes.first(std::min(piece, bytes.size())));
    if (!taken) return story + "failed";
    bytes = bytes.subspan(*taken);
    if (reader.complete()) {
      const bool closes = reader.closes();
      const Response response = reader.take();
      if (response.body.size() > body_bytes_max) std::abort();
      story +=
          std::to_string(response.status) + ' ' + response.body + (closes ? " closes\n" : "\n");
      if (response.status == 101) return story;  // the bytes behind it are another protocol's
    } else if (*taken == 0) {
      std::abort();
    }
  }
  return story;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  if (read_all(bytes, std::max<std::size_t>(size, 1)) != read_all(bytes, 1)) std::abort();
  return 0;
}
