#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plexus/components/math/matrix_view.h"

/// How well samples are told apart, by the names of ngc-learn's `metric_utils`. Labels are
/// integers; a matrix of scores or one-hot codes has a sample a row, whose class is the place of
/// its largest value. All throw Error: shape, for numbers of samples that differ.
namespace plexus::math {

using Labels = std::span<const std::int32_t>;

/// The class of each row.
std::vector<std::int32_t> labels_of(ConstMatrixView y);

/// The share of samples whose largest score is at their class.
float measure_ACC(ConstMatrixView mu, ConstMatrixView y);
float measure_ACC(ConstMatrixView mu, Labels labels);

/// How two labelings agree: every class against every cluster, whatever their numbers.
/// The adjusted Rand index: of pairs that both keep together, corrected for chance; 1 if there is
/// nothing to tell apart.
float measure_ARI(Labels labels_true, Labels labels_pred);
/// The Fowlkes–Mallows index: the geometric mean of pairwise precision and recall; 0 without pairs.
float measure_FMI(Labels labels_true, Labels labels_pred);
/// (1 + beta) h c/(beta h + c), h the homogeneity of clusters, c the completeness of classes; 0 of
/// less than two samples.
float measure_Vmeasure(Labels labels_true, Labels labels_pred, float beta = 1);

struct Categorization {
  std::vector<std::int32_t> classes;    // that occur in labels or guesses, ascending
  std::vector<std::int32_t> confusion;  // numbers of samples; a row for each true class
  float precision, recall;              // means over these classes; one without samples counts 0
  float misses;                         // number of rows of mu whose sum is 0
  float accuracy;
  float adjusted_accuracy;  // with these rows counted as wrong
};
Categorization analyze_categorization_performance(ConstMatrixView mu, ConstMatrixView y);
Categorization analyze_categorization_performance(ConstMatrixView mu, Labels labels);

}  // namespace plexus::math
