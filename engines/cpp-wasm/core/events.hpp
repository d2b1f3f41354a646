// Events: records of five words, appended to a buffer that is used again.
#pragma once

#include <vector>

#include "codes.hpp"

namespace hotpath {

class Events {
 public:
  Events() : records_(1024) {}

  // Starts over, and keeps the memory.
  void clear() { count_ = 0; }
  std::size_t count() const { return count_; }
  std::size_t capacity() const { return records_.size(); }
  const Event* data() const { return records_.data(); }

  void accepted(std::uint32_t id) { push({number(Kind::accepted), id, 0, 0, 0}); }

  void executed(std::uint32_t taker, std::uint32_t maker, std::uint32_t price, std::uint32_t size) {
    push({number(Kind::executed), taker, maker, price, size});
  }

  void canceled(std::uint32_t id, std::uint32_t size, CancelReason reason) {
    push({number(Kind::canceled) | number(reason) << 8, id, 0, 0, size});
  }

  void replaced(std::uint32_t id, std::uint32_t price, std::uint32_t size) {
    push({number(Kind::replaced), id, 0, price, size});
  }

  // `id` is 0 where the event leaves it out.
  [[gnu::cold]] void rejected(Op op, std::uint32_t id, RejectReason reason) {
    push({number(Kind::rejected) | number(reason) << 8 | number(op) << 16, id, 0, 0, 0});
  }

  // Writes a book's head, to be filled in by `bookLevels`. Gives its place.
  std::size_t book() {
    push({number(Kind::book), 0, 0, 0, 0});
    return count_ - 1;
  }

  void bookLevels(std::size_t place, std::uint32_t bids, std::uint32_t asks) {
    records_[place] = {number(Kind::book), bids, asks, 0, 0};
  }

  void level(Side side, std::uint32_t price, std::uint64_t lots, std::uint32_t orders) {
    const auto upper = static_cast<std::uint32_t>(lots >> 32);
    push({number(Kind::level) | number(side) << 16, orders, upper, price, static_cast<std::uint32_t>(lots)});
  }

 private:
  void push(Event event) {
    if (count_ == records_.size()) [[unlikely]] records_.resize(2 * count_);
    records_[count_++] = event;
  }

  std::vector<Event> records_;
  std::size_t count_ = 0;
};

}  // namespace hotpath
