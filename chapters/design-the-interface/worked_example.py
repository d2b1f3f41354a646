"""The worked example in Python: the interface as it is usually told, and as this workbook's contract has it."""

import json
import sys
from pathlib import Path

sys.path.append(str(Path(__file__).parent.parent / "limit-order-book"))

from book import Book  # noqa: E402


# #region as-told
class EngineAsTold:
    """The price is a fraction, and the engine makes up the id."""

    def __init__(self):
        self.next_id = 0
        self.bids, self.asks = {}, {}  # price -> [[id, size], ...]

    def add_order(self, order):
        self.next_id += 1
        mine, others = (self.bids, self.asks) if order["side"] == "buy" else (self.asks, self.bids)
        left, fills = order["size"], []
        while left > 0 and others:
            price = min(others) if order["side"] == "buy" else max(others)
            if price > order["price"] if order["side"] == "buy" else price < order["price"]:
                break
            queue = others[price]
            size = min(left, queue[0][1])
            fills.append({"price": price, "size": size})
            left -= size
            queue[0][1] -= size
            if queue[0][1] == 0:
                queue.pop(0)
            if not queue:
                del others[price]
        if left > 0:
            mine.setdefault(order["price"], []).append([self.next_id, left])
        return fills
# #endregion as-told


# #region as-contract
class Engine:
    """The same three calls. Prices are ticks, ids are the caller's, and what comes back are events."""

    def __init__(self):
        self.book = Book()

    def add_order(self, order):
        return self.book.add({"type": "limit", **order})

    def cancel_order(self, order_id):
        return self.book.cancel(order_id)

    def get_book(self, depth=10):
        return self.book.book(depth)[0]
# #endregion as-contract


def main():
    told = EngineAsTold()
    told.add_order({"side": "sell", "price": 0.1 + 0.2, "size": 10})
    print(json.dumps(told.add_order({"side": "buy", "price": 0.3, "size": 10})))

    engine = Engine()
    for event in engine.add_order({"id": 1, "side": "sell", "price": 30, "size": 10}):
        print(json.dumps(event))
    for event in engine.add_order({"id": 2, "side": "buy", "price": 30, "size": 4}):
        print(json.dumps(event))
    print(json.dumps(engine.cancel_order(1)[0]))
    print(json.dumps(engine.get_book()))


if __name__ == "__main__":
    main()
