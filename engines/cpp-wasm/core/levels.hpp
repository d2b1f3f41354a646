// Levels: the queue of one price each, and the best price of each side. A price is one side's at a time, so both share one index.
#pragma once

#include <vector>

#include "prices.hpp"

namespace hotpath {

struct Level {
  std::uint64_t lots = 0;
  std::uint32_t orders = 0, price = 0;
  std::uint32_t head = none, tail = none;  // `head` is the next free level's slot where this one is free
};

class Levels {
 public:
  Levels() : records_(1) {}

  Level& operator[](std::uint32_t slot) { return records_[slot]; }
  const Level& operator[](std::uint32_t slot) const { return records_[slot]; }
  const Level& at(std::uint32_t price) const { return records_[prices_.level(price)]; }
  std::uint32_t slotAt(std::uint32_t price) const { return prices_.level(price); }

  // `belowAll` where there is no bid, `aboveAll` where there is no ask.
  std::uint32_t best(Side side) const { return side == Side::buy ? bid_ : ask_; }

  // Whether an order of that side and price would trade.
  bool crosses(Side side, std::uint32_t price) const { return side == Side::buy ? price >= ask_ : price <= bid_; }

  std::uint32_t nextWorse(Side side, std::uint32_t price) const {
    return side == Side::buy ? prices_.nextBelow(price) : prices_.nextAbove(price);
  }

  // Puts an order at the end of its price's queue. Gives the slot of its level, and writes that of the order before it.
  std::uint32_t join(Side side, std::uint32_t price, std::uint32_t order, std::uint32_t size, std::uint32_t& before) {
    std::uint32_t slot = prices_.level(price);
    if (slot == none) [[unlikely]] slot = open(side, price);
    Level& level = records_[slot];
    before = std::exchange(level.tail, order);
    if (before == none) level.head = order;
    level.lots += size;
    ++level.orders;
    return slot;
  }

  // #region leave
  // Takes an order out of its queue: two neighbours, one level.
  void leave(Orders& orders, const Order& order) {
    Level& level = records_[order.level];
    (order.previous == none ? level.head : orders[order.previous].next) = order.next;
    (order.next == none ? level.tail : orders[order.next].previous) = order.previous;
    level.lots -= order.size;
    if (--level.orders == 0) close(order.level, order.side);
  }
  // #endregion leave

  // Frees a level whose queue is empty.
  [[gnu::noinline]] void close(std::uint32_t slot, Side side) {
    const std::uint32_t price = records_[slot].price;
    prices_.remove(price);
    if (price == best(side)) (side == Side::buy ? bid_ : ask_) = nextWorse(side, price);
    records_[slot].head = std::exchange(free_, slot);
  }

 private:
  [[gnu::noinline]] std::uint32_t open(Side side, std::uint32_t price) {
    std::uint32_t slot = free_;
    if (slot != none) {
      free_ = records_[slot].head;
    } else {
      slot = static_cast<std::uint32_t>(records_.size());
      records_.emplace_back();
    }
    records_[slot] = {.price = price};
    prices_.insert(price, slot);
    if (side == Side::buy ? price > bid_ : price < ask_) (side == Side::buy ? bid_ : ask_) = price;
    return slot;
  }

  Prices prices_;
  std::vector<Level> records_;  // slot 0 is no level
  std::uint32_t free_ = none;
  std::uint32_t bid_ = belowAll, ask_ = aboveAll;
};

}  // namespace hotpath
