#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plexus/compilers/model/source.h"

namespace plexus::model {

class Template;  // interpolation.h

/// A single value: null, boolean, integer, real or text.
using Scalar = std::variant<std::monostate, bool, std::int64_t, double, std::string>;

/// One value of a model file, with its place. Scalars follow YAML 1.2's core schema.
class Node {
 public:
  enum class Kind {
    null,
    boolean,
    integer,
    real,
    text,
    list,
    mapping,
    deferred,  // a scalar that depends on a loop's turn: at(turn) gives its value
    invalid,   // was reported already; checks pass over it in silence
  };
  struct Entry;

  Node() = default;
  Node(const Place& place, Scalar value, std::string written = {});
  Node(const Place& place, std::vector<Node> items);
  Node(const Place& place, std::vector<Entry> entries);
  Node(const Place& place, std::shared_ptr<const Template> deferred);
  static Node invalid(const Place& place);

  [[nodiscard]] Kind kind() const noexcept;
  [[nodiscard]] bool is(Kind k) const noexcept { return kind() == k; }
  [[nodiscard]] bool is_number() const noexcept { return is(Kind::integer) || is(Kind::real); }
  [[nodiscard]] bool is_scalar() const noexcept { return kind() <= Kind::text; }

  /// Where it is written. An empty value has the place of its key.
  [[nodiscard]] const Place& place() const noexcept { return place_; }

  // Each asserts its kind.
  [[nodiscard]] bool boolean() const;
  [[nodiscard]] std::int64_t integer() const;
  [[nodiscard]] double real() const;  // an integer too
  [[nodiscard]] const std::string& text() const;
  [[nodiscard]] const std::vector<Node>& items() const;     // of a list
  [[nodiscard]] const std::vector<Entry>& entries() const;  // of a mapping, in order of writing
  [[nodiscard]] const Scalar& scalar() const;               // of kinds null to text
  [[nodiscard]] const Template& deferred() const;

  /// An integer, or a real that is whole: $(64 / 2) serves where an integer is asked for.
  [[nodiscard]] std::optional<std::int64_t> whole() const noexcept;

  /// The value of a key, or nullptr if there is none or this is no mapping.
  [[nodiscard]] const Node* find(std::string_view key) const noexcept;
  [[nodiscard]] const Entry* entry(std::string_view key) const noexcept;

  /// The value in a loop's given turn: a copy without deferred scalars. Throws Error if one cannot
  /// be computed, e.g. divides by zero.
  [[nodiscard]] Node at(std::int64_t turn) const;
  [[nodiscard]] bool has_deferred() const noexcept;

  /// A scalar as it stands in the file, without quotes.
  [[nodiscard]] const std::string& written() const noexcept { return written_; }

  /// For messages: "12", "'abc'", "a list", "a mapping", "nothing".
  [[nodiscard]] std::string summary() const;

  /// The place of `length` bytes at byte `offset` of a text, also inside quoted, folded and
  /// interpolated ones.
  [[nodiscard]] Place place_at(std::size_t offset, std::size_t length = 1) const;

  /// Says where in written() each byte of a text comes from that is not written() itself.
  void set_origin(std::vector<std::uint32_t> origin);

 private:
  struct Invalid {};
  using List = std::vector<Node>;
  using Mapping = std::vector<Entry>;
  std::variant<Scalar, List, Mapping, std::shared_ptr<const Template>, Invalid> value_;
  Place place_;
  std::string written_;
  std::shared_ptr<const std::vector<std::uint32_t>> origin_;
};

struct Node::Entry {
  std::string key;
  Place place;  // of the key
  Node value;
};

}  // namespace plexus::model
