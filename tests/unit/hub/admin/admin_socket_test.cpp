#include "hub/admin/admin_socket.hpp"

#include <gmock/gmock.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <future>
#include <thread>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/hub_line.hpp"
#include "tests/unit/hub/admin/scratch_directory.hpp"

namespace noroshi::admin {
namespace {

using namespace std::chrono_literals;
namespace asio = boost::asio;
using testing::HasSubstr;

AdminRequest status_request() { return {}; }

// A handler that answers with the id it was asked about.
void echo(const AdminRequest& request, const AdminSocket::Answer& answer) {
  answer({0, request.id, "", ""});
}

class AdminSocketTest : public ScratchDirectory {
 protected:
  void SetUp() override {
    ScratchDirectory::SetUp();
    file_ = scratch_ / "admin.sock";
  }
  void TearDown() override {
    stop();
    ScratchDirectory::TearDown();
  }

  void serve(AdminSocket::Handler handler, std::chrono::milliseconds patience = 10s) {
    auto opened = AdminSocket::open(context_, file_, std::move(handler), patience);
    ASSERT_TRUE(opened) << opened.error().detail;
    socket_ = std::move(*opened);
    thread_ = std::thread([this] { context_.run(); });
  }
  void stop() {
    asio::post(context_, [this] { socket_.reset(); });
    work_.reset();
    if (thread_.joinable()) {
      thread_.join();
    } else {
      context_.run();
    }
  }

