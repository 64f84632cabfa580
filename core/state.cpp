#include "plexus/core/state.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <new>

#include <fmt/format.h>
#include <unistd.h>

#include "plexus/core/error.h"

namespace plexus {
namespace {

constexpr std::size_t kWordsPerLine = State::kAlignment / sizeof(State::Word);

std::size_t padded(std::size_t words) {
  return std::max(kWordsPerLine, (words + kWordsPerLine - 1) / kWordsPerLine * kWordsPerLine);
}

State::Word* allocate(std::size_t words) {
  return static_cast<State::Word*>(
      ::operator new (words * sizeof(State::Word), std::align_val_t{State::kAlignment}));
}

void release(State::Word* words) {
  ::operator delete (words, std::align_val_t{State::kAlignment});
}

/// The number of elements before, along and after `axis`.
struct Split {
  std::size_t outer = 1, along = 1, inner = 1;
  Split(const Shape& shape, int axis) {
    for (std::size_t i = 0; i < shape.rank(); ++i) {
      const auto n = static_cast<std::size_t>(shape[i]);
      (static_cast<int>(i) < axis ? outer : static_cast<int>(i) == axis ? along : inner) *= n;
    }
  }
};

}  // namespace

State::~State() {
  release(base_);
}

std::size_t State::machine_memory() noexcept {
  const long pages = sysconf(_SC_PHYS_PAGES), page = sysconf(_SC_PAGESIZE);
  if (pages <= 0 || page <= 0) return std::numeric_limits<std::size_t>::max() / 2;
  return static_cast<std::size_t>(pages) * static_cast<std::size_t>(page);
}

/// In reals, as the number of elements may not fit 64 bits.
void State::require_room(const Shape& shape, const SparsePattern* pattern) const {
  double bytes = sizeof(Word);
  for (const auto extent : shape) {
    if (extent < 0)
      throw Error(Error::Kind::shape, {}, fmt::format("there is no shape {}", to_string(shape)));
    bytes *= static_cast<double>(extent);
  }
  if (pattern != nullptr) bytes = static_cast<double>(pattern->size()) * sizeof(Word);
  const double used = static_cast<double>(used_) * sizeof(Word);
  if (used + bytes <= static_cast<double>(limit_)) return;
  constexpr double kGiga = 1e9;
  throw Error(
      Error::Kind::config, {},
      fmt::format("an array {} would bring the circuit's values to {:.3g} GB; the memory limit is "
                  "{:.3g} GB",
                  to_string(shape), (used + bytes) / kGiga, static_cast<double>(limit_) / kGiga),
      "make the circuit smaller, or give it a machine with more memory");
}

void State::grow(std::size_t words) {
  if (words <= capacity_) return;
  const std::size_t capacity = std::max(words, 2 * capacity_);
  Word* const base = allocate(capacity);
  if (used_ > 0) std::memcpy(base, base_, used_ * sizeof(Word));
  release(base_);
  base_ = base;
  capacity_ = capacity;
}

int State::add(const Shape& shape, DType dtype, SharedPattern pattern) {
  require_room(shape, pattern.get());
  slots_.push_back({shape, dtype, used_, true, std::move(pattern)});
  const std::size_t words = padded(slots_.back().held());
  grow(used_ + words);
  std::memset(base_ + used_, 0, words * sizeof(Word));
  used_ += words;
  ++version_;
  return static_cast<int>(slots_.size()) - 1;
}

void State::remove(int id) {
  Slot& gone = slots_[static_cast<std::size_t>(id)];
  const std::size_t words = padded(gone.held());
  std::memmove(base_ + gone.offset, base_ + gone.offset + words,
               (used_ - gone.offset - words) * sizeof(Word));
  for (Slot& other : slots_)
    if (other.live && other.offset > gone.offset) other.offset -= words;
  used_ -= words;
  gone.live = false;
  ++version_;
  ++moves_;
}

/// The slots behind one that holds another number of values move; its own values are undefined
/// then.
void State::make_room(int id, std::size_t before, std::size_t after) {
  const std::size_t was = padded(before), now = padded(after), offset = slot(id).offset;
  if (now > was) grow(used_ + now - was);
  std::memmove(base_ + offset + now, base_ + offset + was, (used_ - offset - was) * sizeof(Word));
  for (Slot& other : slots_)
    if (other.live && other.offset > offset) other.offset = other.offset + now - was;
  used_ = used_ + now - was;
  std::memset(words(id), 0, now * sizeof(Word));
  ++version_;
  ++moves_;
}

void State::hold(int id, SharedPattern pattern) {
  Slot& s = slots_[static_cast<std::size_t>(id)];
  require_room(s.shape, pattern.get());
  const std::size_t before = s.held();
  s.pattern = std::move(pattern);
  make_room(id, before, s.held());
}

void State::resize(int id, const Shape& shape, int batch_axis) {
  require_room(shape, nullptr);
  const Slot before = slot(id);
  const std::vector<Word> old(words(id), words(id) + before.shape.size());
  const Split from{before.shape, batch_axis}, to{shape, batch_axis};

  make_room(id, before.shape.size(), shape.size());
  slots_[static_cast<std::size_t>(id)].shape = shape;

  Word* const values = words(id);
  if (old.empty()) return;
  if (from.outer != to.outer || from.inner != to.inner) {
    std::copy_n(old.begin(), std::min(old.size(), shape.size()), values);
    return;
  }
  for (std::size_t o = 0; o < to.outer; ++o)
    for (std::size_t b = 0; b < to.along; ++b)
      std::copy_n(old.data() + (o * from.along + b % from.along) * from.inner, to.inner,
                  values + (o * to.along + b) * to.inner);
}

Tensor State::value(int id) const {
  const Slot& s = slot(id);
  if (s.pattern) {
    std::vector<float> dense(s.shape.size());
    s.pattern->spread({floats(id), s.held()}, dense);
    return {s.shape, std::move(dense)};
  }
  return tensor_of(s.shape, s.dtype, words(id));
}

std::size_t State::slot_count() const noexcept {
  return static_cast<std::size_t>(std::ranges::count(slots_, true, &Slot::live));
}

}  // namespace plexus
