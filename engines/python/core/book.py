"""The book as it was at the beginning of the story: plain Python, right first, and fast enough until it isn't.

It runs in CPython, and in a page by Pyodide. Its commands and events are the contract's records
(`engines/contract/binary.ts`), 32-bit integers in a row, and its level is `core`.
"""

from array import array
from bisect import bisect_left, insort
from collections import OrderedDict
from dataclasses import dataclass

MAX_PRICE = (1 << 24) - 1
COMMAND_WORDS = 6

BUY, SELL = 1, 2
ADD, CANCEL, REPLACE, BOOK, LIMITS, KILL, LIFT = range(1, 8)
ACCEPTED, EXECUTED, CANCELED, _, REJECTED, BOOK_IS, LEVEL = range(1, 8)

# The op, and the highest bits, which are zero in every op that there is.
OP_BITS = 0xF00000FF
PLAIN = frozenset({ADD | BUY << 8, ADD | SELL << 8})

CANCELED_BY_USER, CANCELED_WITHOUT_LIQUIDITY = CANCELED | 1 << 8, CANCELED | 4 << 8

INVALID_ID, INVALID_SIDE, INVALID_TYPE, INVALID_SIZE, INVALID_PRICE, INVALID_TIF = range(16, 22)
INVALID_POST_ONLY, INVALID_OWNER, INVALID_STP, DUPLICATE_ID = range(22, 26)
UNKNOWN_ORDER, INVALID_DEPTH, UNKNOWN_OP, UNSUPPORTED, INVALID_LIMIT = range(27, 32)


@dataclass(slots=True)
class Order:
    id: int
    side: int
    price: int
    size: int


class Side:
    """All bids, or all asks: the queue of each price, and the prices with the best one last."""

    def __init__(self, sign: int):
        # What makes a better price the greater number: 1 for bids, -1 for asks.
        self.sign = sign
        self.queues: dict[int, OrderedDict[int, Order]] = {}
        self.ranks: list[int] = []

    def append(self, order: Order) -> None:
        queue = self.queues.get(order.price)
        if queue is None:
            queue = self.queues[order.price] = OrderedDict()
            insort(self.ranks, self.sign * order.price)
        queue[order.id] = order

    def remove(self, order: Order) -> None:
        queue = self.queues[order.price]
        del queue[order.id]
        if not queue:
            del self.queues[order.price]
            del self.ranks[bisect_left(self.ranks, self.sign * order.price)]

    def crossed_by(self, price: int | None) -> OrderedDict[int, Order] | None:
        """The best queue, where an order of the other side with this price trades with it; any price where it has none."""
        if not self.ranks:
            return None
        rank = self.ranks[-1]
        if price is not None and rank < self.sign * price:
            return None
        return self.queues[self.sign * rank]


