#include "hub/webhook/signature.hpp"

#include <gtest/gtest.h>

namespace noroshi::webhook {
namespace {

struct Vector {
  std::string name;
  std::string secret;
  std::string id;
  std::int64_t timestamp_s;
  std::string body;
  std::string signature;
};
// The first is published with the specification (standardwebhooks.com) and in its reference
// libraries; the others are computed with Python's hmac.
const Vector vectors[] = {
    {"Published", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek",
     1614265330, R"({"test": 2432232314})", "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="},
    {"EmptyBody", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "7-12", 0, "",
     "v1,qwtdAI1W7bJCsbEoUXYEyqwv2n+haL1D7KuM0KfjkEc="},
    {"Japanese", "whsec_AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=", "7-13", 1795392000,
     "避難指示", "v1,AVjdJ8hdHDyy4LZiROz/dBqKVRMnbz9mJzNMYAJ7cdc="},
};

TEST(Signature, IsThePublishedOne) {
  for (const auto& vector : vectors) {
    SCOPED_TRACE(vector.name);
    const auto secret = read_secret(vector.secret);
    ASSERT_TRUE(secret);
    EXPECT_EQ(sign(std::vector{*secret}, vector.id, vector.timestamp_s, vector.body),
              vector.signature);
    EXPECT_EQ(secret_text(*secret), vector.secret);
  }
}

TEST(Signature, OfTwoSecretsIsTwoTheNewestFirst) {
  const auto one = make_secret();
  const auto other = make_secret();
  EXPECT_EQ(sign(std::vector{one, other}, "a", 1, "b"),
            sign(std::vector{one}, "a", 1, "b") + " " + sign(std::vector{other}, "a", 1, "b"));
}

TEST(Signature, ChangesWithEveryPart) {
  const std::vector secrets{make_secret()};
  const auto whole = sign(secrets, "a", 1, "b");
  EXPECT_NE(sign(secrets, "c", 1, "b"), whole);
  EXPECT_NE(sign(secrets, "a", 2, "b"), whole);
  EXPECT_NE(sign(secrets, "a", 1, "c"), whole);
  EXPECT_NE(sign(std::vector{make_secret()}, "a", 1, "b"), whole);
}

std::string text_of(std::size_t bytes) { return secret_text(std::string(bytes, 'k')); }

TEST(Secret, HasTwentyFourToSixtyFourBytes) {
  EXPECT_FALSE(read_secret(text_of(23)));
  EXPECT_TRUE(read_secret(text_of(24)));
  EXPECT_TRUE(read_secret(text_of(25)));
  EXPECT_TRUE(read_secret(text_of(64)));
  EXPECT_FALSE(read_secret(text_of(65)));
}

TEST(Secret, IsWrittenInOneWayOnly) {
  EXPECT_FALSE(read_secret(""));
  EXPECT_FALSE(read_secret("whsec_"));
  EXPECT_FALSE(read_secret("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
  EXPECT_FALSE(read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaS*"));
  EXPECT_FALSE(read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw=="));
  EXPECT_FALSE(read_secret("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n"));
}

TEST(Secret, ThatIsMadeIsReadAndNeverTheSame) {
  const auto secret = make_secret();
  EXPECT_EQ(read_secret(secret_text(secret)), secret);
  EXPECT_NE(make_secret(), secret);
}

TEST(Secret, SealedComesBackAndIsSaltedAnew) {
  const std::vector secrets{make_secret(), make_secret()};
  EXPECT_EQ(unseal(seal(secrets)), secrets);
  EXPECT_NE(seal(secrets), seal(secrets));
  EXPECT_TRUE(unseal("").empty());
  EXPECT_TRUE(unseal("too short").empty());
}

}  // namespace
}  // namespace noroshi::webhook
