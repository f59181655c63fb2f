#include "hub/admin/administer.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/admin/exit_code.hpp"
#include "hub/admin/token.hpp"
#include "hub/admission/alert_judge.hpp"
#include "hub/journal/journal.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using Subject = AdminRequest::Subject;
using testing::ElementsAre;
using testing::HasSubstr;

std::string hex(const journal::Hash& hash) {
  std::string text;
  for (const auto byte : hash) text += fmt::format("{:02x}", byte);
  return text;
}

AdminRequest request(Subject subject, Action action, std::string id) {
  AdminRequest request;
  request.subject = subject;
  request.action = action;
  request.id = std::move(id);
  return request;
}

// Adds with a token made of `secret`.
AdminRequest add_publisher(std::string code, const std::string& secret = "secret") {
  auto add = request(Subject::publisher, Action::add, std::move(code));
  add.name = "徳島市";
  add.senders = {"city.tokushima.lg.jp"};
  add.token_sha256 = hex(journal::content_hash(secret));
  return add;
}

AdminRequest add_subscriber(std::string id, const std::string& secret = "secret") {
  auto add = request(Subject::subscriber, Action::add, std::move(id));
  add.name = "デモテレビ";
  add.areas = {"36"};
  add.token_sha256 = hex(journal::content_hash(secret));
  return add;
}

// Carries requests out over a real log that lives as long as the test.
class AdministerTest : public testing::Test {
 protected:
  AdminAnswer carry_out(const AdminRequest& request) {
    auto [proposals, answer] = administer(request, judge_.registry());
    if (proposals.empty()) return answer;
    const auto outcomes = log_->append(proposals);
    EXPECT_TRUE(outcomes);
    return conclude(answer, *outcomes, request.language);
  }
  const registry::Registry& registry() { return judge_.registry(); }

  admission::AlertJudge judge_;
  std::unique_ptr<journal::Journal> log_ =
      journal::open_memory(1, "training", judge_, [] { return std::int64_t{1}; });
};

TEST_F(AdministerTest, AddRegistersAPublisherForItsOwnAreaWithItsToken) {
  const auto answer = carry_out(add_publisher("362018"));
  EXPECT_EQ(answer.exit_code, exit_code::ok) << answer.note;
  EXPECT_EQ(answer.note, "registered publisher 362018 徳島市");
  EXPECT_EQ(answer.json,
            "{\"code\":\"362018\",\"name\":\"徳島市\",\"senders\":[\"city.tokushima.lg.jp\"],"
            "\"areas\":[\"362018\"],\"events\":[],\"territory\":false,"
            "\"districts\":{\"registered\":0,\"drawn\":0},\"proxies\":[],"
            "\"profile_required\":false,\"two_people\":false,\"signature_required\":false,"
            "\"signing_keys\":[],\"deadlines\":{},\"suspended\":false}\n");
  const auto* publisher = registry().publisher("362018");
  ASSERT_NE(publisher, nullptr);
  EXPECT_THAT(publisher->areas, ElementsAre("362018"));
  ASSERT_TRUE(registry().principal_of("secret"));
  EXPECT_EQ(registry().principal_of("secret")->id, "362018");
}

TEST_F(AdministerTest, AddCompletesFiveDigitsAndTakesAPrefectureForAllOfIt) {
  EXPECT_EQ(carry_out(add_publisher("36201")).exit_code, exit_code::ok);
  EXPECT_NE(registry().publisher("362018"), nullptr);
  EXPECT_EQ(carry_out(add_publisher("360007", "other")).exit_code, exit_code::ok);
  EXPECT_THAT(registry().publisher("360007")->areas, ElementsAre("36"));
}

TEST_F(AdministerTest, AddOfARelayNeedsItsAreas) {
  auto relay = add_publisher("relay-east");
  EXPECT_EQ(carry_out(relay).exit_code, exit_code::usage);
  relay.areas = {"*"};
  EXPECT_EQ(carry_out(relay).exit_code, exit_code::ok);
  EXPECT_TRUE(registry().publisher("relay-east")->may_speak_for("131016"));
}

