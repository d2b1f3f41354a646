"""Orders by records and by columns. Python 3.8 or newer, nothing to install."""

from array import array


# #region records
class Order:
    """An object, which points to an object for each of its numbers. Without `__slots__` it would hold a dict as well."""

    __slots__ = ("id", "owner", "price", "size")

    def __init__(self, id, owner, price, size):
        self.id, self.owner, self.price, self.size = id, owner, price, size


def largest_of_records(orders):
    return max(order.size for order in orders)
# #endregion records


# #region columns
def columns_of(orders):
    """A column for each field: numbers side by side, without an object around each."""
    return {name: array("i", (getattr(order, name) for order in orders)) for name in Order.__slots__}


def largest_of_column(sizes):
    return max(sizes)
# #endregion columns


if __name__ == "__main__":
    ORDERS = [Order(n, n % 7, 10_000 + n % 50, 1 + n * 7919 % 1000) for n in range(1000)]
    COLUMNS = columns_of(ORDERS)
    print(largest_of_records(ORDERS), largest_of_column(COLUMNS["size"]), COLUMNS["size"].itemsize)
