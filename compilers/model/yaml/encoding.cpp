#include "plexus/compilers/model/yaml/encoding.h"

#include <fmt/format.h>

namespace plexus::model::detail {

std::size_t find_bad_byte(std::string_view text, std::string& why) {
  for (std::size_t i = 0; i < text.size();) {
    const auto at = [&](std::size_t k) {
      return k < text.size() ? static_cast<unsigned char>(text[k]) : 0U;
    };
    const unsigned lead = at(i);
    if (lead < 0x80U) {
      if ((lead < 0x20U && lead != '\t' && lead != '\n') || lead == 0x7FU) {
        why = fmt::format("the control character 0x{:02x}", lead);
        return i;
      }
      ++i;
      continue;
    }
    const std::size_t size = lead >= 0xF0U ? 4 : lead >= 0xE0U ? 3 : 2;
    unsigned code = size == 4 ? lead & 0x07U : size == 3 ? lead & 0x0FU : lead & 0x1FU;
    bool good = lead >= 0xC2U && lead <= 0xF4U && i + size <= text.size();
    for (std::size_t k = 1; good && k < size; ++k) {
      good = (at(i + k) & 0xC0U) == 0x80U;
      code = code << 6U | (at(i + k) & 0x3FU);
    }
    good = good && !(size == 3 && code < 0x800U) &&
           !(size == 4 && (code < 0x10000U || code > 0x10FFFFU)) &&
           !(code >= 0xD800U && code <= 0xDFFFU);
    if (!good) {
      why = fmt::format("the byte 0x{:02x}, which is no UTF-8", lead);
      return i;
    }
    if ((code >= 0x80U && code < 0xA0U && code != 0x85U) || code == 0xFFFEU || code == 0xFFFFU) {
      why = fmt::format("the control character U+{:04X}", code);
      return i;
    }
    i += size;
  }
  return std::string_view::npos;
}

}  // namespace plexus::model::detail
