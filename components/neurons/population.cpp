#include "plexus/components/neurons/population.h"

#include <fmt/format.h>

#include "plexus/core/error.h"

namespace plexus {

Dims population(int n_units, const Shape& image, std::string_view component) {
  if (image.rank() == 0) return {B, {n_units, "n_units"}};
  if (image.rank() != 3)
    throw Error(Error::Kind::config, {},
                fmt::format("{}.shape is {}; expected [height, width, channels]", component,
                            to_string(image)));
  if (image.size() != static_cast<std::size_t>(n_units))
    throw Error(Error::Kind::config, {},
                fmt::format("{}.shape is {}, {} places, but n_units is {}", component,
                            to_string(image), image.size(), n_units),
                fmt::format("give {} `n_units: {}`", component, image.size()));
  return {B, {image[0], "height"}, {image[1], "width"}, {image[2], "channels"}};
}

void describe_image(Parameters& d, Shape& image) {
  d("shape", image,
    "image shape [height, width, channels] of the compartments; null for (B, n_units)", positive,
    Example{"optional"});
}

}  // namespace plexus
