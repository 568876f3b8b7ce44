"""Who: actor mentions, their resolution and coreference."""

from dotterel.actors.roles import is_thing
from dotterel.actors.roster import find_actors

__all__ = ["find_actors", "is_thing"]
