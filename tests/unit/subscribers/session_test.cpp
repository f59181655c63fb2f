#include "subscribers/client/session.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace noroshi::subscribers {
namespace {

namespace pb = noroshi::v1;

pb::ServerMessage welcome(std::uint64_t epoch, std::uint64_t cursor, std::uint64_t head) {
  pb::ServerMessage message;
  message.mutable_welcome()->set_channel("live");
  message.mutable_welcome()->set_epoch(epoch);
  message.mutable_welcome()->set_cursor(cursor);
  message.mutable_welcome()->set_head(head);
  return message;
}

pb::ServerMessage delivery(std::uint64_t sequence) {
  pb::ServerMessage message;
  message.mutable_delivery()->set_sequence(sequence);
  return message;
}

pb::ServerMessage passed(std::uint64_t sequence) {
  pb::ServerMessage message;
  message.mutable_passed()->set_sequence(sequence);
  return message;
}

pb::ServerMessage heartbeat(std::uint64_t through, std::uint64_t head) {
  pb::ServerMessage message;
  message.mutable_heartbeat()->set_through(through);
  message.mutable_heartbeat()->set_head(head);
  return message;
}

pb::ServerMessage probe(std::uint64_t sequence) {
  pb::ServerMessage message;
  message.mutable_probe()->set_sequence(sequence);
  return message;
}

pb::ServerMessage goodbye(const std::string& code, std::uint32_t retry_after_ms) {
  pb::ServerMessage message;
  message.mutable_goodbye()->set_code(code);
  message.mutable_goodbye()->set_retry_after_ms(retry_after_ms);
  return message;
}

template <class T>
bool is(const Session::Event& event) {
  return std::holds_alternative<T>(event);
}

std::optional<std::uint64_t> acknowledged(Session& session) {
  const auto message = session.acknowledgement();
  return message ? std::optional(message->ack().through()) : std::nullopt;
}

Session with_position(std::uint64_t epoch, std::uint64_t sequence, std::uint32_t window = 256) {
  return Session({.position = Position{epoch, sequence}, .window = window});
}

TEST(Session, BeginsWhereTheHubKnowsItToBe) {
  Session session({});
  const auto hello = session.connected().hello();
  EXPECT_FALSE(hello.has_epoch());
  EXPECT_FALSE(hello.has_resume_after());
  EXPECT_EQ(hello.window(), 256u);
  EXPECT_TRUE(is<Session::Begin>(session.receive(welcome(7, 10, 20))));
  EXPECT_EQ(session.position(), (Position{7, 10}));
}

TEST(Session, TakesNothingOfAnotherChannelThanWasAskedFor) {
  Session live({});
  live.connected();
  auto other = welcome(7, 10, 20);
  other.mutable_welcome()->set_channel("drill:a");
  const auto stopped = live.receive(other);
  ASSERT_TRUE(is<Session::Stop>(stopped));
  EXPECT_EQ(std::get<Session::Stop>(stopped).reason, Session::Stop::Reason::other_channel);

  Session drill({.channel = "drill:a"});
  drill.connected();
  EXPECT_TRUE(is<Session::Begin>(drill.receive(other)));
  auto exercise = delivery(11);
  exercise.mutable_delivery()->mutable_summary()->set_status("Exercise");
  EXPECT_TRUE(is<Session::HandOver>(drill.receive(exercise)));
  auto real = delivery(12);
  real.mutable_delivery()->mutable_summary()->set_status("Actual");
  EXPECT_TRUE(is<Session::Broken>(drill.receive(real)));

  Session again({});
  again.connected();
  again.receive(welcome(7, 10, 20));
  EXPECT_TRUE(is<Session::Broken>(again.receive(exercise)));
  EXPECT_TRUE(is<Session::HandOver>(again.receive(real)));
}

TEST(Session, EndsWithItsDrill) {
  Session session({.channel = "drill:a"});
  session.connected();
  pb::ServerMessage goodbye;
  goodbye.mutable_goodbye()->set_code("drill.closed");
  const auto stopped = session.receive(goodbye);
  ASSERT_TRUE(is<Session::Stop>(stopped));
  EXPECT_EQ(std::get<Session::Stop>(stopped).reason, Session::Stop::Reason::drill_over);
}

TEST(Session, AcknowledgesWhatIsStoredAndNothingBefore) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 20));
  EXPECT_EQ(acknowledged(session), std::nullopt);
  EXPECT_TRUE(is<Session::HandOver>(session.receive(delivery(11))));
  EXPECT_TRUE(is<Session::HandOver>(session.receive(passed(14))));
  EXPECT_TRUE(is<Session::HandOver>(session.receive(delivery(15))));
  EXPECT_EQ(acknowledged(session), std::nullopt);
  session.stored(14);
  EXPECT_EQ(session.outstanding(), 1u);
  EXPECT_EQ(acknowledged(session), 14u);
  EXPECT_EQ(acknowledged(session), std::nullopt);
}

