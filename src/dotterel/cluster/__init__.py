"""Codes over a cluster (Dask distributed): shards of the input go out to workers, each writes a part, parts are loaded.

The workers, the scheduler and whoever started them share a folder or a bucket; nothing else need be shared.
"""

from dotterel.cluster.jobs import CoderMaker, Job
from dotterel.cluster.loading import has_ended, load_parts
from dotterel.cluster.running import ClusterRun, code_on_cluster

__all__ = ["ClusterRun", "CoderMaker", "Job", "code_on_cluster", "has_ended", "load_parts"]
