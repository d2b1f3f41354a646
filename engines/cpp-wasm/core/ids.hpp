// From an order's id to its slot: direct where ids are dense, hashed where they are not.
//
// The first table is indexed by an id's low bits alone: callers count up, so few live ids share a place. It holds slots and no ids;
// the order has its id, and who looks for an order reads it anyway. A newcomer takes the place, and the older order that stood there
// moves to a hash table. For each place, `moved` counts those, so that most ids which are nowhere are known to be so at once.
#pragma once

#include <utility>
#include <vector>

#include "orders.hpp"

namespace hotpath {

// From id to slot: open addressing, linear probing, the gap closed at each removal. At most half full.
class HashTable {
 public:
  HashTable() : cells_(64) {}

  std::uint32_t find(std::uint32_t id) const { return cells_[cellOf(id)].slot; }

  void insert(std::uint32_t id, std::uint32_t slot) {
    if (2 * ++count_ > cells_.size()) widen();
    cells_[cellOf(id)] = {id, slot};
  }

  // Takes an id out. Gives its slot, or `none`.
  std::uint32_t take(std::uint32_t id) {
    std::size_t gap = cellOf(id);
    const std::uint32_t slot = cells_[gap].slot;
    if (slot == none) return none;
    const std::size_t mask = cells_.size() - 1;
    for (std::size_t at = gap;;) {
      at = (at + 1) & mask;
      if (cells_[at].slot == none) break;
      // It may fill the gap where its own first cell is not behind the gap.
      if (((at - first(cells_[at].id)) & mask) >= ((at - gap) & mask)) {
        cells_[gap] = cells_[at];
        gap = at;
      }
    }
    cells_[gap] = {};
    --count_;
    return slot;
  }

  // Empties it. Gives what was in it, in cells of which some are free.
  auto takeAll() {
    count_ = 0;
    return std::exchange(cells_, std::vector<Cell>(64));
  }

 private:
  struct Cell {
    std::uint32_t id = 0, slot = none;
  };

  // Fibonacci hashing: the upper bits of a product spread ids that differ in any of theirs.
  std::size_t first(std::uint32_t id) const {
    return static_cast<std::size_t>((id * 0x9E3779B97F4A7C15ull) >> 32) & (cells_.size() - 1);
  }

  // Where the id is, or where it would go.
  std::size_t cellOf(std::uint32_t id) const {
    std::size_t at = first(id);
    while (cells_[at].slot != none && cells_[at].id != id) at = (at + 1) & (cells_.size() - 1);
    return at;
  }

  void widen() {
    for (const Cell& cell : std::exchange(cells_, std::vector<Cell>(2 * cells_.size()))) {
      if (cell.slot != none) cells_[cellOf(cell.id)] = cell;
    }
  }

  std::vector<Cell> cells_;
  std::size_t count_ = 0;
};

class Ids {
 public:
  Ids() : window_(1 << 16, none), moved_(1 << 16) {}

  // The slot of a live order, or `none`.
  std::uint32_t find(const Orders& orders, std::uint32_t id) const {
    const std::uint32_t slot = window_[place(id)];
    if (orders[slot].id == id) return slot;
    return moved_[place(id)] == 0 ? none : hashed_.find(id);
  }

  // The id must not be live.
  void insert(const Orders& orders, std::uint32_t id, std::uint32_t slot) {
    const std::uint32_t old = std::exchange(window_[place(id)], slot);
    if (old != none) [[unlikely]] move(orders[old].id, old);
  }

  // Takes an id out, before its order goes. Gives its slot, or `none`.
  std::uint32_t take(const Orders& orders, std::uint32_t id) {
    const std::uint32_t slot = window_[place(id)];
    if (orders[slot].id != id) [[unlikely]] return takeHashed(id);
    window_[place(id)] = none;
    return slot;
  }

  // To be called when the slab has grown: keeps four places to a slot.
  void fit(const Orders& orders) {
    if (4 * orders.slots() > window_.size()) widen(orders);
  }

 private:
  std::size_t place(std::uint32_t id) const { return id & (window_.size() - 1); }

  [[gnu::noinline]] void move(std::uint32_t id, std::uint32_t slot) {
    if (moved_[place(id)] < tooMany) ++moved_[place(id)];
    hashed_.insert(id, slot);
  }

  [[gnu::noinline]] std::uint32_t takeHashed(std::uint32_t id) {
    std::uint8_t& moved = moved_[place(id)];
    if (moved == 0) return none;
    const std::uint32_t slot = hashed_.take(id);
    if (slot != none && moved < tooMany) --moved;
    return slot;
  }

  [[gnu::noinline]] void widen(const Orders& orders) {
    const std::size_t places = 2 * window_.size();
    const auto window = std::exchange(window_, std::vector<std::uint32_t>(places, none));
    moved_.assign(places, 0);
    for (const std::uint32_t slot : window) {
      if (slot != none) window_[place(orders[slot].id)] = slot;
    }
    for (const auto& [id, slot] : hashed_.takeAll()) {
      if (slot != none) insert(orders, id, slot);
    }
  }

  // From there on a place doesn't count down: so many or more.
  static constexpr std::uint8_t tooMany = 255;

  std::vector<std::uint32_t> window_;
  std::vector<std::uint8_t> moved_;
  HashTable hashed_;
};

}  // namespace hotpath
