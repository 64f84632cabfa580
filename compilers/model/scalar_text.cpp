#include "plexus/compilers/model/scalar_text.h"

#include <algorithm>

namespace plexus::model::detail {
namespace {

bool blank(char c) {
  return c == ' ' || c == '\t' || c == '\n';
}

/// Length of an escape in the file, from its backslash on, and of what it stands for.
struct Escape {
  std::size_t written, value;
};

std::size_t utf8_size(unsigned long code) {
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

Escape escape_at(std::string_view text, std::size_t at) {
  if (at + 1 >= text.size()) return {1, 0};
  const auto coded = [&](std::size_t digits) -> Escape {
    unsigned long code = 0;
    for (const char c : text.substr(at + 2, digits))
      code = code * 16 + static_cast<unsigned long>(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);
    return {2 + digits, utf8_size(code)};
  };
  switch (text[at + 1]) {
    case '\n': return {2, 0};
    case 'x': return coded(2);
    case 'u': return coded(4);
    case 'U': return coded(8);
    case 'N':
    case '_': return {2, 2};
    case 'L':
    case 'P': return {2, 3};
    default: return {2, 1};
  }
}

class Locator {
 public:
  Locator(std::string_view text, std::size_t begin, std::string_view value, bool keep)
      : text_(text), at_(begin), value_(value), keep_(keep) {}

  Written run() {
    const char first = at_ < text_.size() ? text_[at_] : '\n';
    if (first == '"' || first == '\'') {
      ++at_;
      quoted(first);
    } else {
      if (first == '|' || first == '>') at_ = std::min(text_.find('\n', at_), text_.size());
      plain();
    }
    return std::move(out_);
  }

 private:
  void take(std::size_t from) {
    if (keep_) out_.bytes.push_back(from);
  }

  /// A blank of the value: the blank here, or what is left of several that were folded.
  void take_blank(char c) {
    take(at_);
    if (at_ < text_.size() && text_[at_] == c) ++at_;
  }

  void skip_blanks() {
    while (at_ < text_.size() && blank(text_[at_])) ++at_;
  }

  void plain() {
    out_.end = at_;
    for (const char c : value_) {
      if (blank(c)) {
        take_blank(c);
        continue;
      }
      skip_blanks();
      take(at_);
      if (at_ < text_.size() && text_[at_] == c) out_.end = ++at_;
    }
  }

  void quoted(char quote) {
    for (std::size_t k = 0; k < value_.size();) {
      if (at_ < text_.size() && quote == '"' && text_[at_] == '\\') {
        const Escape escape = escape_at(text_, at_);
        for (std::size_t j = 0; j < escape.value && k < value_.size(); ++j, ++k) take(at_);
        at_ = std::min(at_ + escape.written, text_.size());
        if (escape.value == 0) skip_blanks();  // an escaped line end
        continue;
      }
      if (blank(value_[k])) {
        take_blank(value_[k++]);
        continue;
      }
      skip_blanks();
      if (at_ < text_.size() && quote == '"' && text_[at_] == '\\') continue;
      take(at_);
      if (at_ < text_.size() && text_[at_] == value_[k])
        at_ += quote == '\'' && text_[at_] == quote ? 2 : 1;
      ++k;
    }
    while (at_ < text_.size() && (blank(text_[at_]) || (quote == '"' && text_[at_] == '\\'))) ++at_;
    out_.closed = at_ < text_.size() && text_[at_] == quote;
    out_.end = std::min(at_ + 1, text_.size());
  }

  std::string_view text_;
  std::size_t at_;
  std::string_view value_;
  bool keep_;
  Written out_;
};

}  // namespace

Written locate(std::string_view text, std::size_t begin, std::string_view value) {
  return Locator(text, begin, value, true).run();
}

Written measure(std::string_view text, std::size_t begin, std::string_view value) {
  return Locator(text, begin, value, false).run();
}

}  // namespace plexus::model::detail
