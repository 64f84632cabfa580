#include "plexus/core/verify.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <vector>

#include <fmt/format.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/error.h"
#include "plexus/core/plan.h"
#include "plexus/core/wire.h"

namespace plexus {
namespace {

using Words = std::vector<State::Word>;

Words copy_of(const State& state) {
  return {state.all().begin(), state.all().end()};
}
void put_back(const Words& words, State& state) {
  std::ranges::copy(words, state.all().begin());
}

[[noreturn]] void blame(const Call& call, const std::string& deed) {
  throw Error(Error::Kind::schedule, {.path = call.component->path()},
              fmt::format("{} {}", call.method->label(), deed),
              "correct the method's declaration in the component's header");
}

/// The compartment that holds word `offset`, for the message.
std::string holder_of(Context& root, std::size_t offset) {
  for (const Context* context : root.contexts())
    for (const Component* component : context->all_components())
      for (const Compartment* c : component->compartments()) {
        const State::Slot& slot = root.state().slot(c->slot());
        if (offset >= slot.offset && offset < slot.offset + std::max<std::size_t>(slot.held(), 1))
          return c->label();
      }
  return "a slot that is not its own";
}

/// Fills what the stage must not read before writing.
void poison(const std::vector<const State::Slot*>& written, State& state, float value) {
  for (const State::Slot* slot : written)
    std::fill_n(reinterpret_cast<float*>(state.all().data()) + slot->offset, slot->held(), value);
}

/// The padding behind a slot belongs to it: kernels run in whole vectors.
std::size_t padded_end(const State::Slot& slot) {
  constexpr std::size_t kWords = State::kAlignment / sizeof(State::Word);
  return slot.offset + (slot.held() + kWords - 1) / kWords * kWords;
}

bool covers(const std::vector<const State::Slot*>& slots, std::size_t offset) {
  return std::ranges::any_of(slots, [&](const State::Slot* slot) {
    return offset >= slot->offset && offset < padded_end(*slot);
  });
}

/// True if a stage reads a slot, by itself or through a wire.
bool reads_slot(const Stage& stage, int slot) {
  const auto reads = [&](const Compartment* c) { return read_slot(*c) == slot; };
  return std::ranges::any_of(
             stage.uses,
             [&](const Use& use) {
               return (use.access == Access::read || use.access == Access::update) &&
                      reads(use.compartment);
             }) ||
         std::ranges::any_of(stage.outers, [&](const Outer& outer) {
           return reads(outer.pre.compartment) || reads(outer.post.compartment);
         });
}

/// The kernel, and for a whole method a guard over what it looks at.
void run_guarded(const Call& call, const Step& step, Context& root) {
  if (call.stage->kind != Stage::Kind::whole) return call.kernel(call, step);
  const AccessGuard guard(root, call);
  call.kernel(call, step);
}

void verify(const Call& call, const Step& step, Context& root) {
  State& state = root.state();
  std::vector<const State::Slot*> changeable, only_written;
  for (const Use& use : call.stage->uses) {
    if (use.access == Access::read) continue;
    if (use.compartment->targeted()) continue;
    const State::Slot& slot = state.slot(use.compartment->slot());
    changeable.push_back(&slot);
    const bool also_read = reads_slot(*call.stage, use.compartment->slot());
    if ((use.access == Access::write || use.access == Access::look) && !also_read)
      only_written.push_back(&slot);
  }
  const Words before = copy_of(state);
  const auto blame_for = [&](const std::string& deed) {
    put_back(before, state);
    blame(call, deed);
  };
  poison(only_written, state, std::numeric_limits<float>::quiet_NaN());
  try {
    run_guarded(call, step, root);
  } catch (...) {
    put_back(before, state);
    throw;
  }
  const Words first = copy_of(state);

  put_back(before, state);
  poison(only_written, state, 0.75F);
  run_guarded(call, step, root);

  for (std::size_t i = 0; i < before.size(); ++i) {
    if (first[i] != before[i] && !covers(changeable, i))
      blame_for(fmt::format("changes {}, which it does not declare", holder_of(root, i)));
    const auto again = state.all()[i];
    const auto as_float = [](State::Word w) { return std::bit_cast<float>(w); };
    const bool both_nan = std::isnan(as_float(first[i])) && std::isnan(as_float(again));
    if (again != first[i] && !both_nan)
      blame_for(
          fmt::format("reads a value that it declares as only written, or leaves part of it "
                      "unwritten: {} depends on it",
                      holder_of(root, i)));
  }
}

}  // namespace

AccessGuard::AccessGuard(Context& root, const Call& call) : root_(root), call_(call) {
  root_.guard_ = this;
}
AccessGuard::~AccessGuard() {
  root_.guard_ = nullptr;
}

void AccessGuard::check(const Compartment& c) const {
  const bool declared =
      std::ranges::any_of(call_.stage->uses, [&](const Use& use) { return use.compartment == &c; });
  if (!declared) blame(call_, fmt::format("looks at {}, which it does not declare", c.label()));
}

void run_verified(const Plan& plan, std::size_t from, std::size_t to, const Step& step,
                  Context& root) {
  for (std::size_t i = from; i < to; ++i) {
    const Call& call = plan.calls[i];
    if (call.stage != nullptr && call.component != nullptr)
      verify(call, step, root);
    else
      call.kernel(call, step);
  }
}

}  // namespace plexus
