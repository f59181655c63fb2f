// The organisations of the demonstration: Tokushima prefecture, its 24 municipalities, and three
// broadcasters that are made up.
#pragma once

#include <noroshi/v1/journal.pb.h>

#include <vector>

namespace noroshi::admin {

// Codes and names are real (総務省 全国地方公共団体コード); the senders are made in the form of
// municipal domains.
std::vector<v1::PublisherRegistered> sample_publishers();
std::vector<v1::SubscriberRegistered> sample_subscribers();

}  // namespace noroshi::admin
