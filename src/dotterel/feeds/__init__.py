"""Live news: feeds are polled politely, their articles read, and what is new is coded into a database.

`plan` and `timing` decide and touch nothing; `web` is the only place that reaches the network, `state` the only one
that remembers, `watching` tells the story.
"""
