#include "hub/webhook/calls.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <future>

namespace noroshi::webhook {
namespace {

Address address(const std::string& text) { return boost::asio::ip::make_address(text); }

// Calls that end before a connection is made: names are looked up here, and in no other place.
class CallsTest : public ::testing::Test {
 protected:
  Answer call(std::vector<Address> addresses, AddressGuard guard = AddressGuard()) {
    Calls calls({*wire::TlsContext::client(std::nullopt), std::move(guard),
                 [this, addresses = std::move(addresses)](const std::string& host) {
                   ++lookups_;
                   EXPECT_EQ(host, "tv.example.jp");
                   return addresses;
                 }},
                [] { return std::int64_t{1'000'000}; });
    calls.start();
    if (secret_) calls.set_secrets("tv", 1, {make_secret()});
    std::promise<Answer> answered;
    calls.call({"tv",
                *read_url("https://tv.example.jp:1/"),
                "7-1",
                {},
                std::make_shared<const std::string>("body"),
                false},
               [&](Answer answer) { answered.set_value(std::move(answer)); });
    return answered.get_future().get();
  }

  std::atomic<int> lookups_ = 0;
  bool secret_ = true;
};

TEST_F(CallsTest, NeverGoToANameThatLeadsInside) {
  for (const auto& addresses :
       {std::vector{address("127.0.0.1")}, std::vector{address("::1")},
        std::vector{address("1.1.1.1"), address("169.254.169.254")},
        std::vector{address("2606:4700::1111"), address("::ffff:10.0.0.1")}}) {
    lookups_ = 0;
    const auto answer = call(addresses);
    EXPECT_EQ(answer.status, 0);
    EXPECT_NE(answer.detail.find(addresses.back().to_string()), std::string::npos);
    EXPECT_EQ(lookups_, 1);
  }
}

TEST_F(CallsTest, SayWhenThereIsNoAddressAndWhenThereIsNoSecret) {
  EXPECT_EQ(call({}).detail, "the name has no address");
  secret_ = false;
  const AddressGuard guard({*read_network("127.0.0.1")});
  EXPECT_EQ(call({address("127.0.0.1")}, guard).detail, "there is no secret to sign with");
}

TEST_F(CallsTest, LookANameUpOnceAndConnectToWhatWasCheckedAlone) {
  const AddressGuard guard({*read_network("127.0.0.1")});
  const auto answer = call({address("127.0.0.1")}, guard);
  EXPECT_EQ(answer.status, 0);
  EXPECT_TRUE(answer.detail.starts_with("no connection")) << answer.detail;
  EXPECT_EQ(lookups_, 1);
}

}  // namespace
}  // namespace noroshi::webhook