  // A bare connection; what is sent is `bytes`, what comes back until the hub closes is returned.
  std::string talk(std::string_view bytes) const {
    const int line = ::socket(AF_UNIX, SOCK_STREAM, 0);
    sockaddr_un to{};
    to.sun_family = AF_UNIX;
    file_.string().copy(to.sun_path, sizeof to.sun_path - 1);
    EXPECT_EQ(::connect(line, reinterpret_cast<sockaddr*>(&to), sizeof to), 0);
    while (!bytes.empty()) {
      const auto sent = ::send(line, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) break;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    std::string received;
    char piece[4096];
    for (ssize_t got = 0; (got = ::recv(line, piece, sizeof piece, 0)) > 0;) {
      received.append(piece, static_cast<std::size_t>(got));
    }
    ::close(line);
    return received;
  }

  std::filesystem::path file_;
  asio::io_context context_;
  asio::executor_work_guard<asio::io_context::executor_type> work_{context_.get_executor()};
  std::unique_ptr<AdminSocket> socket_;
  std::thread thread_;
};

TEST_F(AdminSocketTest, CarriesARequestAndItsAnswer) {
  serve([](AdminRequest request, AdminSocket::Answer answer) {
    answer({5, "名: " + request.id + "\n", std::string(200'000, 'x'), to_json(request)});
  });
  auto request = status_request();
  request.id = "demo-tv";
  const auto answer = ask_hub(file_, request);
  ASSERT_TRUE(answer) << answer.error().detail;
  ASSERT_TRUE(*answer);
  EXPECT_EQ((*answer)->exit_code, 5);
  EXPECT_EQ((*answer)->data, "名: demo-tv\n");
  EXPECT_EQ((*answer)->note.size(), 200'000U);
  EXPECT_EQ(read_request((*answer)->json).value(), request);
}

TEST_F(AdminSocketTest, FileIsTheOwnersAloneAndGoesWithTheHub) {
  serve(echo);
  EXPECT_EQ(mode_of(file_), 0600U);
  stop();
  EXPECT_FALSE(std::filesystem::exists(file_));
}

TEST_F(AdminSocketTest, NoHubIsNotAnError) {
  const auto absent = ask_hub(file_, status_request());
  ASSERT_TRUE(absent);
  EXPECT_FALSE(*absent);
  const auto nowhere = ask_hub(scratch_ / "no" / "such" / "admin.sock", status_request());
  ASSERT_TRUE(nowhere);
  EXPECT_FALSE(*nowhere);
}

TEST_F(AdminSocketTest, TheFileOfADeadHubIsReplaced) {
  const int dead = ::socket(AF_UNIX, SOCK_STREAM, 0);
  sockaddr_un at{};
  at.sun_family = AF_UNIX;
  file_.string().copy(at.sun_path, sizeof at.sun_path - 1);
  ASSERT_EQ(::bind(dead, reinterpret_cast<sockaddr*>(&at), sizeof at), 0);
  ::close(dead);
  const auto silent = ask_hub(file_, status_request());
  ASSERT_TRUE(silent);
  EXPECT_FALSE(*silent);
  serve(echo);
  EXPECT_TRUE(ask_hub(file_, status_request()).value());
}

TEST_F(AdminSocketTest, ALivingHubKeepsItsFile) {
  serve(echo);
  asio::io_context other;
  const auto second = AdminSocket::open(other, file_, echo);
  ASSERT_FALSE(second);
  EXPECT_EQ(second.error().code, ErrorCode::conflict);
  EXPECT_TRUE(ask_hub(file_, status_request()).value());
}

TEST_F(AdminSocketTest, PathsLongerThanASocketAddressWork) {
  const auto deep = scratch_ / std::string(120, 'd');
  std::filesystem::create_directory(deep);
  file_ = deep / "admin.sock";
  serve(echo);
  EXPECT_TRUE(ask_hub(file_, status_request()).value());
}

TEST_F(AdminSocketTest, RequestsAreHandledOneAfterTheOther) {
  std::promise<AdminSocket::Answer> first;
  int asked = 0;
  serve([&](AdminRequest request, AdminSocket::Answer answer) {
    if (++asked == 1) return first.set_value(std::move(answer));
    answer({0, request.id + fmt::format(" asked {}", asked), "", ""});
  });
  auto early = std::async(std::launch::async, [&] { return ask_hub(file_, status_request()); });
  auto answer_first = first.get_future().get();
  auto late = std::async(std::launch::async, [&] { return ask_hub(file_, status_request()); });
  // Round trips through the same thread: the second request has long been read by then.
  for (int i = 0; i < 3; ++i) EXPECT_THAT(talk("garbage\n"), HasSubstr("malformed"));
  asio::post(context_, [&] {
    EXPECT_EQ(asked, 1);
    answer_first({0, "first", "", ""});
  });
  EXPECT_EQ((*early.get().value()).data, "first");
  EXPECT_EQ((*late.get().value()).data, " asked 2");
}

TEST_F(AdminSocketTest, MalformedAndOverlongRequestsAreToldSo) {
  serve(echo);
  EXPECT_THAT(talk("{}x\n"), HasSubstr("malformed"));
  EXPECT_THAT(talk(std::string(request_bytes_max, 'x')),
              HasSubstr(fmt::format("longer than {}", request_bytes_max)));
}

TEST_F(AdminSocketTest, WhoSaysNothingIsClosed) {
  serve(echo, 20ms);
  EXPECT_EQ(talk("{\"action\":"), "");
}

TEST_F(AdminSocketTest, AHubThatKeepsSilentIsReported) {
  AdminSocket::Answer kept;
  serve([&](AdminRequest, AdminSocket::Answer answer) { kept = std::move(answer); });
  const auto answer = ask_hub(file_, status_request(), 30ms);
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  stop();
  kept({0, "", "", ""});  // too late, and harmless
}

TEST_F(AdminSocketTest, AnotherUserIsRefusedEvenWhenTheFileLetsThemIn) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to become somebody else";
  constexpr uid_t nobody = 65534;
  serve(echo);
  std::filesystem::permissions(scratch_, std::filesystem::perms(0755));
  std::filesystem::permissions(file_, std::filesystem::perms(0666));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setresuid(nobody, nobody, nobody) != 0) ::_exit(99);
    const auto answer = ask_hub(file_, status_request());
    ::_exit(answer && *answer ? (*answer)->exit_code : 98);
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), exit_code::refused);
}

TEST_F(AdminSocketTest, AFileThatKeepsUsOutIsSaidToBeThat) {
  if (::geteuid() != 0) GTEST_SKIP() << "needs root to become somebody else";
  constexpr uid_t nobody = 65534;
  serve(echo);
  std::filesystem::permissions(scratch_, std::filesystem::perms(0755));
  const pid_t child = ::fork();
  if (child == 0) {
    if (::setresuid(nobody, nobody, nobody) != 0) ::_exit(99);
    const auto answer = ask_hub(file_, status_request());
    ::_exit(answer ? 98 : exit_code_of(answer.error().code));
  }
  int status = 0;
  ASSERT_EQ(::waitpid(child, &status, 0), child);
  EXPECT_EQ(WEXITSTATUS(status), exit_code::refused);
}

}  // namespace
}  // namespace noroshi::admin
