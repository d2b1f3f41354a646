"""The router of shadow mode in Python, before anything that executes a command."""


# #region router
class ShadowRouter:
    def __init__(self, live, shadow):
        self.live, self.shadow = live, shadow
        self.journal = []  # (command, what its client was told)
        self.differences = []  # places in the journal

    def execute(self, command):
        told = self.live(command)
        self.journal.append((command, told))
        if self.shadow is None:
            return told
        try:
            same = self.shadow(command) == told
        except Exception:
            same = False
        if not same:
            self.differences.append(len(self.journal) - 1)
        return told

    def cut_over(self):
        if self.differences:
            raise RuntimeError(f"they differed on command {self.differences[0] + 1}")
        self.live, self.shadow = self.shadow, self.live

    def roll_back(self, fresh):
        """Returns the places at which clients were told otherwise."""
        wrong = [at for at, (command, told) in enumerate(self.journal) if fresh(command) != told]
        self.live, self.shadow = fresh, None
        return wrong
# #endregion router
