"""Runs a trial's training, and never without the search that started it.

    python -m towpath_trainer.hyper.guarded SEARCH_PID ARGUMENTS OF towpath_trainer.train

The training watches its parent itself once it has begun. Until then, while libraries load, the system sends it SIGTERM
when the search dies (prctl, Linux only); a search that was gone even before is told by its number.
"""

import ctypes
import os
import signal
import sys

PR_SET_PDEATHSIG = 1
"""From linux/prctl.h."""


def main(arguments: list[str]) -> int:
    """Run the program; returns its exit status."""
    from towpath_trainer.loop.stop import STATUS

    parent, *rest = arguments
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != int(parent):
        return STATUS
    from towpath_trainer.train import main as train

    return train(rest)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
