"""Counting checks, so that a run can end in the line that continuous integration reads."""

import sys
import traceback


class Report:
    """What passed, failed and was skipped."""

    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def check(self, name, action):
        """Runs one check; an exception is a failure and stops nothing else."""
        try:
            note = action()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is this check's failure
            self.failed += 1
            detail = str(error) or traceback.format_exc()
            print(f"FAILED {name}: {detail[:1000]}", file=sys.stderr, flush=True)
        else:
            self.passed += 1
            print(f"ok     {name}{f': {note}' if note else ''}", flush=True)

    def skip(self, name, reason):
        self.skipped += 1
        print(f"skip   {name}: {reason}", flush=True)

    def finish(self):
        print(f"site: {self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        return 1 if self.failed or not self.passed else 0


def expect(condition, message):
    """Raises with the message unless the condition holds."""
    if not condition:
        raise AssertionError(message)