TEST_F(AdministerTest, AddWithoutSenderRegistersAndSaysWhatIsMissing) {
  auto add = add_publisher("362018");
  add.senders.reset();
  const auto answer = carry_out(add);
  EXPECT_EQ(answer.exit_code, exit_code::ok);
  EXPECT_THAT(answer.note, HasSubstr("auth.sender"));
  EXPECT_FALSE(registry().publisher("362018")->may_send_as("city.tokushima.lg.jp"));
}

TEST_F(AdministerTest, AddOfWhatIsThereIsAConflictAndChangesNothing) {
  carry_out(add_publisher("362018"));
  carry_out(add_subscriber("demo-tv"));
  const auto head = log_->head().sequence;
  EXPECT_EQ(carry_out(add_publisher("362018", "new")).exit_code, exit_code::conflict);
  EXPECT_EQ(carry_out(add_subscriber("demo-tv", "new")).exit_code, exit_code::conflict);
  EXPECT_EQ(log_->head().sequence, head);
  EXPECT_FALSE(registry().principal_of("new"));
}

TEST_F(AdministerTest, AddRegistersASubscriberWithAllItAskedFor) {
  auto add = add_subscriber("demo-tv");
  add.areas = {"36", "27140", "36"};
  add.events = {"evac", "tsunami"};
  add.min_level = 3;
  add.outlets = {"stream", "webhook"};
  const auto answer = carry_out(add);
  ASSERT_EQ(answer.exit_code, exit_code::ok) << answer.note;
  const auto* subscriber = registry().subscriber("demo-tv");
  ASSERT_NE(subscriber, nullptr);
  EXPECT_THAT(subscriber->current().areas, ElementsAre("36", "271403"));
  EXPECT_THAT(subscriber->current().events, ElementsAre("evac", "tsunami"));
  EXPECT_EQ(subscriber->current().min_level, 3U);
  EXPECT_THAT(subscriber->outlets, ElementsAre("stream", "webhook"));
}

// A square of two degrees, as territory_from() gives it.
constexpr auto square_digits =
    "01030000000100000005000000000000000000404000000000000040400000000000004140000000"
    "00000040400000000000004140000000000000414000000000000040400000000000004140000000"
    "00000040400000000000004040";

TEST_F(AdministerTest, APolygonAndALanguageStayUntilTheyAreChanged) {
  auto add = add_subscriber("demo-tv");
  add.polygon = square_digits;
  add.texts_language = "JA-jp";
  ASSERT_EQ(carry_out(add).exit_code, exit_code::ok);
  const auto polygon = registry().subscriber("demo-tv")->polygon;
  ASSERT_NE(polygon, nullptr);
  EXPECT_EQ(registry().subscriber("demo-tv")->language, "ja-JP");
  EXPECT_EQ(registry().polygons().size(), 1U);
  auto set = request(Subject::subscriber, Action::set, "demo-tv");
  set.min_level = 3;
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);
  ASSERT_NE(registry().subscriber("demo-tv")->polygon, nullptr);
  EXPECT_EQ(*registry().subscriber("demo-tv")->polygon, *polygon);
  EXPECT_EQ(registry().subscriber("demo-tv")->language, "ja-JP");
  const auto shown = carry_out(request(Subject::subscriber, Action::show, "demo-tv"));
  EXPECT_THAT(shown.json, HasSubstr("\"points\":5"));
  EXPECT_THAT(shown.data, HasSubstr("5 points"));
  set.polygon = "";
  set.texts_language = "*";
  ASSERT_EQ(carry_out(set).exit_code, exit_code::ok);
  EXPECT_EQ(registry().subscriber("demo-tv")->polygon, nullptr);
  EXPECT_EQ(registry().subscriber("demo-tv")->language, "");
  EXPECT_TRUE(registry().polygons().empty());
}

struct BadCase {
  std::string name;
  AdminRequest request;
  int exit_code;
  std::string words;
};

AdminRequest with(AdminRequest request, void (*change)(AdminRequest&)) {
  change(request);
  return request;
}

class AdministerRefuses : public AdministerTest, public testing::WithParamInterface<BadCase> {};

