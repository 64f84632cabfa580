#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/data_sets.h"

namespace plexus::model::detail {

/// A data set that an enclosing `for` walks: what a clamp of its name gives.
struct Walked {
  std::string name;
  std::optional<std::int64_t> batch;  // none if it varies
};

inline constexpr double kUnknown = 0;  // of turns that vary: what happens in them is not counted

/// Walks a protocol, and looks at each statement without running it.
class ProtocolChecker {
 public:
  ProtocolChecker(const ModelSyntax& model, const Builder& builder, const DataSets& data,
                  Context& context, Diagnostics& diagnostics)
      : model_(model),
        builder_(builder),
        data_(data),
        context_(context),
        diagnostics_(diagnostics) {}

  void check();

 private:
  void error(const Place& place, const std::string& problem, const std::string& remedy = {});
  void statements(const std::vector<Statement>& all);
  void loop(const std::vector<Statement>& body, double turns);
  void statement(const Statement& /*s*/, const Run& run);
  void unknown_keyword(const Run::Keyword& keyword, const Run& run, const Plan& plan);
  void missing_keywords(const Run& run, const Plan& plan);
  void count_watched(const Run& run);
  void count(const Compartment& c, const std::string& name, double rows, const Place& place,
             const std::string& remedy);
  void statement(const Statement&, const ClampOnce& once);
  void statement(const Statement& s, const For& loop_of);
  double turns_of(const Statement& s, const For& loop_of, std::optional<std::int64_t> batch);
  void statement(const Statement&, const Repeat& repeat);
  void statement(const Statement&, const Every& every);
  void statement(const Statement&, const Normalize& normalize);
  void statement(const Statement&, const Assign& assign);
  std::optional<plexus::Expression> expression(const Expression& syntax);
  bool is_float(const Compartment& c, const Path& path, const char* verb);
  void statement(const Statement&, const Record& record);
  void statement(const Statement&, const Log&);
  void unwired(const Compartment& c, const Path& path, const char* verb);
  void check(const Clamp& clamp, const Run* run);
  static std::string misfit_remedy(const Compartment& c, const Shape& given, const Clamp& clamp,
                                   bool may_step);
  void watches();
  void mosaics();

  const ModelSyntax& model_;
  const Builder& builder_;
  const DataSets& data_;
  Context& context_;
  Diagnostics& diagnostics_;
  std::vector<Walked> walked_;
  std::vector<std::pair<const WatchSyntax*, const Compartment*>> watched_;
  std::set<std::string> ran_, recorded_;
  double times_ = 1;         // how often the present statement is executed; 0 if that is not known
  double turns_ = kUnknown;  // of the innermost loop
  double recorded_bytes_ = 0;  // so far, as far as it is known
  bool told_of_bytes_ = false;
};

}  // namespace plexus::model::detail
