// The metrics of one scrape, in the making: names get the prefix `noroshi_`.
#pragma once

#include <prometheus/metric_family.h>
#include <prometheus/text_serializer.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "hub/api/meters.hpp"

namespace noroshi::api {

class Families {
 public:
  void counter(std::string name, std::string help, double value) {
    auto& metric = add(std::move(name), std::move(help), prometheus::MetricType::Counter);
    metric.counter.value = value;
  }
  void gauge(std::string name, std::string help, double value) {
    auto& metric = add(std::move(name), std::move(help), prometheus::MetricType::Gauge);
    metric.gauge.value = value;
  }
  void counters(std::string name, std::string help, const std::string& label,
                const std::map<std::string, std::uint64_t>& values) {
    prometheus::MetricFamily family{"noroshi_" + name, help, prometheus::MetricType::Counter, {}};
    for (const auto& [key, value] : values) {
      prometheus::ClientMetric metric;
      metric.label.push_back({label, key});
      metric.counter.value = static_cast<double>(value);
      family.metric.push_back(std::move(metric));
    }
    families_.push_back(std::move(family));
  }
  // One value for each set of labels.
  struct Labelled {
    std::vector<prometheus::ClientMetric::Label> labels;
    std::uint64_t value;
  };
  void labelled(prometheus::MetricType type, const std::string& name, const std::string& help,
                const std::vector<Labelled>& values) {
    prometheus::MetricFamily family{"noroshi_" + name, help, type, {}};
    for (const auto& [labels, value] : values) {
      prometheus::ClientMetric metric;
      metric.label = labels;
      metric.counter.value = static_cast<double>(value);
      metric.gauge.value = static_cast<double>(value);
      family.metric.push_back(std::move(metric));
    }
    families_.push_back(std::move(family));
  }
  void durations(std::string name, std::string help, const Durations& durations) {
    auto& metric = add(std::move(name), std::move(help), prometheus::MetricType::Histogram);
    for (std::size_t i = 0; i < Durations::bounds.size(); ++i)
      metric.histogram.bucket.push_back({durations.below()[i], Durations::bounds[i]});
    metric.histogram.sample_count = durations.count();
    metric.histogram.sample_sum = durations.sum();
  }
  [[nodiscard]] std::string text() const {
    return prometheus::TextSerializer().Serialize(families_);
  }

 private:
  prometheus::ClientMetric& add(std::string name, std::string help, prometheus::MetricType type) {
    families_.push_back(
        {"noroshi_" + std::move(name), std::move(help), type, {prometheus::ClientMetric{}}});
    return families_.back().metric.front();
  }
  std::vector<prometheus::MetricFamily> families_;
};

}  // namespace noroshi::api
