#include "book.hpp"

#include <algorithm>

namespace hotpath {
namespace {

constexpr std::uint32_t field(std::uint32_t codes, unsigned shift) { return codes >> shift & 15; }

constexpr bool isPrice(std::int32_t word) { return static_cast<std::uint32_t>(word) - 1 < maxPrice; }

// An add's words, its codes taken apart.
struct NewOrder {
  std::uint32_t side, type, tif, postOnly, stp;

  explicit NewOrder(std::uint32_t codes)
      : side(field(codes, 8)), type(field(codes, 12)), tif(field(codes, 16)), postOnly(field(codes, 20)), stp(field(codes, 24)) {}

  bool market() const { return type == number(Type::market); }
  // Whether it is good till cancelled.
  bool mayRest() const { return !market() && tif <= number(Tif::gtc); }

  // The first check of the contract's step 1 that fails, but for `duplicate-id`, which is the book's.
  RejectReason fault(const Command& command) const {
    if (command.id <= 0) return RejectReason::invalidId;
    if (side != number(Side::buy) && side != number(Side::sell)) return RejectReason::invalidSide;
    if (type > number(Type::market)) return RejectReason::invalidType;
    if (command.size <= 0) return RejectReason::invalidSize;
    if (market() ? command.price != 0 : !isPrice(command.price)) return RejectReason::invalidPrice;
    if (tif > number(Tif::fok)) return RejectReason::invalidTif;
    if (market() && tif != number(Tif::unsaid) && tif != number(Tif::ioc)) return RejectReason::invalidTif;
    if (postOnly > 1 || (postOnly == 1 && !mayRest())) return RejectReason::invalidPostOnly;
    if (command.owner < 0) return RejectReason::invalidOwner;
    if (stp > number(Stp::cancelBoth)) return RejectReason::invalidStp;
    return RejectReason::none;
  }

