"""The same copy and the same act across reports: pure, knows no database; `store.links` keeps what it finds."""
