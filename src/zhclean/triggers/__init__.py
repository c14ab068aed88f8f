"""One scan of a text tells which cleaners can have anything to do.

A cleaner may declare triggers: what must stand in a text for it to propose anything. The
pipeline looks for the triggers of all its cleaners at once and asks only those whose trigger
it finds. Triggers are necessary, not sufficient: they may stop too often, never too seldom.

`trigger` is what cleaners declare, `gate` finds the triggers of several, `door` decides how and
whether to look; the other modules are the ways of looking.
"""

from __future__ import annotations

from zhclean.triggers.character_sets import Borders, Characters
from zhclean.triggers.gate import Gate, pages
from zhclean.triggers.trigger import Crowd, Trigger

__all__ = ["Borders", "Characters", "Crowd", "Gate", "Trigger", "pages"]
