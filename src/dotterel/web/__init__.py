"""The desk: a local web app over one database."""
