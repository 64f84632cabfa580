#include "plexus/compilers/model/scanner.h"

#include <algorithm>
#include <utility>

namespace plexus::model::detail {

std::nullopt_t Scanner::fail(std::size_t at, std::size_t length, std::string problem,
                             std::string remedy) const {
  diagnostics_.error(placer_(at, length), std::move(problem), std::move(remedy));
  return std::nullopt;
}

bool Scanner::refuse(std::size_t at, std::size_t length, std::string problem,
                     std::string remedy) const {
  fail(at, length, std::move(problem), std::move(remedy));
  return false;
}

bool Scanner::starts_with(std::string_view sign) const {
  return text_.substr(at_).starts_with(sign);
}

std::string_view Scanner::character() const {
  const std::string_view rest = text_.substr(at_);
  std::size_t length = std::min<std::size_t>(1, rest.size());
  while (length < rest.size() && (static_cast<unsigned char>(rest[length]) & 0xC0U) == 0x80U)
    ++length;
  return rest.substr(0, length);
}

std::size_t Scanner::behind_blanks(std::size_t at) const {
  return std::min(text_.find_first_not_of(" \t\n", at), text_.size());
}

bool Scanner::accept(std::string_view sign) {
  if (!starts_with(sign)) return false;
  at_ += sign.size();
  skip();
  return true;
}

}  // namespace plexus::model::detail
