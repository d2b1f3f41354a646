// The numbers of the binary form, as engines/contract/binary.ts has them.
#pragma once

#include <array>
#include <cstdint>

namespace hotpath {

inline constexpr std::uint32_t maxPrice = (1u << 24) - 1;

enum class Op : std::uint32_t { unknown = 0, add = 1, cancel = 2, replace = 3, book = 4, limits = 5, kill = 6, lift = 7 };
enum class Side : std::uint32_t { buy = 1, sell = 2 };
enum class Type : std::uint32_t { limit = 0, market = 1 };
// `unsaid` is good-till-cancelled for a limit order, immediate-or-cancel for a market order.
enum class Tif : std::uint32_t { unsaid = 0, gtc = 1, ioc = 2, fok = 3 };
// Self-trade prevention.
enum class Stp : std::uint32_t { none = 0, cancelResting = 1, cancelIncoming = 2, cancelBoth = 3 };

enum class Kind : std::uint32_t { accepted = 1, executed = 2, canceled = 3, replaced = 4, rejected = 5, book = 6, level = 7 };
enum class CancelReason : std::uint32_t { user = 1, ioc = 2, fok = 3, noLiquidity = 4, selfTrade = 5 };
enum class RejectReason : std::uint32_t {
  none = 0,
  invalidId = 16,
  invalidSide = 17,
  invalidType = 18,
  invalidSize = 19,
  invalidPrice = 20,
  invalidTif = 21,
  invalidPostOnly = 22,
  invalidOwner = 23,
  invalidStp = 24,
  duplicateId = 25,
  wouldCross = 26,
  unknownOrder = 27,
  invalidDepth = 28,
  unknownOp = 29,
  unsupported = 30,
  invalidLimit = 31,
};

template <typename Code>
constexpr std::uint32_t number(Code code) {
  return static_cast<std::uint32_t>(code);
}

// One command: codes, id, price, size, owner, and a last word that only limits have a use for.
struct Command {
  std::uint32_t codes;
  std::int32_t id, price, size, owner, last;
};
static_assert(sizeof(Command) == 24);

using Event = std::array<std::uint32_t, 5>;

constexpr Side other(Side side) { return side == Side::buy ? Side::sell : Side::buy; }

}  // namespace hotpath
