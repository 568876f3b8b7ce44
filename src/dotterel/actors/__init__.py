"""Who: actor mentions, their resolution and coreference."""

from dotterel.actors.coalitions import enemy_of
from dotterel.actors.own import OwnActors, own_actors
from dotterel.actors.roles import is_thing
from dotterel.actors.roster import find_actors

__all__ = ["OwnActors", "enemy_of", "find_actors", "is_thing", "own_actors"]
