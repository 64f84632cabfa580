#include "plexus/core/compartment.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "plexus/core/component.h"
#include "plexus/core/context.h"
#include "plexus/core/random/initialiser.h"
#include "plexus/core/verify.h"
#include "plexus/core/wire.h"

namespace plexus {

const char* to_string(Role role) noexcept {
  switch (role) {
    case Role::input: return "input";
    case Role::state: return "state";
    case Role::parameter: return "parameter";
    case Role::output: return "output";
    case Role::key: return "key";
    case Role::internal: return "internal";
  }
  return "?";
}

Compartment::Compartment(Component& owner, const char* name, Role role, Dims dims, const char* doc,
                         CompartmentOptions options)
    : owner_(&owner),
      name_(name),
      doc_(doc),
      role_(role),
      dims_(std::move(dims)),
      options_(options) {
  Shape shape;
  for (Dim& dim : dims_) {
    if (dim.batch) dim.extent = owner.batch_size();
    shape.push_back(dim.extent);
  }
  try {
    slot_ = state().add(shape, options_.dtype, std::exchange(options_.pattern, nullptr));
  } catch (const Error& error) {
    throw Error(error.kind(), {.path = path()}, fmt::format("{}: {}", label(), error.problem()),
                error.remedy());
  }
  if (options_.dtype == DType::float32 && options_.initial != 0)
    std::ranges::fill(own_values(), options_.initial);
  owner.compartments_.push_back(this);
}

Compartment::~Compartment() {
  Context& root = owner_->context().root();
  if (root.closing_) return;  // everything goes at once
  root.unwire(*this);
  root.state().remove(slot_);
}

void Compartment::note_access() const {
  if (const AccessGuard* guard = owner_->context().root().guard_) guard->check(*this);
}

State& Compartment::state() const {
  return owner_->context().state();
}

const Shape& Compartment::shape() const {
  return state().slot(slot_).shape;
}

std::string Compartment::path() const {
  return owner_->path() + ":" + name_;
}
std::string Compartment::label() const {
  return owner_->label() + "." + name_;
}

std::string Compartment::target() const {
  if (wire_ == nullptr) return path();
  const Compartment* source = wire_->source.compartment();
  return source != nullptr && !wire_->delayed ? source->target() : wire_->source.text();
}

void Compartment::require_unwired(const char* what) const {
  if (wire_ == nullptr) return;
  throw Error(Error::Kind::wiring, {.path = path()},
              fmt::format("{}: {}.{}: it is wired from {}, and so read-only",
                          owner_->context().root().name(), label(), what, wire_->source.text()),
              fmt::format("set {} instead, or take the wire away", wire_->source.text()));
}

void Compartment::refuse_shape(const char* what, const Shape& got) const {
  std::string symbols;
  for (const Dim& dim : dims_)
    symbols += fmt::format("{}{}", symbols.empty() ? "" : ", ",
                           *dim.symbol != 0 ? dim.symbol : std::to_string(dim.extent));
  const bool transposed =
      got.rank() == 2 && shape().rank() == 2 && got[0] == shape()[1] && got[1] == shape()[0];
  throw Error(Error::Kind::shape, {.path = path()},
              fmt::format("{}: {}.{}: got {}, expected {} = ({})", owner_->context().root().name(),
                          label(), what, to_string(got), to_string(shape()), symbols),
              transposed ? "the array looks transposed"
                         : "give it an array of that shape, or one number for all");
}

void Compartment::set(float value) {
  require_unwired("set");
  if (options_.dtype != DType::float32) refuse_shape("set", {});
  std::ranges::fill(value == 0 ? held_values() : own_values(), value);
  given_ = true;
}

void Compartment::set(std::initializer_list<float> values) {
  set(std::span<const float>(values.begin(), values.size()));
}

void Compartment::set(std::span<const float> values, float scale) {
  require_unwired("set");
  if (values.size() != shape().size() || options_.dtype != DType::float32)
    refuse_shape("set", {static_cast<std::int64_t>(values.size())});
  if (pattern() != nullptr) {
    hold(values);
    for (float& v : held_values()) v *= scale;
  } else {
    std::ranges::transform(values, own_values().begin(), [scale](float v) { return v * scale; });
  }
  given_ = true;
}

void Compartment::set(const Tensor& values) {
  require_unwired("set");
  if (values.dtype() != options_.dtype)
    throw Error(
        Error::Kind::shape, {.path = path()},
        fmt::format("{}: {}.set: got {} values, expected {}", owner_->context().root().name(),
                    label(), to_string(values.dtype()), to_string(options_.dtype)),
        "convert the values first");
  if (values.shape != shape()) {
    // (n,) is taken for (1, n): one sample
    const bool row = values.shape.rank() == 1 && shape().rank() == 2 && shape()[0] == 1 &&
                     shape()[1] == values.shape[0];
    if (!row) refuse_shape("set", values.shape);
  }
  if (pattern() != nullptr)
    hold(values.floats());
  else
    copy_words(values, own_words().data());
  given_ = true;
}

void Compartment::set(const Initialiser& values, const Key& key) {
  require_unwired("set");
  try {
    set(values.draw(shape(), key));
  } catch (const Error& error) {
    throw Error(error.kind(), {.path = path()}, fmt::format("{}: {}", label(), error.problem()),
                error.remedy());
  }
}

void Compartment::set(const Key& key) {
  require_unwired("set");
  if (role_ != Role::key) refuse_shape("set", {2});
  own_words()[0] = key.k0;
  own_words()[1] = key.k1;
}

Tensor Compartment::value() const {
  if (options_.dtype == DType::float32)
    return tensor_of(shape(), options_.dtype,
                     reinterpret_cast<const State::Word*>(values().data()));
  note_access();
  return state().value(read_slot(*this));
}

Tensor Compartment::own_value() const {
  return state().value(slot_);
}

float Compartment::scalar() const {
  if (shape().size() != 1)
    throw Error(Error::Kind::shape, {.path = path()},
                fmt::format("{}: {}.scalar: it holds {} values", owner_->context().root().name(),
                            label(), shape().size()),
                "values() gives them all");
  return values()[0];
}

Key Compartment::key() const {
  note_access();
  const State::Word* words = state().words(slot_);
  return {words[0], words[1]};
}

std::span<const float> Compartment::values() const {
  note_access();
  if (bound_ != nullptr) return {bound_, shape().size()};
  evaluate_for(*this);
  const int slot = read_slot(*this);
  if (const SparsePattern* pattern = state().slot(slot).pattern.get()) {
    constexpr std::size_t kLine = State::kAlignment / sizeof(float);
    whole_.resize(shape().size() + kLine);
    void* first = whole_.data();
    std::size_t room = whole_.size() * sizeof(float);
    std::align(State::kAlignment, shape().size() * sizeof(float), first, room);
    const std::span<float> whole{static_cast<float*>(first), shape().size()};
    pattern->spread({state().floats(slot), pattern->size()}, whole);
    return whole;
  }
  return {state().floats(slot), shape().size()};
}

std::span<float> Compartment::own_values() {
  note_access();
  if (pattern() != nullptr) {
    const Tensor whole = state().value(slot_);
    state().hold(slot_, nullptr);
    std::ranges::copy(whole.floats(), state().floats(slot_));
  }
  return {state().floats(slot_), shape().size()};
}

const SparsePattern* Compartment::pattern() const {
  return state().slot(slot_).pattern.get();
}

std::size_t Compartment::held() const {
  return state().slot(slot_).held();
}

std::span<float> Compartment::held_values() {
  note_access();
  return {state().floats(slot_), state().slot(slot_).held()};
}

/// Takes a whole matrix: by the elements that it has, by others if they are few, or as it is.
void Compartment::hold(std::span<const float> whole) {
  std::vector<float> kept(pattern()->size());
  if (!pattern()->gather(whole, kept)) {
    const auto zeros = std::ranges::count(whole, 0.0F);
    const auto size = static_cast<float>(whole.size());
    if (size - static_cast<float>(zeros) > kSparseShare * size) {
      std::ranges::copy(whole, own_values().begin());
      return;
    }
    state().hold(slot_, std::make_shared<SparsePattern>(SparsePattern::of(shape(), whole)));
    kept.resize(pattern()->size());
    static_cast<void>(pattern()->gather(whole, kept));
  }
  std::ranges::copy(kept, held_values().begin());
}

std::span<std::uint32_t> Compartment::own_words() {
  note_access();
  return {state().words(slot_), shape().size()};
}

}  // namespace plexus
