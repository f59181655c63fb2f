// Whatever a peer sends, in pieces or whole, the request reader says the same about it.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "proto/wire/http.hpp"

namespace {

using namespace noroshi::wire;

struct Reading {
  std::string story;
  std::size_t taken = 0;
};

// Everything the reader says about `bytes`, fed in pieces of `piece` bytes.
Reading read_all(std::span<const std::byte> bytes, std::size_t piece) {
  RequestLimits limits;
  limits.body_bytes_max = 1000;
  RequestReader reader(limits);
  Reading reading;
  while (reading.taken < bytes.size()) {
    const auto rest = bytes.subspan(reading.taken);
    const std::size_t taken = reader.feed(rest.first(std::min(piece, rest.size())));
    reading.taken += taken;
    if (reader.state() == RequestReader::State::failed) {
      reading.story += "failed " + std::to_string(reader.error().status) + reader.error().detail;
      return reading;
    }
    if (reader.state() == RequestReader::State::complete) {
      const Request request = reader.take();
      // The gate's promises, whatever came in.
      if (request.path.empty() || request.path.front() != '/') std::abort();
      if (request.body.size() > limits.body_bytes_max) std::abort();
      if (find(request.fields, "Transfer-Encoding") || !find(request.fields, "Host")) std::abort();
      reading.story += request.method + ' ' + request.target + ' ' + request.body + '\n';
    } else if (taken == 0) {
      std::abort();
    }
  }
  return reading;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto bytes = std::as_bytes(std::span(data, size));
  const Reading whole = read_all(bytes, size);
  const Reading singly = read_all(bytes, 1);
  if (whole.story != singly.story || whole.taken != singly.taken) std::abort();
  return 0;
}
