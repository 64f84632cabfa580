#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

#include "plexus/core/shape.h"
#include "plexus/core/sparse_pattern.h"
#include "plexus/core/tensor.h"

namespace plexus {

/// All values of a circuit, in one contiguous arena of 64-byte-aligned slots.
///
/// Every element takes four bytes, so a snapshot, a restore and a detached run are one copy each.
/// Cost: `data` is an addition. Adding, resizing or removing a slot may move every value and
/// changes `layout_version`; whoever keeps pointers compares versions before use. Threads: none of
/// its own; one circuit belongs to one thread at a time.
class State {
 public:
  /// The machine's memory in bytes.
  static std::size_t machine_memory() noexcept;

  using Word = std::uint32_t;
  static constexpr std::size_t kAlignment = 64;

  struct Slot {
    Shape shape;
    DType dtype = DType::float32;
    std::size_t offset = 0;  // in words, a multiple of 16
    bool live = false;
    SharedPattern pattern = nullptr;  // of a matrix that is held by some of its elements

    /// The number of values that it holds.
    [[nodiscard]] std::size_t held() const noexcept {
      return pattern ? pattern->size() : shape.size();
    }
  };

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State();

  /// A new slot, filled with zeros. Throws Error (config) if all would take more than the limit.
  int add(const Shape& shape, DType dtype, SharedPattern pattern = nullptr);
  void remove(int slot);
  /// Gives the slot another shape. The values of `batch_axis` repeat in turn where it grows; others
  /// are lost unless the number of elements stays the same.
  void resize(int slot, const Shape& shape, int batch_axis);
  /// Lets a slot hold the elements of another pattern, or with none the whole matrix: zeros at
  /// first.
  void hold(int slot, SharedPattern pattern);

  /// The bytes that the values may take in all; at first the machine's memory. Refuses what could
  /// not run rather than exhausting the machine.
  void set_limit(std::size_t bytes) noexcept { limit_ = bytes; }
  [[nodiscard]] std::size_t limit() const noexcept { return limit_; }

  [[nodiscard]] const Slot& slot(int id) const { return slots_[static_cast<std::size_t>(id)]; }
  [[nodiscard]] Word* words(int id) noexcept { return base_ + slot(id).offset; }
  [[nodiscard]] const Word* words(int id) const noexcept { return base_ + slot(id).offset; }
  [[nodiscard]] float* floats(int id) noexcept { return reinterpret_cast<float*>(words(id)); }
  [[nodiscard]] const float* floats(int id) const noexcept {
    return reinterpret_cast<const float*>(words(id));
  }

  /// A copy of a slot's values, with the zeros that it does not hold.
  [[nodiscard]] Tensor value(int id) const;

  [[nodiscard]] std::size_t slot_count() const noexcept;
  [[nodiscard]] std::span<const Word> all() const noexcept { return {base_, used_}; }
  [[nodiscard]] std::span<Word> all() noexcept { return {base_, used_}; }
  /// Grows with every change of the layout.
  [[nodiscard]] std::uint64_t layout_version() const noexcept { return version_; }
  /// Grows when a slot moves, changes its size or goes: new slots come behind all others.
  [[nodiscard]] std::uint64_t moves() const noexcept { return moves_; }

 private:
  void require_room(const Shape& shape, const SparsePattern* pattern) const;
  void make_room(int slot, std::size_t before, std::size_t now);
  void grow(std::size_t words);

  std::vector<Slot> slots_;
  Word* base_ = nullptr;
  std::size_t used_ = 0, capacity_ = 0;
  std::size_t limit_ = machine_memory();
  std::uint64_t version_ = 0, moves_ = 0;
};

}  // namespace plexus