TEST(Session, AnswersEveryHeartbeat) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 20));
  EXPECT_TRUE(is<Session::Ignore>(session.receive(heartbeat(10, 20))));
  EXPECT_EQ(acknowledged(session), 10u);
  session.receive(delivery(15));
  EXPECT_TRUE(is<Session::Ignore>(session.receive(heartbeat(20, 20))));
  EXPECT_EQ(acknowledged(session), 10u) << "15 is not stored";
  session.stored(15);
  EXPECT_EQ(acknowledged(session), 15u);
  EXPECT_TRUE(is<Session::Advance>(session.receive(heartbeat(20, 20))));
  EXPECT_EQ(acknowledged(session), 20u);
  EXPECT_EQ(session.position(), (Position{7, 20}));
}

TEST(Session, NeverTakesAPlaceBeyondTheHead) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 20));
  session.receive(heartbeat(25, 20));
  EXPECT_EQ(session.position(), (Position{7, 20}));
}

TEST(Session, ResumesAfterWhatIsStoredAndDropsWhatItHasAgain) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 20));
  session.receive(delivery(11));
  session.receive(delivery(12));
  session.stored(11);
  const auto hello = session.connected().hello();
  EXPECT_EQ(hello.epoch(), 7u);
  EXPECT_EQ(hello.resume_after(), 11u);
  session.receive(welcome(7, 11, 20));
  EXPECT_TRUE(is<Session::Ignore>(session.receive(delivery(11))));
  EXPECT_TRUE(is<Session::Ignore>(session.receive(delivery(12)))) << "being stored since before";
  EXPECT_EQ(session.duplicates(), 2u);
  EXPECT_TRUE(is<Session::HandOver>(session.receive(delivery(13))));
}

TEST(Session, AcknowledgesOnANewConnectionOnlyWhatThatOneBrought) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 20));
  session.receive(delivery(11));
  session.receive(delivery(12));
  session.connected();
  session.receive(welcome(7, 10, 20));
  session.stored(12);
  EXPECT_EQ(acknowledged(session), std::nullopt) << "neither 11 nor 12 has been sent here";
  session.receive(delivery(11));
  EXPECT_EQ(acknowledged(session), 11u);
  session.receive(delivery(12));
  EXPECT_EQ(acknowledged(session), 12u);
}

