#include "plexus/components/math/metrics/classes.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "plexus/components/math/statistics.h"
#include "plexus/core/error.h"

namespace plexus::math {
namespace {

void require_as_many(std::size_t a, std::size_t b) {
  if (a != b) throw Error(Error::Kind::shape, {}, fmt::format("{} samples met {} labels", a, b));
}

/// How many samples each class, each cluster, and each pair of them have.
struct Contingency {
  std::map<std::int32_t, double> classes, clusters;
  std::map<std::pair<std::int32_t, std::int32_t>, double> both;
  double samples;

  Contingency(Labels truth, Labels found) : samples(static_cast<double>(truth.size())) {
    require_as_many(truth.size(), found.size());
    for (std::size_t i = 0; i < truth.size(); ++i) {
      ++classes[truth[i]];
      ++clusters[found[i]];
      ++both[{truth[i], found[i]}];
    }
  }
};

template <class Counts, class Term>
double total(const Counts& counts, const Term& term) {
  return std::accumulate(counts.begin(), counts.end(), 0.0,
                         [&](double sum, const auto& entry) { return sum + term(entry.second); });
}

/// Pairs of samples that are counted together.
template <class Counts>
double pairs(const Counts& counts) {
  return total(counts, [](double n) { return n * (n - 1) / 2; });
}

template <class Counts>
double entropy(const Counts& counts, double samples) {
  return -total(counts, [&](double n) { return n / samples * std::log(n / samples); });
}

}  // namespace

std::vector<std::int32_t> labels_of(ConstMatrixView y) {
  std::vector<std::int32_t> labels;
  for (std::int64_t i = 0; i < y.rows; ++i)
    labels.push_back(static_cast<std::int32_t>(argmax(y.row(i))));
  return labels;
}

float measure_ACC(ConstMatrixView mu, ConstMatrixView y) {
  return measure_ACC(mu, labels_of(y));
}

float measure_ACC(ConstMatrixView mu, Labels labels) {
  return analyze_categorization_performance(mu, labels).accuracy;
}

float measure_ARI(Labels labels_true, Labels labels_pred) {
  const Contingency n(labels_true, labels_pred);
  if (n.samples < 2) return 1;
  const double classes = pairs(n.classes), clusters = pairs(n.clusters);
  const double expected = classes * clusters / (n.samples * (n.samples - 1) / 2);
  const double range = (classes + clusters) / 2 - expected;
  return range == 0 ? 1.0F : static_cast<float>((pairs(n.both) - expected) / range);
}

float measure_FMI(Labels labels_true, Labels labels_pred) {
  const Contingency n(labels_true, labels_pred);
  const double scale = std::sqrt(pairs(n.classes) * pairs(n.clusters));
  return scale == 0 ? 0.0F : static_cast<float>(pairs(n.both) / scale);
}

float measure_Vmeasure(Labels labels_true, Labels labels_pred, float beta) {
  const Contingency n(labels_true, labels_pred);
  if (n.samples < 2) return 0;
  const double classes = entropy(n.classes, n.samples), clusters = entropy(n.clusters, n.samples);
  const double shared = classes + clusters - entropy(n.both, n.samples);
  const double homogeneity = classes == 0 ? 1 : shared / classes;
  const double completeness = clusters == 0 ? 1 : shared / clusters;
  const auto b = static_cast<double>(beta);
  const double scale = b * homogeneity + completeness;
  return scale == 0 ? 0.0F : static_cast<float>((1 + b) * homogeneity * completeness / scale);
}

Categorization analyze_categorization_performance(ConstMatrixView mu, ConstMatrixView y) {
  return analyze_categorization_performance(mu, labels_of(y));
}

Categorization analyze_categorization_performance(ConstMatrixView mu, Labels labels) {
  const auto guesses = labels_of(mu);
  const Contingency n(labels, guesses);
  Categorization c{};
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto row = mu.row(static_cast<std::int64_t>(i));
    const bool missed = std::accumulate(row.begin(), row.end(), 0.0F) == 0;
    const bool right = labels[i] == guesses[i];
    c.misses += missed ? 1.0F : 0.0F;
    c.accuracy += right ? 1.0F : 0.0F;
    c.adjusted_accuracy += right && !missed ? 1.0F : 0.0F;
  }
  c.accuracy /= static_cast<float>(labels.size());
  c.adjusted_accuracy /= static_cast<float>(labels.size());

  auto occurring = n.classes;
  occurring.insert(n.clusters.begin(), n.clusters.end());
  const auto count = [](const auto& counts, const auto& key) {
    const auto at = counts.find(key);
    return at == counts.end() ? 0.0 : at->second;
  };
  double precision = 0, recall = 0;
  for (const auto& [label, samples] : occurring) {
    c.classes.push_back(label);
    const double hits = count(n.both, std::pair{label, label});
    if (hits > 0) precision += hits / n.clusters.at(label);
    if (hits > 0) recall += hits / n.classes.at(label);
    for (const auto& [guess, guessed] : occurring)
      c.confusion.push_back(static_cast<std::int32_t>(count(n.both, std::pair{label, guess})));
  }
  c.precision = static_cast<float>(precision / static_cast<double>(occurring.size()));
  c.recall = static_cast<float>(recall / static_cast<double>(occurring.size()));
  return c;
}

}  // namespace plexus::math
