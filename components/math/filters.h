#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "plexus/core/tensor.h"

/// Centre-surround filters of images, by the names of ngc-learn's `filters`.
namespace plexus::math {

/// What lies beyond the edge of an image: its outermost pixel again, or its mirror image about that
/// pixel.
enum class EdgePad { edge, reflect };

/// edge, reflect. Throws Error: config, for another word.
EdgePad edge_pad(std::string_view name);

struct CentreSurround {
  float sigma_center = 1, sigma_surround = 1.6F;  // pixels
  int kernel_size = 2;     // radius of the kernels, pixels; the smallest extent is greater
  bool use_ratio = false;  // centre / surround instead of centre - surround
  EdgePad edge_pad_mode = EdgePad::edge;
};

/// exp(-i² / (2 sigma²)) over so many places, i counted from the middle one (of an even number, the
/// one after the middle), of sum 1.
std::vector<double> gaussian_profile(double sigma, std::int64_t places);

/// exp(-(i² + j²) / (2 sigma²)) for |i|, |j| <= radius, of sum 1: (2 radius + 1)² numbers, row by
/// row. Throws Error: config, unless sigma > 0 and radius >= 0.
std::vector<float> gaussian_kernel(float sigma, int radius);

/// Images (…, H, W), each blurred by a centre c and a surround s: c - s, or c / (s + 1e-5).
/// Throws Error: config, for images too small for the kernel; shape, below two axes.
Tensor gaussian_filter(const Tensor& images, const CentreSurround& filter);

struct CorticalGains {
  float semi_sat_constant = 0.1F;  // h
  float excitation_exp = 2;        // p
  float inhibition_exp = 2;        // q
};

/// The same, rectified: max(0, c - s), or max(0, c)^p / (max(0, s)^q + h²).
Tensor cortical_gaussian_filter(const Tensor& images, const CentreSurround& filter,
                                const CorticalGains& gains = {});

}  // namespace plexus::math
