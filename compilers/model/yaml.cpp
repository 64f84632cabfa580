#include "plexus/compilers/model/yaml.h"

#include <algorithm>
#include <sstream>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/parser.h>

#include "plexus/compilers/model/yaml/encoding.h"
#include "plexus/compilers/model/yaml/problems.h"
#include "plexus/compilers/model/yaml/tree_builder.h"

namespace plexus::model {
namespace {

Node read(const Source& source, const std::string& text, Diagnostics& diagnostics) {
  std::string why;
  if (const std::size_t bad = detail::find_bad_byte(text, why); bad != std::string_view::npos) {
    diagnostics.error(source.place(bad), fmt::format("the file contains {}", why),
                      "save it as UTF-8 text; inside double quotes such characters can be written "
                      "\\xNN or \\uNNNN");
    return Node::invalid(source.place(bad));
  }
  detail::TreeBuilder builder{source, text, diagnostics};
  try {
    std::istringstream in{text};
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(builder)) {
    }
    if (auto root = builder.take()) return std::move(*root);
    return Node{source.place(0), Scalar{}};
  } catch (const detail::Stop&) {
  } catch (const YAML::Exception& problem) {
    detail::report(problem, source, builder, diagnostics);
  } catch (const std::exception& problem) {
    diagnostics.error(source.place(builder.cursor()),
                      fmt::format("this is not valid YAML: {}", problem.what()),
                      "the problem is here or in the lines that follow");
  }
  return Node::invalid(source.place(0));
}

}  // namespace

Node read_yaml(const Source& source, Diagnostics& diagnostics) {
  return read(source, source.text(), diagnostics);
}

Node read_yaml(const Source& source, std::size_t offset, Diagnostics& diagnostics) {
  // Blanks keep every place where it is.
  std::string text = source.text();
  const std::size_t end = std::min(offset, text.size());
  for (std::size_t i = 0; i < end; ++i)
    if (text[i] != '\n') text[i] = ' ';
  return read(source, text, diagnostics);
}

}  // namespace plexus::model
