"""The project's own classifier: the corpus, what checks it, and the command that trains from it."""