TEST(Session, ClaimsAnOldPositionOnlyAfterSeeingTheStream) {
  auto behind = with_position(7, 15);
  EXPECT_FALSE(behind.connected().hello().has_resume_after());
  EXPECT_TRUE(is<Session::Begin>(behind.receive(welcome(7, 10, 20))));
  EXPECT_TRUE(is<Session::Ignore>(behind.receive(delivery(15))));
  EXPECT_TRUE(is<Session::HandOver>(behind.receive(delivery(16))));

  auto ahead = with_position(7, 15);
  ahead.connected();
  EXPECT_TRUE(is<Session::Reposition>(ahead.receive(welcome(7, 18, 20))))
      << "16 to 18 were acknowledged and are not held: they must come again";
  EXPECT_EQ(ahead.connected().hello().resume_after(), 15u);
  EXPECT_TRUE(is<Session::Begin>(ahead.receive(welcome(7, 15, 20))));

  auto beyond = with_position(7, 21);
  beyond.connected();
  EXPECT_TRUE(is<Session::Reposition>(beyond.receive(welcome(7, 15, 20))));
  EXPECT_EQ(beyond.connected().hello().resume_after(), 21u) << "the hub must see what it lost";
}

TEST(Session, SaysWhenTheLogIsAnotherOne) {
  auto session = with_position(7, 15);
  session.connected();
  const auto event = session.receive(welcome(8, 3, 4));
  ASSERT_TRUE(is<Session::Begin>(event));
  EXPECT_TRUE(std::get<Session::Begin>(event).log_changed);
  EXPECT_EQ(session.position(), (Position{8, 3}));
  EXPECT_TRUE(is<Session::HandOver>(session.receive(delivery(4))));
}

TEST(Session, BeginsAfterAGivenSequenceOrAfterTheHead) {
  Session after({.beginning = {Beginning::Kind::after, 5}});
  EXPECT_EQ(after.connected().hello().resume_after(), 5u);
  EXPECT_FALSE(after.connected().hello().has_epoch());

  Session now({.beginning = {Beginning::Kind::now, 0}});
  EXPECT_FALSE(now.connected().hello().has_resume_after());
  EXPECT_TRUE(is<Session::Reposition>(now.receive(welcome(7, 10, 20))));
  EXPECT_EQ(now.connected().hello().resume_after(), 20u);
  EXPECT_TRUE(is<Session::Begin>(now.receive(welcome(7, 20, 20))));

  Session already({.beginning = {Beginning::Kind::now, 0}});
  already.connected();
  EXPECT_TRUE(is<Session::Begin>(already.receive(welcome(7, 20, 20))));
}

TEST(Session, StopsOrComesBackAsTheGoodbyeSays) {
  struct Case {
    std::string code;
    std::optional<Session::Stop::Reason> stop;
  };
  const Case cases[] = {
      {"replaced", Session::Stop::Reason::replaced},
      {"suspended", Session::Stop::Reason::suspended},
      {"log.rolled_back", Session::Stop::Reason::rolled_back},
      {"dead", std::nullopt},
      {"blocked", std::nullopt},
      {"protocol", std::nullopt},
      {"stopping", std::nullopt},
      {"of a later version", std::nullopt},
  };
  for (const auto& [code, stop] : cases) {
    Session session({});
    session.connected();
    const auto event = session.receive(goodbye(code, 0));
    ASSERT_EQ(is<Session::Stop>(event), stop.has_value()) << code;
    if (stop) {
      EXPECT_EQ(std::get<Session::Stop>(event).reason, *stop) << code;
    } else {
      EXPECT_EQ(std::get<Session::ComeBack>(event).wait, std::nullopt) << code;
    }
  }
  Session session({});
  session.connected();
  const auto event = session.receive(goodbye("stopping", 1500));
  EXPECT_EQ(std::get<Session::ComeBack>(event).wait, std::chrono::milliseconds{1500});
}

TEST(Session, CallsABreachOfTheProtocolByItsName) {
  Session early({});
  early.connected();
  EXPECT_TRUE(is<Session::Broken>(early.receive(delivery(1))));

  Session twice({});
  twice.connected();
  twice.receive(welcome(7, 0, 0));
  EXPECT_TRUE(is<Session::Broken>(twice.receive(welcome(7, 0, 0))));

  Session narrow({.window = 2});
  narrow.connected();
  narrow.receive(welcome(7, 0, 9));
  EXPECT_TRUE(is<Session::HandOver>(narrow.receive(delivery(1))));
  EXPECT_TRUE(is<Session::HandOver>(narrow.receive(delivery(2))));
  EXPECT_TRUE(is<Session::Broken>(narrow.receive(delivery(3))));

  Session unknown({});
  unknown.connected();
  unknown.receive(welcome(7, 0, 9));
  EXPECT_TRUE(is<Session::Ignore>(unknown.receive(pb::ServerMessage())));
}

