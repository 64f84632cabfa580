// Every metric against tests/golden/metrics.

#include <map>
#include <vector>

#include "plexus/components/math/metrics.h"
#include "tests/components/math/tables.h"

namespace plexus::math {
namespace {

constexpr Tolerance kClose{.relative = 1e-5, .absolute = 1e-7};

/// The arrays of one case of one function.
class Case {
 public:
  Case(std::string_view function, std::string_view name)
      : prefix_(fmt::format("{}.{}.", function, name)) {}

  [[nodiscard]] const Tensor& operator[](const std::string& array) const {
    return tables().at(prefix_ + array);
  }
  /// Integers are read as floats.
  [[nodiscard]] std::vector<std::int32_t> labels(const std::string& array) const {
    const auto values = (*this)[array].floats();
    return {values.begin(), values.end()};
  }
  [[nodiscard]] float number(const std::string& array) const { return (*this)[array].floats()[0]; }
  void expect(const Scores& scores, const std::string& each) const {
    EXPECT_TRUE(agrees(scores.each, (*this)[each].floats(), kClose)) << prefix_ << each;
    expect(scores.mean, "mean");
  }
  void expect(float value, const std::string& array) const {
    EXPECT_TRUE(agrees({&value, 1}, std::vector{number(array)}, kClose)) << prefix_ << array;
  }

 private:
  static const std::map<std::string, Tensor>& tables() {
    static const auto all = golden_tables("metrics");
    return all;
  }
  std::string prefix_;
};

class GoldenMetrics : public testing::TestWithParam<std::string> {
 protected:
  static Case of(std::string_view function) { return {function, GetParam()}; }
};

TEST_P(GoldenMetrics, HaveTheErrors) {
  const Case mse = of("measure_MSE"), rmse = of("measure_RMSE"), mae = of("measure_MAE");
  mse.expect(measure_MSE(mse["mu"], mse["x"]), "rows");
  rmse.expect(measure_RMSE(rmse["mu"], rmse["x"]), "rows");
  mae.expect(measure_MAE(mae["mu"], mae["x"]), "rows");
}

TEST_P(GoldenMetrics, HaveTheLikelihoods) {
  const Case nll = of("measure_CatNLL"), bce = of("measure_BCE"), kld = of("measure_KLD");
  nll.expect(measure_CatNLL(nll["p"], nll["x"]), "rows");
  nll.expect(measure_CatNLL(nll["p"], nll["x"], 1e-3F).mean, "mean_offset_1e3");
  bce.expect(measure_BCE(bce["p"], bce["x"]), "rows");
  bce.expect(measure_BCE(bce["p"], bce["x"], 1e-3F).mean, "mean_offset_1e3");
  kld.expect(measure_KLD(kld["p_xHat"], kld["p_x"]), "rows");
  const Case gaussian = of("measure_gaussian_KLD");
  gaussian.expect(measure_gaussian_KLD(gaussian["mu1"], gaussian["Sigma1"], gaussian["mu2"],
                                       gaussian["Sigma2"]),
                  "value");
}

TEST_P(GoldenMetrics, HaveTheInformationCriterion) {
  const Case bic = of("measure_BIC");
  const auto n = static_cast<std::size_t>(bic["X"].shape[0]);
  const int k = static_cast<int>(bic.number("n_model_params"));
  bic.expect(measure_BIC(n, k, bic.number("max_model_score")), "value");
  bic.expect(measure_BIC(n, k, bic.number("likelihood"), false), "value_not_log");
}

TEST_P(GoldenMetrics, HaveTheSpikeStatistics) {
  const Case rate = of("measure_firingRate"), fano = of("measure_fanoFactor");
  rate.expect(measure_firingRate(rate["spikes"]), "neurons");
  fano.expect(measure_fanoFactor(fano["spikes"]), "neurons");
  const Case work = of("measure_workload_entropy");
  const Workload w = measure_workload_entropy(work["spike_count_matrix"]);
  work.expect(w.minimum, "minimum");
  work.expect(w.maximum, "maximum");
  work.expect(w.mean, "mean");
  work.expect(w.entropy, "entropy");
  work.expect(static_cast<float>(w.dead), "dead");
  const Case tuning = of("measure_breadthOfTuningCurve"), r = of("measure_Pearson_correlation");
  tuning.expect(measure_breadthOfTuningCurve(tuning["responses"]), "neurons");
  r.expect(measure_Pearson_correlation(r["a"], r["b"]), "rows");
}

TEST_P(GoldenMetrics, HaveTheSparsities) {
  const Case gini = of("measure_gini_index"), sparsity = of("measure_sparsity");
  gini.expect(measure_gini_index(gini["codes"]), "rows");
  sparsity.expect(measure_sparsity(sparsity["codes"]), "rows");
  const auto expect_rows = [&](const Scores& s, const char* rows) {
    EXPECT_TRUE(agrees(s.each, sparsity[rows].floats(), kClose)) << rows;
  };
  expect_rows(measure_sparsity(sparsity["codes"], 0.5F), "rows_tolerance_half");
  expect_rows(measure_sparsity(sparsity["codes"], 0, true), "rows_flipped");
  const Case hoyer = of("measure_hoyer_sparsity"), kurtosis = of("measure_excess_kurtosis");
  hoyer.expect(measure_hoyer_sparsity(hoyer["codes"]), "rows");
  kurtosis.expect(measure_excess_kurtosis(kurtosis["codes"]), "rows");
}

TEST_P(GoldenMetrics, HaveTheClusteringScores) {
  const Case c = of("clustering");
  const auto truth = c.labels("labels_true"), found = c.labels("labels_pred");
  c.expect(measure_ARI(truth, found), "ARI");
  c.expect(measure_FMI(truth, found), "FMI");
  c.expect(measure_Vmeasure(truth, found), "V");
  c.expect(measure_Vmeasure(truth, found, 2), "V_beta_2");
  c.expect(measure_Vmeasure(truth, found, 0.5F), "V_beta_half");
}

TEST(GoldenClusterings, HaveTheScoresOfLabelingsAtTheirExtremes) {
  for (const char* name : {"single_cluster", "split"}) {
    const Case c("clustering", name);
    const auto truth = c.labels("labels_true"), found = c.labels("labels_pred");
    c.expect(measure_ARI(truth, found), "ARI");
    c.expect(measure_FMI(truth, found), "FMI");
    c.expect(measure_Vmeasure(truth, found), "V");
  }
}

TEST_P(GoldenMetrics, HaveTheCategorization) {
  const Case acc = of("measure_ACC");
  acc.expect(measure_ACC(acc["mu"], acc["y"]), "value");
  acc.expect(measure_ACC(acc["mu"], acc.labels("labels")), "value_from_labels");
  const Case all = of("analyze_categorization_performance");
  for (const Categorization& c :
       {analyze_categorization_performance(all["mu"], all["y"]),
        analyze_categorization_performance(all["mu"], all.labels("labels"))}) {
    const auto confusion = all.labels("confusion");
    EXPECT_TRUE(std::ranges::equal(c.confusion, confusion));
    all.expect(c.precision, "precision");
    all.expect(c.recall, "recall");
    all.expect(c.misses, "misses");
    all.expect(c.accuracy, "accuracy");
    all.expect(c.adjusted_accuracy, "adjusted_accuracy");
  }
}

INSTANTIATE_TEST_SUITE_P(Tables, GoldenMetrics, testing::Values("a", "b", "c"),
                         [](const auto& c) { return c.param; });

}  // namespace
}  // namespace plexus::math
