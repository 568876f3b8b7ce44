"""Who: actor mentions, their resolution and coreference."""

from dotterel.actors.coalitions import enemy_of
from dotterel.actors.grounds import fights_in
from dotterel.actors.own import OwnActors, own_actors
from dotterel.actors.roles import is_thing
from dotterel.actors.roster import find_actors

__all__ = ["OwnActors", "enemy_of", "fights_in", "find_actors", "is_thing", "own_actors"]