TEST_P(AdministerRefuses, AndSaysWhy) {
  const auto& [name, bad, code, words] = GetParam();
  const auto head = log_->head().sequence;
  const auto answer = carry_out(bad);
  EXPECT_EQ(answer.exit_code, code);
  EXPECT_THAT(answer.note, HasSubstr(words));
  EXPECT_THAT(answer.json, HasSubstr("\"code\":"));
  EXPECT_TRUE(answer.data.empty());
  EXPECT_EQ(log_->head().sequence, head);
}

const BadCase bad_cases[] = {
    {"WrongCheckDigit", add_publisher("362019"), 2,
     "`362019`: the check digit is wrong; 362018 would be right"},
    {"NoSuchPrefecture", add_publisher("992018"), 2, "`992018` is neither"},
    {"IdWithCapitals", add_publisher("Relay"), 2, "`Relay` is neither"},
    {"EscapeInCode", add_publisher("\x1b[2J"), 2, "`[2J` is neither"},
    {"NoName", with(add_publisher("362018"), [](auto& r) { r.name.reset(); }), 2, "--name"},
    {"NameWithLineBreak", with(add_publisher("362018"), [](auto& r) { r.name = "a\nb"; }), 2,
     "control characters"},
    {"SenderWithBlank", with(add_publisher("362018"), [](auto& r) { r.senders = {"a b"}; }), 2,
     "`a b` is not a CAP sender"},
    {"AreaCheckDigit",
     with(add_subscriber("tv"),
          [](auto& r) {
            r.areas = {"36", "362019"};
          }),
     2, "362018 would be right"},
    {"AreaWord", with(add_subscriber("tv"), [](auto& r) { r.areas = {"Tokushima"}; }), 2,
     "`Tokushima` is not an area"},
    {"AreaPrefecture48", with(add_subscriber("tv"), [](auto& r) { r.areas = {"48"}; }), 2,
     "`48` is not an area"},
    {"NoAreas", with(add_subscriber("tv"), [](auto& r) { r.areas.reset(); }), 2, "--areas"},
    {"EmptyArea", with(add_subscriber("tv"), [](auto& r) { r.areas = {std::string()}; }), 2,
     "not an area"},
    {"LevelSix", with(add_subscriber("tv"), [](auto& r) { r.min_level = 6; }), 2, "`6`"},
    {"Outlet", with(add_subscriber("tv"), [](auto& r) { r.outlets = {"fax"}; }), 2,
     "`fax` is not an outlet; there are: stream"},
    {"PolygonOfOtherBytes", with(add_subscriber("tv"), [](auto& r) { r.polygon = "0103"; }), 2,
     "cannot be used as a territory"},
    {"LanguageInWords", with(add_subscriber("tv"), [](auto& r) { r.texts_language = "japanese"; }),
     2, "`japanese` is not a language tag"},
    {"LanguageEndsInAHyphen", with(add_subscriber("tv"), [](auto& r) { r.texts_language = "ja-"; }),
     2, "`ja-` is not"},
    {"LanguageOfNothing", with(add_subscriber("tv"), [](auto& r) { r.texts_language = ""; }), 2,
     "language tag"},
    {"Event", with(add_subscriber("tv"), [](auto& r) { r.events = {"Evac!"}; }), 2, "`Evac!`"},
    {"SubscriberId", add_subscriber("demo_tv"), 2, "`demo_tv` is not a subscriber id"},
    {"NoTokenHash", with(add_subscriber("tv"), [](auto& r) { r.token_sha256 = "00"; }), 2,
     "token_sha256"},
    {"UnknownPublisher", request(Subject::publisher, Action::show, "362018"), 5,
     "publisher 362018 is not registered"},
    {"UnknownSubscriber", request(Subject::subscriber, Action::suspend, "tv"), 5,
     "subscriber tv is not registered"},
    {"NoSubject", request(Subject::hub, Action::list, ""), 2, "malformed"},
};

INSTANTIATE_TEST_SUITE_P(Table, AdministerRefuses, testing::ValuesIn(bad_cases),
                         [](const auto& instance) { return instance.param.name; });