class Book:
    """One instrument's book, and the matching of what comes in against it."""

    def __init__(self):
        self.orders: dict[int, Order] = {}
        self.sides = {BUY: Side(1), SELL: Side(-1)}
        self.events: list[int] = []

    def add(self, codes: int, id: int, price: int, size: int, owner: int) -> None:
        # Nearly all orders: limit, good till cancelled, without a flag, and nothing wrong with them.
        is_plain = codes in PLAIN and id > 0 and size > 0 and 0 < price <= MAX_PRICE and owner >= 0
        if not is_plain or id in self.orders:
            fault = self.fault(codes, id, price, size, owner)
            if fault:
                self.reject(ADD, id, fault)
                return
        side = codes >> 8 & 15
        is_market = codes >> 12 & 15
        self.events += (ACCEPTED, id, 0, 0, 0)
        left = self.match(id, side, None if is_market else price, size)
        if left == 0:
            return
        if is_market:
            self.events += (CANCELED_WITHOUT_LIQUIDITY, id, 0, 0, left)
            return
        order = self.orders[id] = Order(id, side, price, left)
        self.sides[side].append(order)

    # #region match
    def match(self, taker: int, side: int, price: int | None, left: int) -> int:
        """Trades until the taker is done or nothing crosses. Returns what is left of it."""
        makers = self.sides[SELL if side == BUY else BUY]
        while left:
            queue = makers.crossed_by(price)
            if queue is None:
                break
            maker = next(iter(queue.values()))
            size = min(left, maker.size)
            self.events += (EXECUTED, taker, maker.id, maker.price, size)
            left -= size
            maker.size -= size
            if maker.size == 0:
                makers.remove(maker)
                del self.orders[maker.id]
        return left
    # #endregion match

    # #region cancel
    def cancel(self, id: int) -> None:
        order = self.orders.pop(id, None)
        if order is None:
            self.reject(CANCEL, id, UNKNOWN_ORDER if id > 0 else INVALID_ID)
            return
        self.sides[order.side].remove(order)
        self.events += (CANCELED_BY_USER, id, 0, 0, order.size)
    # #endregion cancel

    def fault(self, codes: int, id: int, price: int, size: int, owner: int) -> int:
        """The first of the contract's checks that fails, by its code; 0 where all hold."""
        side, type, tif = codes >> 8 & 15, codes >> 12 & 15, codes >> 16 & 15
        post_only, stp = codes >> 20 & 15, codes >> 24 & 15
        if id <= 0:
            return INVALID_ID
        if side not in (BUY, SELL):
            return INVALID_SIDE
        if type > 1:
            return INVALID_TYPE
        if size <= 0:
            return INVALID_SIZE
        if price != 0 if type else not 0 < price <= MAX_PRICE:
            return INVALID_PRICE
        if tif not in ((0, 2) if type else (0, 1, 2, 3)):
            return INVALID_TIF
        if post_only > 1 or post_only and (type or tif > 1):
            return INVALID_POST_ONLY
        if owner < 0:
            return INVALID_OWNER
        if stp > 3:
            return INVALID_STP
        if id in self.orders:
            return DUPLICATE_ID
        # What is beyond the level: a limit order that isn't good till cancelled, or any flag.
        return UNSUPPORTED if post_only or stp or not type and tif > 1 else 0

    def replace(self, id: int, price: int, size: int) -> None:
        if id <= 0:
            reason = INVALID_ID
        elif size <= 0:
            reason = INVALID_SIZE
        elif not 0 < price <= MAX_PRICE:
            reason = INVALID_PRICE
        else:
            reason = UNSUPPORTED if id in self.orders else UNKNOWN_ORDER
        self.reject(REPLACE, id, reason)

    def book(self, depth: int) -> None:
        if depth <= 0:
            self.reject(BOOK, 0, INVALID_DEPTH)
            return
        # `side.ranks[-depth:]` backwards is the best price first.
        shown = {code: side.ranks[-depth:][::-1] for code, side in self.sides.items()}
        self.events += (BOOK_IS, len(shown[BUY]), len(shown[SELL]), 0, 0)
        for code, ranks in shown.items():
            side = self.sides[code]
            for rank in ranks:
                queue = side.queues[side.sign * rank]
                lots = sum(order.size for order in queue.values())
                self.events += (LEVEL | code << 16, len(queue), lots >> 32, side.sign * rank, signed(lots & 0xFFFFFFFF))

    def beyond(self, op: int, is_valid: bool, fault: int) -> None:
        """A command about risk checks: at this level a valid one is unsupported."""
        self.reject(op, 0, UNSUPPORTED if is_valid else fault)

    def limits(self, max_size: int, band: int, max_open: int, owner: int, position: int) -> None:
        is_valid = max_size >= 0 and (band == 0 or 0 < band <= MAX_PRICE) and max_open >= 0 and position >= 0
        self.beyond(LIMITS, owner > 0 and is_valid, INVALID_OWNER if owner <= 0 else INVALID_LIMIT)

    def reject(self, op: int, id: int, reason: int) -> None:
        self.events += (REJECTED | reason << 8 | op << 16, max(id, 0), 0, 0, 0)

    def execute(self, codes: int, first: int, second: int, third: int, fourth: int, fifth: int) -> None:
        """A command that neither adds nor cancels, by the words of its record."""
        op = codes & OP_BITS
        if op == REPLACE:
            self.replace(first, second, third)
        elif op == BOOK:
            self.book(third)
        elif op == LIMITS:
            self.limits(first, second, third, fourth, fifth)
        elif op in (KILL, LIFT):
            self.beyond(op, fourth > 0, INVALID_OWNER)
        else:
            self.reject(0, 0, UNKNOWN_OP)

    def submit(self, words: list[int]) -> array:
        """Executes records of commands, and returns the records of their events."""
        self.events = []
        word = iter(words)
        for codes, first, second, third, fourth, fifth in zip(word, word, word, word, word, word):
            op = codes & OP_BITS
            # Nearly all commands are one of two.
            if op == ADD:
                self.add(codes, first, second, third, fourth)
            elif op == CANCEL:
                self.cancel(first)
            else:
                self.execute(codes, first, second, third, fourth, fifth)
        if len(words) % COMMAND_WORDS:
            self.reject(0, 0, UNKNOWN_OP)
        return array("i", self.events)


class Door:
    """A book for JavaScript, whose typed arrays are copied in and out a batch at a time."""

    def __init__(self):
        self.book = Book()
        self.events = array("i")

    def submit(self, words) -> int:
        self.events = self.book.submit(words.to_memoryview().tolist())
        return len(self.events)

    def take(self, events) -> None:
        if self.events:
            events.assign(self.events)


def signed(word: int) -> int:
    """A word of 32 bits, as array("i") takes it."""
    return word - (1 << 32) if word >> 31 else word
