#include <gtest/gtest.h>

#include "tests/unit/proto/wire/fuzz_seeds.hpp"

namespace noroshi::wire::testing {
namespace {

TEST(RequestReaderFuzz, HoldsAroundItsSeeds) {
  fuzz_around(
      {"GET / HTTP/1.1\r\nHost: hub.test\r\n\r\n",
       "POST /v1/alerts?draft=%31 HTTP/1.1\r\nHost: [::1]:8443\r\nContent-Length: 5\r\n"
       "Expect: 100-continue\r\n\r\nhello",
       "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       "PUT /%E7%81%AB/..%2f HTTP/1.1\r\nhost:h\r\ncontent-length: 05\r\nA: b\r\n c\r\n\r\n",
       "GET /a?b=c&d HTTP/1.0\r\n\r\n"},
      20'000);
}

}  // namespace
}  // namespace noroshi::wire::testing
