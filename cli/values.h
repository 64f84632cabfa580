#pragma once

#include <string>

namespace plexus::cli {

// What numbers options take: "" for a good one, else what is wrong with it. For CLI11's `check`.
std::string above_zero(const std::string& text);
std::string at_least_zero(const std::string& text);
std::string at_least_one(const std::string& text);
std::string seed_word(const std::string& text);  // an integer of 32 bits

}  // namespace plexus::cli
