// One instrument's order book: executes commands one after another, as the engine contract states them, at level full.
#pragma once

#include <span>

#include "codes.hpp"
#include "events.hpp"
#include "ids.hpp"
#include "levels.hpp"
#include "orders.hpp"

namespace hotpath {

// An order on its way in.
struct Taker {
  std::uint32_t id, owner;
  Side side;
  std::uint32_t price;  // the last at which it trades
  std::uint32_t size;   // open lots
  Stp stp = Stp::none;
  bool postOnly = false;

  // Whether there may be makers that it must not trade with.
  bool prevents() const { return stp != Stp::none && owner != 0; }
};

// Price-time priority, deterministic, no clock and no randomness. Whatever the words of a command hold, it ends, and what is not
// valid is `rejected`.
class Book {
 public:
  void execute(std::span<const Command> commands, Events& events) {
    for (const Command& command : commands) execute(command, events);
  }

  void execute(const Command& command, Events& events);

 private:
  void add(const Command& command, Events& events);
  void addAny(const Command& command, Events& events);
  void cancel(std::int32_t id, Events& events);
  void other(const Command& command, Events& events);
  void replace(std::int32_t id, std::int32_t price, std::int32_t size, Events& events);
  void book(std::int32_t depth, Events& events) const;
  std::uint32_t writeLevels(Side side, std::uint32_t depth, Events& events) const;

  std::uint32_t trade(const Taker& taker, Events& events);
  template <bool prevents>
  std::uint32_t tradeAt(std::uint32_t levelSlot, const Taker& taker, std::uint32_t left, Events& events);
  bool canFillWhole(const Taker& taker) const;
  void tradeAndRest(const Taker& taker, Events& events);
  void rest(const Taker& taker, std::uint32_t size);

  Orders orders_;
  Levels levels_;
  Ids ids_;
};

}  // namespace hotpath
