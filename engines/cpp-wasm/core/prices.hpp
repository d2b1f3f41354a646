// Which prices have a level: pages of 256 neighbouring prices, and bits over bits to find the next.
//
//   words of 64 pages     1 bit each      16 words: which of those words have a page in use
//   pages                 1 bit each      1,024 words: which pages have a level
//   a page                256 prices      4 words of bits, and the slot of each price's level
//
// A page exists while one of its prices has a level, so memory follows the prices in use and not their range.
#pragma once

#include <array>
#include <bit>
#include <vector>

#include "codes.hpp"
#include "orders.hpp"

namespace hotpath {

inline constexpr std::uint32_t belowAll = 0;
inline constexpr std::uint32_t aboveAll = maxPrice + 1;

class Prices {
 public:
  Prices() : directory_(pageCount, none), pages_(1) {}

  // The slot of the level at a price, or `none`.
  std::uint32_t level(std::uint32_t price) const { return pages_[directory_[price >> 8]].levels[price & 255]; }

  void insert(std::uint32_t price, std::uint32_t level) {
    std::uint32_t& place = directory_[price >> 8];
    if (place == none) place = newPage(price >> 8);
    Page& page = pages_[place];
    page.levels[price & 255] = level;
    page.bits[(price & 255) >> 6] |= bit(price);
    ++page.used;
  }

  void remove(std::uint32_t price) {
    std::uint32_t& place = directory_[price >> 8];
    Page& page = pages_[place];
    page.levels[price & 255] = none;
    page.bits[(price & 255) >> 6] &= ~bit(price);
    if (--page.used > 0) return;
    page.nextFree = std::exchange(free_, place);
    place = none;
    forget(price >> 8);
  }

  // #region next-above
  // The nearest price above this one that has a level, or `aboveAll`. At most 4 words of a page, then 3 of the bits over pages.
  std::uint32_t nextAbove(std::uint32_t price) const {
    if (const Page& page = pages_[directory_[price >> 8]]; page.used > 0) {
      std::uint32_t word = (price & 255) >> 6;
      // Twice, for a shift by 64 is undefined.
      std::uint64_t bits = page.bits[word] & (~0ull << (price & 63) << 1);
      while (bits == 0 && ++word < 4) bits = page.bits[word];
      if (bits != 0) return (price & ~255u) | word << 6 | std::countr_zero(bits);
    }
    const std::uint32_t above = nextPage(price >> 8);
    return above == pageCount ? aboveAll : above << 8 | lowest(pages_[directory_[above]]);
  }
  // #endregion next-above

  // The nearest price below this one that has a level, or `belowAll`.
  std::uint32_t nextBelow(std::uint32_t price) const {
    if (const Page& page = pages_[directory_[price >> 8]]; page.used > 0) {
      std::uint32_t word = (price & 255) >> 6;
      std::uint64_t bits = page.bits[word] & (bit(price) - 1);
      while (bits == 0 && word > 0) bits = page.bits[--word];
      if (bits != 0) return (price & ~255u) | word << 6 | (63 - std::countl_zero(bits));
    }
    const std::uint32_t below = previousPage(price >> 8);
    return below == pageCount ? belowAll : below << 8 | highest(pages_[directory_[below]]);
  }

 private:
  static constexpr std::uint32_t pageCount = 1 << 16;

  struct Page {
    std::array<std::uint64_t, 4> bits{};
    std::uint32_t used = 0, nextFree = none;
    std::array<std::uint32_t, 256> levels{};
  };

  static constexpr std::uint64_t bit(std::uint32_t place) { return 1ull << (place & 63); }

  static std::uint32_t lowest(const Page& page) {
    std::uint32_t word = 0;
    while (page.bits[word] == 0) ++word;
    return word << 6 | std::countr_zero(page.bits[word]);
  }

  static std::uint32_t highest(const Page& page) {
    std::uint32_t word = 3;
    while (page.bits[word] == 0) --word;
    return word << 6 | (63 - std::countl_zero(page.bits[word]));
  }

  [[gnu::noinline]] std::uint32_t newPage(std::uint32_t number) {
    std::uint32_t place = free_;
    if (place != none) {
      free_ = pages_[place].nextFree;
    } else {
      place = static_cast<std::uint32_t>(pages_.size());
      pages_.emplace_back();
    }
    inUse_[number >> 6] |= bit(number);
    wordsInUse_[number >> 12] |= bit(number >> 6);
    return place;
  }

  [[gnu::noinline]] void forget(std::uint32_t number) {
    inUse_[number >> 6] &= ~bit(number);
    if (inUse_[number >> 6] == 0) wordsInUse_[number >> 12] &= ~bit(number >> 6);
  }

  // The next page in use above this one, or `pageCount`.
  std::uint32_t nextPage(std::uint32_t page) const {
    std::uint32_t word = page >> 6;
    if (const std::uint64_t bits = inUse_[word] & (~0ull << (page & 63) << 1)) return word << 6 | std::countr_zero(bits);
    std::uint32_t group = word >> 6;
    std::uint64_t words = wordsInUse_[group] & (~0ull << (word & 63) << 1);
    while (words == 0 && ++group < wordsInUse_.size()) words = wordsInUse_[group];
    if (words == 0) return pageCount;
    word = group << 6 | std::countr_zero(words);
    return word << 6 | std::countr_zero(inUse_[word]);
  }

  // The next page in use below this one, or `pageCount`.
  std::uint32_t previousPage(std::uint32_t page) const {
    std::uint32_t word = page >> 6;
    if (const std::uint64_t bits = inUse_[word] & (bit(page) - 1)) return word << 6 | (63 - std::countl_zero(bits));
    std::uint32_t group = word >> 6;
    std::uint64_t words = wordsInUse_[group] & (bit(word) - 1);
    while (words == 0 && group > 0) words = wordsInUse_[--group];
    if (words == 0) return pageCount;
    word = group << 6 | (63 - std::countl_zero(words));
    return word << 6 | (63 - std::countl_zero(inUse_[word]));
  }

  std::vector<std::uint32_t> directory_;
  std::vector<Page> pages_;  // page 0 stays empty: it is that of every price without one
  std::uint32_t free_ = none;
  std::array<std::uint64_t, pageCount / 64> inUse_{};
  std::array<std::uint64_t, pageCount / 64 / 64> wordsInUse_{};
};

}  // namespace hotpath
