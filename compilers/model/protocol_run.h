#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "plexus/compilers/model/builder.h"
#include "plexus/compilers/model/clamp_source.h"
#include "plexus/compilers/model/data_sets.h"
#include "plexus/compilers/model/model.h"

namespace plexus::model {

/// Runs the statements of a protocol on a built circuit.
class Protocol {
 public:
  Protocol(const ModelSyntax& model, const Builder& builder, DataSets& data, Context& context,
           Recording& recording);

  /// Throws Error with the place of the statement.
  RunSummary run(const RunRequest& request);

 private:
  void statements(const std::vector<Statement>& all, std::int64_t turn);
  void execute(const Run& run, std::int64_t turn);
  void execute(const ClampOnce& once, std::int64_t turn);
  void execute(const For& loop, std::int64_t turn);
  void execute(const Repeat& loop, std::int64_t turn);
  void execute(const Every& every, std::int64_t turn);
  void execute(const Normalize& normalize, std::int64_t turn);
  void execute(const Assign& assign, std::int64_t turn);
  void execute(const Record& record, std::int64_t turn);
  void execute(const Log& log, std::int64_t turn);
  void single(const SingleRun& run);
  void scan(Process& process, std::int64_t steps, const Keywords& keywords, ScanOptions options);

  bool stopped();
  void refuse_too_many_rows(std::int64_t steps, const std::vector<Watch>& watches) const;
  Key next_key();
  /// The values of a clamp's source now, and how they lie.
  std::vector<float> source(const Clamp& clamp, const Compartment& c, std::int64_t turn,
                            bool may_step, Fit& how);
  const std::vector<Watch>& watches_of(const std::string& process);
  [[nodiscard]] double count_steps(const std::vector<Statement>& all) const;

  const ModelSyntax& model_;
  const Builder& builder_;
  DataSets& data_;
  Context& context_;
  Recording& recording_;
  const RunRequest* request_ = nullptr;
  RunSummary summary_;
  std::int64_t steps_total_ = 0;
  std::uint32_t draws_ = 0;
  Batches batches_;
  std::map<std::string, std::int64_t> clock_;  // the next step of `t: continue`, a process
  std::map<std::string, std::vector<Watch>> watches_;
  std::map<const Clamp*, Compartment*> compartments_;
};

}  // namespace plexus::model
