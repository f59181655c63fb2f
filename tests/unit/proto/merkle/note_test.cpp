#include "proto/merkle/note.hpp"

#include <gtest/gtest.h>

namespace noroshi::merkle {
namespace {

constexpr std::array<std::uint8_t, 32> seed{1, 2, 3};
constexpr std::array<std::uint8_t, 32> other_seed{9};

class Notes : public testing::Test {
 protected:
  const NoteSigner signer_ = std::move(*NoteSigner::of("hub.example/7", seed));
  const NoteSigner witness_ = std::move(*NoteSigner::of("tv.example", other_seed));
  const std::string text_ = "狼煙\n\nbehind a blank line\n";
  const std::string note_ = *sign_note(text_, signer_);

  [[nodiscard]] Result<OpenedNote> open(const std::string& note) const {
    return open_note(note, std::array{signer_.verifier(), witness_.verifier()});
  }
};

// The example of Go's golang.org/x/mod/sumdb/note: what it made is opened here.
TEST_F(Notes, OfOthersAreOpened) {
  const auto peter =
      NoteVerifier::read("PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW");
  ASSERT_TRUE(peter) << peter.error().detail;
  const auto opened = open_note(
      "If you think cryptography is the answer to your problem,\n"
      "then you don't know what your problem is.\n"
      "\n"
      "— PeterNeumann "
      "x08go/ZJkuBS9UG/"
      "SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n",
      std::array{*peter});
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->signed_by, std::vector<std::string>{"PeterNeumann"});
}

TEST_F(Notes, SayWhatWasSigned) {
  const auto opened = open(note_);
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->text, text_);
  EXPECT_EQ(opened->signed_by, std::vector<std::string>{"hub.example/7"});
}

TEST_F(Notes, TakeFurtherSignatures) {
  const auto opened = open(note_ + witness_.sign(text_));
  ASSERT_TRUE(opened) << opened.error().detail;
  EXPECT_EQ(opened->signed_by, (std::vector<std::string>{"hub.example/7", "tv.example"}));
}

TEST_F(Notes, SignaturesOfStrangersArePassedOver) {
  const auto stranger = std::move(*NoteSigner::make("stranger"));
  EXPECT_EQ(open(note_ + stranger.sign(text_))->signed_by.size(), 1U);
  EXPECT_EQ(open(*sign_note(text_, stranger)).error().code, ErrorCode::refused);
}

TEST_F(Notes, OneWrongSignatureSpoilsIt) {
  EXPECT_EQ(open(note_ + witness_.sign("another text\n")).error().code, ErrorCode::refused);
}

TEST_F(Notes, AnyFlippedBitIsSeen) {
  for (std::size_t at = 0; at < note_.size(); ++at)
    for (const auto bit : {1, 2, 32}) {
      auto bent = note_;
      bent[at] = static_cast<char>(bent[at] ^ bit);
      const auto opened = open(bent);
      EXPECT_FALSE(opened && opened->text != text_) << at;
      // Only letters of the name or the id may change: then it is a stranger's.
      EXPECT_FALSE(opened) << at << ' ' << bit;
    }
}

TEST_F(Notes, AreTextThatEndsWithANewline) {
  for (const auto* text : {"", "no end", "a\tb\n", "\x80\n", "a\rb\n"})
    EXPECT_EQ(sign_note(text, signer_).error().code, ErrorCode::invalid) << text;
  for (const auto& note : {std::string(), std::string("\n\n"), text_, note_.substr(1, 20),
                           note_.substr(0, note_.size() - 1), note_ + "\n", note_ + "- a b\n"})
    EXPECT_FALSE(open(note)) << note;
}

TEST_F(Notes, HaveAsManySignaturesAsABound) {
  auto many = note_;
  for (int i = 0; i < 100; ++i) many += signer_.sign(text_);
  EXPECT_EQ(open(many).error().code, ErrorCode::invalid);
}

TEST_F(Notes, AreSignedByNamesThatTheyCanCarry) {
  for (const auto* name : {"", "a b", "a+b", "a\nb", "a\xE3\x80\x80z", "a\xC2\xA0z", "\x80"})
    EXPECT_EQ(NoteSigner::make(name).error().code, ErrorCode::invalid) << name;
}

TEST_F(Notes, VerifiersAreReadAsWritten) {
  const auto& verifier = signer_.verifier();
  const auto read = NoteVerifier::read(verifier.text());
  ASSERT_TRUE(read) << read.error().detail;
  EXPECT_EQ(read->key, verifier.key);
  EXPECT_EQ(read->name, verifier.name);
  for (const auto& text :
       {std::string(), std::string("a+b"), "x" + verifier.text(), verifier.text() + "=",
        std::string("PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")})
    EXPECT_FALSE(NoteVerifier::read(text)) << text;
}

TEST_F(Notes, AKeyIsTheSameFromItsSeed) {
  const auto fresh = std::move(*NoteSigner::make("a"));
  const auto again = std::move(*NoteSigner::of("a", fresh.seed()));
  EXPECT_EQ(again.verifier().text(), fresh.verifier().text());
  EXPECT_EQ(again.sign("x\n"), fresh.sign("x\n"));
}

}  // namespace
}  // namespace noroshi::merkle
