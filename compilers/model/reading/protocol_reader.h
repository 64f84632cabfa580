#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "plexus/compilers/model/reading/reader.h"

namespace plexus::model::detail {

/// The statements of a protocol.
class ProtocolReader {
 public:
  ProtocolReader(const Reader& reader, Scope scope, std::vector<std::string> processes,
                 std::vector<std::string> data)
      : reader_(reader),
        scope_(std::move(scope)),
        processes_(std::move(processes)),
        data_(std::move(data)) {}

  /// `where` is "protocol" or "do".
  std::vector<Statement> statements(const Node& list, std::string_view where);

 private:
  static bool is_statement(const std::string& key);
  std::optional<Statement> statement(const Node& node);
  void check_keys(const Node& node, const std::string& kind,
                  const std::vector<std::string>& allowed);

  /// The value of a key, interpolated; an invalid node if there is none.
  [[nodiscard]] Node value(const Node::Entry& entry) const;
  std::vector<Statement> body(const Node& node, const Node::Entry& owner, bool loop);

  Run run(const Node& node);
  bool keyword(const Node::Entry& entry, Run& run);
  For for_each(const Node& node);
  Repeat repeat(const Node& node);
  Every every(const Node& node);
  std::optional<Normalize> normalize(const Node& mapping);
  std::optional<Assign> assign(const Node::Entry& entry);
  std::optional<Record> record(const Node& list);
  std::optional<Log> log(const Node& text);
  std::vector<Clamp> clamps(const Node& mapping);
  std::optional<Clamp> clamp(const Node::Entry& entry);
  bool numbers(const Node& list, std::string_view what);
  void refuse(const Node::Entry& entry);

  const Reader& reader_;
  Scope scope_;
  std::vector<std::string> processes_, data_;
};

}  // namespace plexus::model::detail
