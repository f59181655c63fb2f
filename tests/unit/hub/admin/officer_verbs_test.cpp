#include "hub/admin/officer_verbs.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "hub/admin/exit_code.hpp"
#include "tests/unit/hub/admin/administered_city.hpp"

namespace noroshi::admin {
namespace {

using Action = AdminRequest::Action;
using testing::HasSubstr;

AdminRequest request(Action action, std::string login) {
  AdminRequest request;
  request.subject = AdminRequest::Subject::officer;
  request.action = action;
  request.id = std::move(login);
  return request;
}

AdminRequest add(std::string login, std::vector<std::string> roles = {"drafter"}) {
  auto add = request(Action::add, std::move(login));
  add.publisher = "362018";
  add.roles = std::move(roles);
  add.token_sha256 = std::string(64, 'a');
  return add;
}

class OfficerVerbs : public AdministeredCity {
 protected:
  const registry::Officer* kato() { return judge_.registry().officer("kato"); }
};

TEST_F(OfficerVerbs, AddRegistersOneWithATokenOfTheirOwn) {
  const auto answer = carry_out(add("kato", {"drafter", "approver", "drafter"}));
  ASSERT_EQ(answer.exit_code, exit_code::ok) << answer.note;
  ASSERT_NE(kato(), nullptr);
  EXPECT_EQ(kato()->publisher, "362018");
  EXPECT_EQ(kato()->roles, (std::vector<std::string>{"drafter", "approver"}));
  EXPECT_EQ(carry_out(add("kato")).exit_code, exit_code::conflict);
}

TEST_F(OfficerVerbs, WhatIsMissingOrWrongIsNamed) {
  auto homeless = add("kato");
  homeless.publisher = std::nullopt;
  EXPECT_THAT(carry_out(homeless).note, HasSubstr("--publisher"));
  auto foreign = add("kato");
  foreign.publisher = "131016";
  EXPECT_EQ(carry_out(foreign).exit_code, exit_code::not_found);
  EXPECT_EQ(carry_out(add("kato", {"king"})).exit_code, exit_code::usage);
  EXPECT_EQ(carry_out(add("kato", {})).exit_code, exit_code::usage);
  for (const char* login : {"", "K", "Kato", "1kato", "ka to", "加藤", "kato\n"})
    EXPECT_EQ(carry_out(add(login)).exit_code, exit_code::usage) << login;
  EXPECT_EQ(kato(), nullptr);
}

TEST_F(OfficerVerbs, RolesStandAndTokenChangeThePublisherDoesNot) {
  carry_out(add("kato"));
  auto set = request(Action::set, "kato");
  EXPECT_EQ(carry_out(set).exit_code, exit_code::usage) << "nothing to set";
  set.roles = {"approver"};
  EXPECT_EQ(carry_out(set).exit_code, exit_code::ok);
  EXPECT_TRUE(kato()->is("approver"));
  set.publisher = "131016";
  EXPECT_EQ(carry_out(set).exit_code, exit_code::conflict);
  EXPECT_EQ(carry_out(request(Action::suspend, "kato")).exit_code, exit_code::ok);
  EXPECT_TRUE(kato()->suspended);
  EXPECT_TRUE(kato()->is("approver"));
  EXPECT_EQ(carry_out(request(Action::resume, "kato")).exit_code, exit_code::ok);
  auto reset = request(Action::token, "kato");
  reset.token_sha256 = std::string(64, 'b');
  EXPECT_EQ(carry_out(reset).exit_code, exit_code::ok);
  EXPECT_EQ(carry_out(request(Action::show, "mori")).exit_code, exit_code::not_found);
}

TEST_F(OfficerVerbs, ListKeepsToOnePublisherWhenAsked) {
  carry_out(add("kato"));
  auto list = request(Action::list, "");
  EXPECT_THAT(carry_out(list).data, HasSubstr("kato\t362018\tdrafter"));
  list.publisher = "131016";
  EXPECT_EQ(carry_out(list).data, "");
}

}  // namespace
}  // namespace noroshi::admin