TEST(Session, AProbeIsAcknowledgedBehindWhatCameBeforeItAndMovesNoPosition) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 12));
  ASSERT_TRUE(is<Session::HandOver>(session.receive(delivery(12))));
  EXPECT_TRUE(is<Session::Ignore>(session.receive(probe(15))));
  EXPECT_EQ(acknowledged(session), std::nullopt) << "12 is not stored yet";
  ASSERT_TRUE(is<Session::HandOver>(session.receive(delivery(16))));
  session.stored(12);
  EXPECT_EQ(acknowledged(session), 15u);
  EXPECT_EQ(acknowledged(session), std::nullopt) << "once";
  EXPECT_EQ(session.position(), (Position{7, 12}));
  session.stored(16);
  EXPECT_EQ(acknowledged(session), 16u);
}

TEST(Session, AProbeOfTheFormerConnectionIsNotAcknowledgedOnTheNext) {
  Session session({});
  session.connected();
  session.receive(welcome(7, 10, 10));
  session.receive(probe(15));
  session.connected();
  EXPECT_EQ(acknowledged(session), std::nullopt);
  session.receive(welcome(7, 10, 10));
  EXPECT_EQ(acknowledged(session), std::nullopt);
}

TEST(Session, ClaimsNothingAtAnotherHubBeforeItHasNamedItsLog) {
  auto session = with_position(7, 12);
  session.connected();
  session.receive(welcome(7, 12, 20));
  session.change_hub();
  EXPECT_FALSE(session.connected().hello().has_resume_after());
  EXPECT_TRUE(is<Session::Begin>(session.receive(welcome(7, 12, 20)))) << "the same log";
  session.change_hub();
  session.connected();
  const auto begun = session.receive(welcome(8, 40, 42));
  ASSERT_TRUE(is<Session::Begin>(begun));
  EXPECT_TRUE(std::get<Session::Begin>(begun).log_changed);
  EXPECT_EQ(session.position(), (Position{8, 40}));
}

TEST(Session, KeepsAPositionForEachLog) {
  auto session = Session({.position = Position{7, 12}, .elsewhere = {{8, 41}}});
  session.connected();
  session.receive(welcome(7, 12, 20));
  session.change_hub();
  session.connected();
  EXPECT_TRUE(is<Session::Reposition>(session.receive(welcome(8, 42, 42))))
      << "the hub believes more than we hold";
  const auto hello = session.connected().hello();
  EXPECT_EQ(hello.epoch(), 8u);
  EXPECT_EQ(hello.resume_after(), 41u);
  const auto begun = session.receive(welcome(8, 41, 42));
  ASSERT_TRUE(is<Session::Begin>(begun));
  EXPECT_FALSE(std::get<Session::Begin>(begun).log_changed) << "it is known";
  session.receive(delivery(42));
  session.stored(42);
  session.change_hub();
  session.connected();
  EXPECT_TRUE(is<Session::Begin>(session.receive(welcome(7, 12, 20))));
  EXPECT_EQ(session.position(), (Position{7, 12}));
}

TEST(Session, LeavesAnotherLogAloneWhileTheLastOneIsBeingStored) {
  auto session = with_position(7, 12);
  session.connected();
  session.receive(welcome(7, 12, 20));
  session.receive(delivery(13));
  session.change_hub();
  session.connected();
  EXPECT_TRUE(is<Session::Broken>(session.receive(welcome(8, 40, 42))));
}

}  // namespace
}  // namespace noroshi::subscribers
