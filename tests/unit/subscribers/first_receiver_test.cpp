// The example of ops/docs/receiving.md is what is compiled, and does what the page says.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/unit/publishers/program.hpp"
#include "tests/unit/subscribers/stream_server.hpp"

namespace noroshi::subscribers {
namespace {

namespace fs = std::filesystem;
using testing::Caller;
using ::testing::HasSubstr;
using testing::StreamServer;

std::string content(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

TEST(FirstReceiver, IsOnThePage) {
  const fs::path source = NOROSHI_SOURCE_DIR;
  EXPECT_THAT(content(source / "ops/docs/receiving.md"),
              HasSubstr("```cpp\n" + content(source / "tests/unit/subscribers/first_receiver.cpp") +
                        "```"));
}

TEST(FirstReceiver, StoresAnAlertAndSaysWhatStands) {
  boost::asio::io_context context;
  StreamServer server(context, [](Caller& caller, const v1::Hello&, int) {
    caller.welcome(7, 10, 11);
    caller.deliver(11, "<first/>");
  });
  const auto token = server.scratch() / "token";
  std::ofstream(token) << "secret\n";
  fs::permissions(token, fs::perms::owner_read | fs::perms::owner_write);
  const auto folder = server.scratch() / "alerts";
  std::thread serving([&context] { context.run(); });
  const auto ran =
      noroshi::testing::run_program({NOROSHI_FIRST_RECEIVER, "https://127.0.0.1:" + server.port(),
                                     server.ca().string(), token.string(), folder.string()},
                                    "", {});
  context.stop();
  serving.join();
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  EXPECT_EQ(ran.out, "徳島市に避難指示\n");
  EXPECT_EQ(content(folder / "11.xml"), "<first/>");
}

}  // namespace
}  // namespace noroshi::subscribers
