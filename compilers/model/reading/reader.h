#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plexus/compilers/model/syntax.h"

namespace plexus::model::detail {

/// The largest count: exact as a real, and more than anybody waits for.
constexpr std::int64_t kMostCounted = std::int64_t{1} << 53;

/// Whether a number stays one as float32: no NaN, no infinity, nothing beyond 3.4e38.
bool is_finite_float(double value) noexcept;

/// What is expected in the place of a value that is no number, or no finite one.
std::string a_number(const Node& node);

/// Reads values of one model file as what they ought to be. Whatever is not so is reported, with
/// what was expected, and gives an empty result; an invalid node does so in silence.
class Reader {
 public:
  explicit Reader(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

  [[nodiscard]] Diagnostics& diagnostics() const noexcept { return diagnostics_; }
  void error(const Place& place, std::string problem, std::string remedy = {}) const {
    diagnostics_.error(place, std::move(problem), std::move(remedy));
  }

  /// "`what` is `found`; expected `expected`", unless the node is invalid.
  std::nullopt_t mismatch(const Node& node, std::string_view what, std::string_view expected,
                          std::string_view remedy = {}) const;

  bool mapping(const Node& node, std::string_view what, std::string_view remedy) const;
  bool list(const Node& node, std::string_view what, std::string_view remedy) const;

  [[nodiscard]] std::optional<Word> text(const Node& node, std::string_view what,
                                         std::string_view remedy = {}) const;
  [[nodiscard]] std::optional<Word> name(const Node& node, std::string_view what) const;
  [[nodiscard]] std::optional<bool> boolean(const Node& node, std::string_view what) const;
  [[nodiscard]] std::optional<std::int64_t> integer(
      const Node& node, std::string_view what, std::int64_t least,
      std::int64_t most = std::numeric_limits<std::int64_t>::max()) const;
  [[nodiscard]] std::optional<double> real(const Node& node, std::string_view what) const;
  [[nodiscard]] std::optional<Integer> count(const Node& node, std::string_view what,
                                             std::int64_t least) const;
  /// `positive`: it must exceed 0.
  [[nodiscard]] std::optional<Real> number(const Node& node, std::string_view what,
                                           bool positive = false) const;

  /// A name out of several; `kind` is "process", "data".
  [[nodiscard]] std::optional<Word> known(const Node& node, std::string_view kind,
                                          const std::vector<std::string>& names) const;

  /// One of several words: drop, fill.
  [[nodiscard]] std::optional<std::string> one_of(const Node& node, std::string_view what,
                                                  const std::vector<std::string>& words) const;

  bool check_name(const std::string& name, const Place& place, std::string_view kind) const;

  /// Reports the keys of a mapping that are none of `known`; `what` is "a wire".
  void check_keys(const Node& mapping, std::string_view what,
                  const std::vector<std::string>& known) const;

 private:
  Diagnostics& diagnostics_;
};

}  // namespace plexus::model::detail
