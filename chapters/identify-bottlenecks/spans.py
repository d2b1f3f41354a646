"""Spans around the parts of a program, and how much time each took."""

from contextlib import contextmanager
from time import perf_counter_ns


# #region record
class Spans:
    def __init__(self, now=perf_counter_ns):
        self.now = now
        self.path = []
        self.total_ns = {}

    @contextmanager
    def span(self, name):
        self.path.append(name)
        path = tuple(self.path)
        begin = self.now()
        try:
            yield
        finally:
            self.total_ns[path] = self.total_ns.get(path, 0) + self.now() - begin
            self.path.pop()
# #endregion record


# #region receive
def receive(lines, spans, decode, risk, match):
    with spans.span("burst"):
        with spans.span("decode"):
            commands = [decode(line) for line in lines]
        with spans.span("risk"):
            allowed = [command for command in commands if risk(command)]
        with spans.span("match"):
            return [event for command in allowed for event in match(command)]
# #endregion receive
