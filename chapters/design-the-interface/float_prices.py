"""Prices as fractions and as ticks: python3 float_prices.py TICKS TICKS_PER_UNIT"""

import sys


# #region prices
def prices_as_fractions(ticks, ticks_per_unit):
    """A seller comes to a price by raising the offer tick by tick; a buyer names the same price outright."""
    ask = 0.0
    for _ in range(ticks):
        ask += 1 / ticks_per_unit
    return ask, ticks / ticks_per_unit


def prices_as_ticks(ticks):
    """The same two, counted in ticks."""
    ask = 0
    for _ in range(ticks):
        ask += 1
    return ask, ticks


def trades(ask, bid):
    return bid >= ask
# #endregion prices


def verdict(ask, bid):
    return "they trade" if trades(ask, bid) else "they do not trade"


def show_prices(ticks, ticks_per_unit):
    fractions = prices_as_fractions(ticks, ticks_per_unit)
    whole = prices_as_ticks(ticks)
    pairs = [prices_as_fractions(price, ticks_per_unit) for price in range(1, 1001)]
    apart = sum(ask != bid for ask, bid in pairs)
    missed = sum(not trades(*pair) for pair in pairs)
    return [
        f"fractions: ask {fractions[0]:.17f}, bid {fractions[1]:.17f}: {verdict(*fractions)}",
        f"ticks:     ask {whole[0]}, bid {whole[1]}: {verdict(*whole)}",
        f"of the first 1000 prices, {apart} are two different fractions, and {missed} miss a trade",
    ]


if __name__ == "__main__":
    print("\n".join(show_prices(int(sys.argv[1]), int(sys.argv[2]))))
