"""A server that stands still now and then, asked by a client that waits and by clients that don't. Times are ms."""

from math import floor


def completion(start, work, stall, every):
    """When work that begins at `start` is done; none is done in the stall at the end of each period."""
    at = start
    while True:
        period = floor(at / every) * every
        until = period + every - stall
        if at + work <= until:
            return at + work
        work -= max(0, until - at)
        at = period + every


# #region loops
def closed_loop(works, interval, stall, every):
    sent, latencies = 0, []
    for work in works:
        done = completion(sent, work, stall, every)
        latencies.append(done - sent)
        sent = max(sent + interval, done)  # the client waits for its answer
    return latencies


def open_loop(works, interval, stall, every):
    done, latencies = 0, []
    for at, work in enumerate(works):
        intended = at * interval  # whatever the server does
        done = completion(max(intended, done), work, stall, every)
        latencies.append(done - intended)
    return latencies
# #endregion loops