  // The taker that a valid order is. A market order reaches every price there can be.
  Taker taker(const Command& command) const {
    const Side taken = static_cast<Side>(side);
    const std::uint32_t price = market() ? (taken == Side::buy ? maxPrice : 1) : command.price;
    return {static_cast<std::uint32_t>(command.id), static_cast<std::uint32_t>(command.owner), taken, price,
            static_cast<std::uint32_t>(command.size), static_cast<Stp>(stp), postOnly == 1};
  }
};

}  // namespace

// Nearly all commands are one of two. One jump table for all would be an indirect jump for each.
void Book::execute(const Command& command, Events& events) {
  switch (static_cast<Op>(command.codes & 0xf00000ff)) {
    [[likely]] case Op::add: return add(command, events);
    case Op::cancel: return cancel(command.id, events);
    default: return other(command, events);
  }
}

// A plain order, limit and good till cancelled without flags, is known by one comparison of its codes.
void Book::add(const Command& command, Events& events) {
  const std::uint32_t side = field(command.codes, 8);
  const bool plain = (command.codes & ~0xf00u) == number(Op::add) && side - 1 < 2;
  if (!(plain & (command.id > 0) & (command.size > 0) & (command.owner >= 0) & isPrice(command.price))) {
    return addAny(command, events);
  }
  const Taker taker{static_cast<std::uint32_t>(command.id), static_cast<std::uint32_t>(command.owner), static_cast<Side>(side),
                    static_cast<std::uint32_t>(command.price), static_cast<std::uint32_t>(command.size)};
  if (ids_.find(orders_, taker.id) != none) return events.rejected(Op::add, taker.id, RejectReason::duplicateId);
  events.accepted(taker.id);
  if (levels_.crosses(taker.side, taker.price)) return tradeAndRest(taker, events);
  rest(taker, taker.size);
}

// Any add, plain or not, valid or not.
[[gnu::noinline]] void Book::addAny(const Command& command, Events& events) {
  const NewOrder order(command.codes);
  const auto reject = [&](RejectReason reason) {
    events.rejected(Op::add, static_cast<std::uint32_t>(std::max(command.id, 0)), reason);
  };
  if (const RejectReason fault = order.fault(command); fault != RejectReason::none) return reject(fault);
  const Taker taker = order.taker(command);
  if (ids_.find(orders_, taker.id) != none) return reject(RejectReason::duplicateId);
  if (taker.postOnly && levels_.crosses(taker.side, taker.price)) return reject(RejectReason::wouldCross);
  events.accepted(taker.id);
  if (order.tif == number(Tif::fok) && !canFillWhole(taker)) return events.canceled(taker.id, taker.size, CancelReason::fok);
  if (order.mayRest()) return tradeAndRest(taker, events);
  const std::uint32_t left = trade(taker, events);
  if (left > 0) events.canceled(taker.id, left, order.market() ? CancelReason::noLiquidity : CancelReason::ioc);
}

// #region cancel
void Book::cancel(std::int32_t id, Events& events) {
  if (id <= 0) return events.rejected(Op::cancel, 0, RejectReason::invalidId);
  const std::uint32_t slot = ids_.take(orders_, id);
  if (slot == none) return events.rejected(Op::cancel, id, RejectReason::unknownOrder);
  const Order order = orders_[slot];
  events.canceled(order.id, order.size, CancelReason::user);
  levels_.leave(orders_, order);
  orders_.giveBack(slot);
}
// #endregion cancel

[[gnu::noinline]] void Book::other(const Command& command, Events& events) {
  const auto reject = [&](Op op, bool valid, RejectReason fault) {
    events.rejected(op, 0, valid ? RejectReason::unsupported : fault);
  };
  switch (static_cast<Op>(command.codes & 0xf00000ff)) {
    case Op::replace: return replace(command.id, command.price, command.size, events);
    case Op::book: return book(command.size, events);
    // Beyond level full: a valid one is unsupported.
    case Op::limits:
      if (command.owner <= 0) return reject(Op::limits, false, RejectReason::invalidOwner);
      return reject(Op::limits,
                    (command.price == 0 || isPrice(command.price)) && command.id >= 0 && command.size >= 0 && command.last >= 0,
                    RejectReason::invalidLimit);
    case Op::kill: return reject(Op::kill, command.owner > 0, RejectReason::invalidOwner);
    case Op::lift: return reject(Op::lift, command.owner > 0, RejectReason::invalidOwner);
    default: return events.rejected(Op::unknown, 0, RejectReason::unknownOp);
  }
}

void Book::replace(std::int32_t id, std::int32_t price, std::int32_t size, Events& events) {
  const std::uint32_t known = std::max(id, 0);
  const auto reject = [&](RejectReason reason) { events.rejected(Op::replace, known, reason); };
  if (id <= 0) return reject(RejectReason::invalidId);
  if (size <= 0) return reject(RejectReason::invalidSize);
  if (!isPrice(price)) return reject(RejectReason::invalidPrice);
  const std::uint32_t slot = ids_.find(orders_, known);
  if (slot == none) return reject(RejectReason::unknownOrder);

  const Order order = orders_[slot];
  const Taker taker{known, order.owner, order.side, static_cast<std::uint32_t>(price), static_cast<std::uint32_t>(size), order.stp,
                    order.postOnly};
  if (Level& level = levels_[order.level]; level.price == taker.price && taker.size <= order.size) {
    level.lots -= order.size - taker.size;
    orders_[slot].size = taker.size;
    return events.replaced(known, taker.price, taker.size);
  }
  if (taker.postOnly && levels_.crosses(taker.side, taker.price)) return reject(RejectReason::wouldCross);
  ids_.take(orders_, known);
  levels_.leave(orders_, order);
  orders_.giveBack(slot);
  events.replaced(known, taker.price, taker.size);
  tradeAndRest(taker, events);
}

void Book::book(std::int32_t depth, Events& events) const {
  if (depth <= 0) return events.rejected(Op::book, 0, RejectReason::invalidDepth);
  const std::size_t place = events.book();
  const std::uint32_t bids = writeLevels(Side::buy, depth, events);
  const std::uint32_t asks = writeLevels(Side::sell, depth, events);
  events.bookLevels(place, bids, asks);
}

std::uint32_t Book::writeLevels(Side side, std::uint32_t depth, Events& events) const {
  std::uint32_t written = 0;
  for (std::uint32_t price = levels_.best(side); price != belowAll && price != aboveAll && written < depth; ++written) {
    const Level& level = levels_.at(price);
    events.level(side, price, level.lots, level.orders);
    price = levels_.nextWorse(side, price);
  }
  return written;
}

// Step 5 of the contract's Add. Gives what is left of the taker: 0 also where self-trade prevention ended it.
std::uint32_t Book::trade(const Taker& taker, Events& events) {
  std::uint32_t left = taker.size;
  while (left > 0 && levels_.crosses(taker.side, taker.price)) {
    const std::uint32_t slot = levels_.slotAt(levels_.best(hotpath::other(taker.side)));
    left = taker.prevents() ? tradeAt<true>(slot, taker, left, events) : tradeAt<false>(slot, taker, left, events);
  }
  return left;
}

// #region match
// Trades along one level's queue until it or the taker is used up. Makers leave from the head, so the queue's ends are set once.
template <bool prevents>
std::uint32_t Book::tradeAt(std::uint32_t levelSlot, const Taker& taker, std::uint32_t left, Events& events) {
  Level& level = levels_[levelSlot];
  std::uint32_t slot = level.head;
  while (slot != none && left > 0) {
    Order& maker = orders_[slot];
    if (prevents && maker.owner == taker.owner) {
      if (taker.stp == Stp::cancelIncoming) {
        events.canceled(taker.id, left, CancelReason::selfTrade);
        left = 0;
        break;
      }
      events.canceled(maker.id, maker.size, CancelReason::selfTrade);
      level.lots -= maker.size;
      if (taker.stp == Stp::cancelBoth) {
        events.canceled(taker.id, left, CancelReason::selfTrade);
        left = 0;
      }
    } else {
      const std::uint32_t traded = std::min(left, maker.size);
      events.executed(taker.id, maker.id, level.price, traded);
      left -= traded;
      level.lots -= traded;
      if (traded < maker.size) {
        maker.size -= traded;
        break;
      }
    }
    const std::uint32_t next = maker.next;
    ids_.take(orders_, maker.id);
    orders_.giveBack(slot);
    --level.orders;
    slot = next;
  }
  level.head = slot;
  if (slot == none) {
    level.tail = none;
    levels_.close(levelSlot, hotpath::other(taker.side));
  } else {
    orders_[slot].previous = none;
  }
  return left;
}
// #endregion match

// Step 4 of the contract's Add: whether `trade` would leave nothing of the taker. O(levels); with self-trade prevention O(orders).
bool Book::canFillWhole(const Taker& taker) const {
  const Side makers = hotpath::other(taker.side);
  std::uint64_t needed = taker.size;
  // A price that no order has is beyond the range on the makers' side, and so ends this, too.
  const auto reaches = [&](std::uint32_t price) { return taker.side == Side::buy ? price <= taker.price : price >= taker.price; };
  for (std::uint32_t price = levels_.best(makers); reaches(price); price = levels_.nextWorse(makers, price)) {
    const Level& level = levels_.at(price);
    if (!taker.prevents()) {
      if (level.lots >= needed) return true;
      needed -= level.lots;
      continue;
    }
    for (std::uint32_t slot = level.head; slot != none; slot = orders_[slot].next) {
      const Order& maker = orders_[slot];
      if (maker.owner != taker.owner) {
        if (maker.size >= needed) return true;
        needed -= maker.size;
      } else if (taker.stp != Stp::cancelResting) {
        return false;
      }
    }
  }
  return false;
}

[[gnu::noinline]] void Book::tradeAndRest(const Taker& taker, Events& events) {
  const std::uint32_t left = trade(taker, events);
  if (left > 0) rest(taker, left);
}

// Puts what is left of an order, whose id is not live, at the end of its price's queue.
void Book::rest(const Taker& taker, std::uint32_t size) {
  if (orders_.full()) [[unlikely]] {
    orders_.grow();
    ids_.fit(orders_);
  }
  const std::uint32_t slot = orders_.take();
  std::uint32_t before;
  const std::uint32_t level = levels_.join(taker.side, taker.price, slot, size, before);
  // Slot 0 takes the write where the queue was empty.
  orders_[before].next = slot;
  orders_[slot] = Order{taker.id, taker.owner, size, level, before, none, taker.side, taker.stp, taker.postOnly};
  ids_.insert(orders_, taker.id, slot);
}

}  // namespace hotpath
