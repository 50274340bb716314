"""What the sentences say of deals: triggers, their arguments, things, sums and dates."""

from armsgraph.frames.find import find_frames

__all__ = ["find_frames"]