TEST_F(AdministerTest, SuspendAndResumeAreSeenByTheRegistryAndRepeatable) {
  carry_out(add_publisher("362018"));
  const auto principal = *registry().principal_of("secret");
  auto suspend = request(Subject::publisher, Action::suspend, "362018");
  suspend.reason = "lost token";
  EXPECT_THAT(carry_out(suspend).json, HasSubstr("\"suspended\":true"));
  EXPECT_TRUE(registry().suspended(principal));
  const auto head = log_->head().sequence;
  EXPECT_EQ(carry_out(suspend).exit_code, exit_code::ok);
  EXPECT_EQ(log_->head().sequence, head);
  const auto stored = log_->read(head - 1, {});
  EXPECT_EQ((*stored)[0]->entry.body().publisher_registered().reason(), "lost token");
  EXPECT_EQ(carry_out(request(Subject::publisher, Action::resume, "362018")).exit_code, 0);
  EXPECT_FALSE(registry().suspended(principal));
  EXPECT_TRUE(registry().publisher("362018")->may_send_as("city.tokushima.lg.jp"));
}

TEST_F(AdministerTest, SetChangesOnlyWhatIsGiven) {
  carry_out(add_subscriber("demo-tv"));
  auto set = request(Subject::subscriber, Action::set, "demo-tv");
  EXPECT_EQ(carry_out(set).exit_code, exit_code::usage);
  set.min_level = 4;
  EXPECT_EQ(carry_out(set).exit_code, exit_code::ok);
  const auto* subscriber = registry().subscriber("demo-tv");
  EXPECT_EQ(subscriber->current().min_level, 4U);
  EXPECT_THAT(subscriber->current().areas, ElementsAre("36"));
  EXPECT_EQ(subscriber->name, "デモテレビ");
  EXPECT_TRUE(registry().principal_of("secret"));
}

TEST_F(AdministerTest, ANewTokenInvalidatesTheOldOne) {
  carry_out(add_subscriber("demo-tv", "old"));
  auto renew = request(Subject::subscriber, Action::token, "demo-tv");
  renew.token_sha256 = hex(journal::content_hash("new"));
  EXPECT_EQ(carry_out(renew).exit_code, exit_code::ok);
  EXPECT_FALSE(registry().principal_of("old"));
  ASSERT_TRUE(registry().principal_of("new"));
  EXPECT_EQ(registry().principal_of("new")->id, "demo-tv");
}

TEST_F(AdministerTest, ListAndShowTellWhatIsRegistered) {
  const auto list = request(Subject::publisher, Action::list, "");
  EXPECT_EQ(carry_out(list).note, "none registered");
  carry_out(add_publisher("362018"));
  EXPECT_EQ(carry_out(list).data, "362018\t徳島市\t362018\tactive\t-\n");
  auto show = request(Subject::publisher, Action::show, "362018");
  show.language = Language::japanese;
  EXPECT_THAT(carry_out(show).data, HasSubstr("状態: 有効"));
}

TEST(Conclude, PassesTheAnswerOnOnlyWhenAllIsCommitted) {
  const AdminAnswer good{0, "", "done", "{}\n"};
  const journal::Outcome committed = journal::Committed{};
  const std::vector<journal::Outcome> all{committed, committed};
  EXPECT_EQ(conclude(good, all, Language::english), good);
  const std::vector<journal::Outcome> unsure{committed, journal::Unknown{"disk"}};
  EXPECT_EQ(conclude(good, unsure, Language::english).exit_code, exit_code::failed);
  const std::vector<journal::Outcome> refused{committed, journal::Refused{"no", "way", {}, {}}};
  EXPECT_EQ(conclude(good, refused, Language::english).exit_code, exit_code::refused);
}

TEST(StatusAnswer, ShowsNestedValuesAsLinesWithoutControlCharacters) {
  const auto answer =
      status_answer(R"({"head":12,"doors":{"url":"https://x\u001b[2J"},"l":[1,2]})");
  EXPECT_EQ(answer.data, "head: 12\ndoors.url: https://x[2J\nl: [1,2]\n");
  EXPECT_THAT(answer.json, testing::EndsWith("}\n"));
}

}  // namespace
}  // namespace noroshi::admin
