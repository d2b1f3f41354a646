"""Prints the book that MeatPy, an ITCH 5.0 reader from PyPI, builds from a file, after every so many messages.

itch-reader.py FILE SYMBOL EVERY: one JSON object a line: {"messages": n, "bids": [[price, [size, …]], …], "asks": …}.
Prices are 1/10,000 dollars, best first; sizes stand in the order of their queue. The last line is the end of the file.
"""

import datetime
import json
import sys

from meatpy.itch50 import ITCH50MarketProcessor, ITCH50MessageReader
from meatpy.itch50.itch50_market_message import DirectListingCapitalRaiseMessage
from meatpy.lob import LimitOrderBook

# MeatPy complains of executions out of turn, which the file has on purpose, and books them all the same.
LimitOrderBook.skip_exception = lambda self, exception: True


def skipped(cls, data):
    message = cls()
    message.timestamp = 0
    return message


# MeatPy 0.5.0 takes this message, which has no part in the book, to have 52 bytes. It has 48.
DirectListingCapitalRaiseMessage._from_bytes_data = classmethod(skipped)


def side(levels):
    return [[level.price, [order.volume for order in level.queue]] for level in levels]


def main(file, symbol, every):
    processor = ITCH50MarketProcessor(symbol, datetime.datetime(2026, 1, 5))
    count = 0

    def tell():
        book = processor.current_lob
        bids, asks = ([], []) if book is None else (side(book.bid_levels), side(book.ask_levels))
        print(json.dumps({"messages": count, "bids": bids, "asks": asks}))

    for message in ITCH50MessageReader().read_file(file):
        processor.process_message(message)
        count += 1
        if count % every == 0:
            tell()
    tell()


main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
