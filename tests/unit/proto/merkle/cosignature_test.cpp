#include "proto/merkle/cosignature.hpp"

#include <gtest/gtest.h>

#include <array>

namespace noroshi::merkle {
namespace {

// Made with Python's hashlib and the openssl program: seed 0…31, Unix time 1700000000.
constexpr std::string_view key_line =
    "tv.example+43289fe3+BAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";
constexpr std::string_view secret_line =
    "PRIVATE+KEY+tv.example+43289fe3+BAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f";
constexpr std::string_view checkpoint_text =
    "noroshi/7\n3\nICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=\n";
constexpr std::string_view cosigned_line =
    "— tv.example "
    "Qyif4wAAAABlU/EAq1nAq+a/"
    "DBuzwR3LivrlLhx3TvdGjC1exMiKAE3UYrAr7m1bVdfa1Cz8Io0yvUgrhe67dOAtdhdxMYb"
    "WYi+xDQ==\n";
constexpr std::uint64_t when = 1'700'000'000;

class Cosignatures : public testing::Test {
 protected:
  const Cosigner cosigner_ = std::move(*Cosigner::read(secret_line));
  const WitnessKey key_ = *WitnessKey::read(key_line);

  [[nodiscard]] Result<Cosignature> in(const std::string& note) const {
    const auto parts = parts_of(note);
    if (!parts) return tl::unexpected(parts.error());
    return cosignature_in(*parts, std::array{key_});
  }
  static std::string with(std::string_view line) {
    return std::string(checkpoint_text) + "\n" + std::string(line);
  }
};

TEST_F(Cosignatures, AreWhatOthersMake) {
  EXPECT_EQ(cosigner_.cosign(checkpoint_text, when), cosigned_line);
  EXPECT_EQ(cosigner_.key().text(), key_line);
  EXPECT_EQ(cosigner_.secret(), secret_line);
  const auto found = in(with(cosigned_line));
  ASSERT_TRUE(found) << found.error().detail;
  EXPECT_EQ(found->time, when);
  EXPECT_EQ(found->by.name, "tv.example");
  EXPECT_EQ(found->line, cosigned_line);
}

TEST_F(Cosignatures, StandBesideTheSignatureOfTheLog) {
  const auto log = std::move(*NoteSigner::make("noroshi/7"));
  const auto note = *sign_note(checkpoint_text, log) + std::string(cosigned_line);
  EXPECT_TRUE(in(note));
  const auto opened = open_note(note, std::array{log.verifier()});
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->signed_by, std::vector<std::string>{"noroshi/7"});
  EXPECT_EQ(in(*sign_note(checkpoint_text, log)).error().code, ErrorCode::refused);
}

TEST_F(Cosignatures, HoldForOneTextAndOneTime) {
  EXPECT_EQ(in(with(cosigner_.cosign("noroshi/7\n4\n", when))).error().code, ErrorCode::refused);
  auto later = parts_of(with(cosigned_line));
  ASSERT_TRUE(later);
  ++later->signatures.front().signature[7];
  EXPECT_EQ(cosignature_in(*later, std::array{key_}).error().code, ErrorCode::refused);
}

TEST_F(Cosignatures, OfOthersArePassedOver) {
  const auto stranger = std::move(*Cosigner::make("stranger"));
  const auto namesake = std::move(*Cosigner::make("tv.example"));
  const auto theirs =
      stranger.cosign(checkpoint_text, when) + namesake.cosign(checkpoint_text, when);
  EXPECT_EQ(in(with(theirs)).error().code, ErrorCode::refused);
  EXPECT_TRUE(in(with(theirs + std::string(cosigned_line))));
}

TEST_F(Cosignatures, ThatAreTooShortAreWrong) {
  auto parts = parts_of(with(cosigned_line));
  ASSERT_TRUE(parts);
  for (const std::size_t bytes :
       {std::size_t{1}, std::size_t{8}, std::size_t{9}, std::size_t{71}}) {
    auto cut = *parts;
    cut.signatures.front().signature.resize(bytes);
    EXPECT_EQ(cosignature_in(cut, std::array{key_}).error().code, ErrorCode::refused) << bytes;
  }
}

TEST_F(Cosignatures, AreNotSignaturesOfALog) {
  EXPECT_FALSE(NoteVerifier::read(key_line));
  const auto log = std::move(*NoteSigner::make("tv.example"));
  EXPECT_FALSE(WitnessKey::read(log.verifier().text()));
  EXPECT_NE(key_.id(), (NoteVerifier{"tv.example", key_.key}.id()));
}

TEST_F(Cosignatures, KeysAreReadExactly) {
  const std::string secret(secret_line);
  for (const auto& bad :
       {std::string(), secret.substr(0, 20), secret + "\n", secret.substr(12),
        "PRIVATE+KEY+radio" + secret.substr(14), secret.substr(0, secret.size() - 1)})
    EXPECT_FALSE(Cosigner::read(bad)) << bad;
  EXPECT_FALSE(Cosigner::make("with space"));
  const std::string_view with_plus_signs =
      "PRIVATE+KEY+tv.example+002acdd1+BAAA++++++++++++++++++++++++++++++++++++++++";
  EXPECT_TRUE(Cosigner::read(with_plus_signs));
  const auto made = std::move(*Cosigner::make("a"));
  EXPECT_EQ(Cosigner::read(made.secret())->key().text(), made.key().text());
}

}  // namespace
}  // namespace noroshi::merkle
