"""A limit order book in plain Python, at the contract's level `core`: one JSON command a line in, its events out."""

import json
import sys
from bisect import bisect_left, insort
from collections import OrderedDict


# #region side
class Side:
    """The orders that wait on one side. A price has a queue; the prices that have one are kept sorted, the best last."""

    def __init__(self, sign):
        self.sign = sign  # +1 for bids, -1 for asks: the better price has the greater key
        self.keys = []
        self.queues = {}

    def append(self, order):
        key = self.sign * order["price"]
        if key not in self.queues:
            insort(self.keys, key)
            self.queues[key] = OrderedDict()
        self.queues[key][order["id"]] = order

    def remove(self, order):
        key = self.sign * order["price"]
        del self.queues[key][order["id"]]
        if not self.queues[key]:
            del self.queues[key]
            del self.keys[bisect_left(self.keys, key)]

    def first(self):
        """The order that trades next: of the best price, the one that came first."""
        return next(iter(self.queues[self.keys[-1]].values())) if self.keys else None
# #endregion side

    def levels(self, depth):
        best = [self.queues[key] for key in reversed(self.keys[-depth:])]
        return [[first_price(queue), sum(o["size"] for o in queue.values()), len(queue)] for queue in best]


def first_price(queue):
    return next(iter(queue.values()))["price"]


class Book:
    def __init__(self):
        self.sides = {"buy": Side(1), "sell": Side(-1)}
        self.orders = {}

    # #region add
    def add(self, taker):
        events = [{"event": "accepted", "id": taker["id"]}]
        makers = self.sides["sell" if taker["side"] == "buy" else "buy"]
        while taker["size"] > 0:
            maker = makers.first()
            if maker is None or not crosses(taker, maker):
                break
            size = min(taker["size"], maker["size"])
            taker["size"] -= size
            maker["size"] -= size
            events.append(
                {"event": "executed", "taker": taker["id"], "maker": maker["id"], "price": maker["price"], "size": size}
            )
            if maker["size"] == 0:
                self.remove(maker)
        if taker["size"] > 0 and taker["type"] == "market":
            events.append(canceled(taker, "no-liquidity"))
        elif taker["size"] > 0:
            self.sides[taker["side"]].append(taker)
            self.orders[taker["id"]] = taker
        return events
    # #endregion add

    def cancel(self, order_id):
        order = self.orders.get(order_id)
        if order is None:
            return [{"event": "rejected", "op": "cancel", "id": order_id, "reason": "unknown-order"}]
        self.remove(order)
        return [canceled(order, "user")]

    def remove(self, order):
        self.sides[order["side"]].remove(order)
        del self.orders[order["id"]]

    def book(self, depth):
        return [
            {"event": "book", "bids": self.sides["buy"].levels(depth), "asks": self.sides["sell"].levels(depth)}
        ]


def crosses(taker, maker):
    if taker["type"] == "market":
        return True
    return taker["price"] >= maker["price"] if taker["side"] == "buy" else taker["price"] <= maker["price"]


def canceled(order, reason):
    return {"event": "canceled", "id": order["id"], "size": order["size"], "reason": reason}


def execute(book, command):
    if command["op"] == "add":
        return book.add({"type": "limit", **command})
    if command["op"] == "cancel":
        return book.cancel(command["id"])
    return book.book(command.get("depth", 10))


if __name__ == "__main__":
    book = Book()
    for line in sys.stdin:
        for event in execute(book, json.loads(line)):
            print(json.dumps(event, separators=(",", ":")))
