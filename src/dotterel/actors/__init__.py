"""Who: actor mentions, their resolution and coreference."""
