"""Imported first in the process from which workers are forked, which else would tell of an interrupt at length.

Its parent is interrupted as well, and tells what there is to tell. Once all that workers need is imported that process
leaves interrupts to its parent of itself.
"""

import os
import signal

signal.signal(signal.SIGINT, lambda number, frame: os._exit(1))
