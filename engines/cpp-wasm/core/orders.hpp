// The slab of orders: each live order is a record of one vector, named by its slot.
//
// The orders of a price form a list through `previous` and `next`, which are slots. Slot 0 is never an order: it ends every list,
// and takes the writes of who has no neighbour, so that joining and leaving a queue ask nothing.
#pragma once

#include <vector>

#include "codes.hpp"

namespace hotpath {

inline constexpr std::uint32_t none = 0;

// #region order-record
struct alignas(32) Order {
  std::uint32_t id;  // 0 in a free slot, whose `next` is the next free one
  std::uint32_t owner;
  std::uint32_t size;   // open lots
  std::uint32_t level;  // slot of its level
  std::uint32_t previous, next;
  Side side;
  Stp stp : 8;
  bool postOnly : 8;
};
// #endregion order-record
static_assert(sizeof(Order) == 32);  // two of them in a cache line, and none in two lines

class Orders {
 public:
  Orders() : records_(1) {}

  Order& operator[](std::uint32_t slot) { return records_[slot]; }
  const Order& operator[](std::uint32_t slot) const { return records_[slot]; }

  // Slots that there are, the free ones and slot 0 included.
  std::size_t slots() const { return records_.size(); }
  bool full() const { return free_ == none; }

  // Adds a free slot to a full slab. Memory doubles when it must; nothing is ever given back.
  void grow() {
    records_.emplace_back();
    free_ = static_cast<std::uint32_t>(records_.size() - 1);
  }

  // A free slot, taken. There must be one.
  std::uint32_t take() {
    const std::uint32_t slot = free_;
    free_ = records_[slot].next;
    return slot;
  }

  void giveBack(std::uint32_t slot) {
    records_[slot].id = 0;
    records_[slot].next = free_;
    free_ = slot;
  }

 private:
  std::vector<Order> records_;
  std::uint32_t free_ = none;
};

}  // namespace hotpath
