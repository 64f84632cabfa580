#pragma once

#include <cstdint>
#include <initializer_list>
#include <span>
#include <string>
#include <vector>

#include "plexus/core/shape.h"
#include "plexus/core/state.h"
#include "plexus/core/tensor.h"

namespace Eigen {  // Eigen itself comes with core/eigen.h, where arrays are really wanted
template <typename Derived>
class DenseBase;
}

namespace plexus {

class Component;
class Initialiser;
struct Key;
struct Wire;
struct ConstView;
struct View;
namespace detail {
class BoundReads;
}

enum class Role : std::uint8_t { input, state, parameter, output, key, internal };
const char* to_string(Role role) noexcept;

/// One extent of a compartment, with the symbol that help and errors show. `B` is the batch.
struct Dim {
  std::int64_t extent = 1;
  const char* symbol = "";
  bool batch = false;
  Dim(std::int64_t n, const char* name = "") : extent(n), symbol(name) {}
  static Dim of_batch() {
    Dim d{1, "B"};
    d.batch = true;
    return d;
  }
};
inline const Dim B = Dim::of_batch();
using Dims = std::vector<Dim>;

/// What a compartment may need beyond its name, role, shape and sentence.
struct CompartmentOptions {
  float initial = 0;  // the value before the first step, and after `clears`
  const char* unit = "";
  DType dtype = DType::float32;
  bool auto_save = true;
  bool spikes = false;              // holds 0 and 1, mostly 0
  SharedPattern pattern = nullptr;  // of a matrix that is held by its non-zeros
};

/// A named, shaped view of one slot in its circuit's state.
///
/// Lifetime: owned by its component, valid as long as the context. Cost: an index and a shape.
/// Threads: reads may overlap; a write needs the slot to itself, which compiled plans arrange.
/// Invariants:
///   (1) name, role and type never change after construction; the shape only with the batch size;
///   (2) a wired compartment has exactly one source and is read-only.
class Compartment {
 public:
  Compartment(Component& owner, const char* name, Role role, Dims dims, const char* doc,
              CompartmentOptions options = {});
  ~Compartment();
  Compartment(const Compartment&) = delete;
  Compartment& operator=(const Compartment&) = delete;

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] Role role() const noexcept { return role_; }
  [[nodiscard]] const Dims& dims() const noexcept { return dims_; }
  [[nodiscard]] const std::string& doc() const noexcept { return doc_; }
  [[nodiscard]] const CompartmentOptions& options() const noexcept { return options_; }
  [[nodiscard]] Component& owner() const noexcept { return *owner_; }
  [[nodiscard]] int slot() const noexcept { return slot_; }
  [[nodiscard]] const Shape& shape() const;
  /// "v1:W:weights".
  [[nodiscard]] std::string path() const;
  /// "W.weights", as model files and recordings name it.
  [[nodiscard]] std::string label() const;

  /// Copies values into the slot. A single number fills it.
  /// Throws Error: wiring, if this compartment is wired; shape, if the shapes differ.
  void set(float value);
  void set(std::initializer_list<float> values);
  /// With `scale`, the values times that factor.
  void set(std::span<const float> values, float scale = 1);
  void set(const Tensor& values);
  void set(const Initialiser& values, const Key& key);
  void set(const Key& key);
  template <typename Derived>
  void set(const Eigen::DenseBase<Derived>& values);

  /// The present value: the source's where this compartment
  /// is wired (an expression is evaluated now).
  [[nodiscard]] Tensor value() const;
  /// The present value of a compartment of one element.
  [[nodiscard]] float scalar() const;
  [[nodiscard]] Key key() const;

  /// Eigen maps over the slot (core/eigen.h): what this
  /// compartment reads, and its own values to write.
  [[nodiscard]] ConstView read() const;
  [[nodiscard]] View write();
  /// The same as plain spans.
  [[nodiscard]] std::span<const float> values() const;
  [[nodiscard]] std::span<float> own_values();
  [[nodiscard]] std::span<std::uint32_t> own_words();
  /// The value in its own slot, wired or not.
  [[nodiscard]] Tensor own_value() const;

  /// The elements that a matrix is held by; null where it is held whole. To all that is above, and
  /// to wires and recordings, it is the whole matrix: own_values() makes it one, and so does a
  /// `set` of many non-zeros that are not among these elements; a few become the new ones.
  [[nodiscard]] const SparsePattern* pattern() const;
  /// How many values its slot holds.
  [[nodiscard]] std::size_t held() const;
  /// The values of these elements.
  [[nodiscard]] std::span<float> held_values();

  /// True if another compartment, or an expression over several, feeds this one.
  [[nodiscard]] bool targeted() const noexcept { return wire_ != nullptr; }
  [[nodiscard]] const Wire* wire() const noexcept { return wire_; }
  /// The path of what it reads: its own, its source's, or the text of an expression.
  [[nodiscard]] std::string target() const;

 private:
  friend class Context;
  friend class Component;
  friend class Process;
  friend class detail::BoundReads;
  /// Where accesses are verified: throws Error (schedule)
  /// if the running method does not declare this one.
  void note_access() const;
  void require_unwired(const char* what) const;
  void hold(std::span<const float> whole);
  [[noreturn]] void refuse_shape(const char* what, const Shape& got) const;
  [[nodiscard]] State& state() const;

  Component* owner_;
  std::string name_, doc_;
  Role role_;
  Dims dims_;
  CompartmentOptions options_;
  int slot_ = -1;
  Wire* wire_ = nullptr;
  const float* bound_ = nullptr;  // what a running whole method reads
  bool given_ = false;            // was ever set: its value is meant
  mutable std::vector<float>
      whole_;  // what values() gives of a matrix that is held by some elements
};

}  // namespace plexus
