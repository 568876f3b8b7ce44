"""Analysis of a database: series, profiles, sides, coalitions, tallies, journeys and changes as data frames."""

from dotterel.analysis.changes import change_points
from dotterel.analysis.counts import tallies
from dotterel.analysis.dyads import dyad_series, quad_profile
from dotterel.analysis.groups import coalitions
from dotterel.analysis.journeys import itinerary
from dotterel.analysis.network import Sides, sides

__all__ = ["Sides", "change_points", "coalitions", "dyad_series", "itinerary", "quad_profile", "sides", "tallies"]
