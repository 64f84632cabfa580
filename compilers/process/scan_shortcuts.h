#pragma once

// Private to the process compiler: what shortcuts.h promises.

#include <deque>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plexus/compilers/process/cost.h"
#include "plexus/compilers/process/merge.h"
#include "plexus/core/kernels/shared.h"
#include "plexus/core/plan.h"

namespace plexus::detail {

using Addresses = std::vector<const void*>;
bool has(const Addresses& addresses, const void* one);

class ScanShortcuts final : public Shortcuts {
 public:
  explicit ScanShortcuts(Plan& plan);

  [[nodiscard]] bool gains() const;
  void begin(const Scan& scan) override;
  [[nodiscard]] bool puts_off(const Compartment& c) const override;
  [[nodiscard]] std::vector<std::string> remarks() const;
  [[nodiscard]] Cost cost_of(std::size_t i) const;  // in most steps

 private:
  struct List {  // of the units that spike
    ActiveList list;
    Call call;  // makes it
  };
  struct Gather {  // a product or an update over lists
    Call call;
    std::vector<List*> lists;
  };
  struct EventUpdate : Gather {
    bool settles = false;  // the text leaves a synapse without spikes as it is
  };
  struct Epilogue {
    bool still = false;
    std::vector<float> seen;  // the values it read when that was tried
  };
  struct SharedCall {
    Shared how;
    Call call;
  };
  struct Merged {
    Merge found;
    Call call;
    std::deque<Call> copies = {};
    const float* mask = nullptr;
    bool plain = true;  // the mask is 1
  };

  // What there is to gain: once, or anew where other compartments are fed.
  void find_unread_looks();
  void find_spikes();
  void find_event_update(std::size_t i, const Call& call);
  void find_epilogues();
  void take_merges();
  void note_altered();
  List* list_of(const float* values, std::int64_t n);
  float* kept_floats(std::size_t update, std::size_t which, std::int64_t n);

  // What holds as a scan begins. Each returns true if the finding has changed.
  bool note_fed(const Scan& scan);
  bool note_constants(const Step& step);
  bool look_at_epilogues(const Scan& scan);
  bool look_at(std::size_t i, Epilogue& epilogue, const Step& step);
  bool look_at_masks();

  void assemble(bool goes_on, bool puts_off);
  Entry shared_entry(Kernel kernel, const Call& call, std::size_t done);
  template <class Add, class Freshen>
  void add_call(const Call& call, std::size_t i, bool goes_on, bool puts_off, const Add& add,
                const Freshen& freshen);
  [[nodiscard]] bool is_constant(const void* a) const;

  [[nodiscard]] std::string weights_of(std::size_t i) const;
  [[nodiscard]] std::string looks_of(std::size_t i) const;

  // By call of the plan:
  Plan& plan_;
  Touches touches_;
  std::set<std::size_t> unread_;     // those whose looks nothing reads
  std::set<std::size_t> quietened_;  // of these, those that do more
  std::map<const float*, List> lists_;
  std::map<std::size_t, Gather> products_;
  std::map<std::size_t, EventUpdate> updates_;
  std::map<std::size_t, Epilogue> epilogues_;
  std::map<std::size_t, Merged> merges_;                // by update
  std::map<std::size_t, std::size_t> merged_products_;  // the update of each product
  std::map<std::pair<std::size_t, std::size_t>, float*> kept_;
  std::vector<bool> invariant_;
  std::map<std::pair<Kernel, const Call*>, SharedCall> shared_;  // what programs run, in parts
  Addresses altered_;  // out of date after a step that puts work off

  // Of the scan that began last:
  Addresses fed_;
  bool skips_epilogues_ = false;
  std::optional<float> dt_;
  std::vector<std::pair<std::string, float>> more_;
};

}  // namespace plexus::detail
