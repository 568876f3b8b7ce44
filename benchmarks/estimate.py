"""Reckons what a corpus takes, by the figures that the other benchmarks print, and shows the arithmetic.

`benchmarks.throughput` gives --rate, `benchmarks.store_size` --events and --mib, and `benchmarks.growth` --link and
--pairs: what a report costs to write and link in a store of a few events a day, and how much more for each further
1,000 events a day that its own are held against.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

from benchmarks.common import print_table

DAY, YEAR = 86_400, 365.25


@dataclass(frozen=True, slots=True)
class Corpus:
    """What is to be coded, with what, and what one report of it costs."""

    articles: int
    years: float  # that they were published over
    cores: int
    rate: float  # reports a second and core
    events: float  # a report
    mib: float  # of the store, a 1,000 reports
    link: float  # milliseconds to write and link a report among few events
    pairs: float  # milliseconds more for each 1,000 events of a day

    @property
    def a_day(self) -> float:
        """Events of one day of news."""
        return self.articles * self.events / (self.years * YEAR)

    @property
    def each(self) -> float:
        """Milliseconds to write and link a report; on the mean it meets half of what the store will hold in the end."""
        return self.link + self.pairs * self.a_day / 2 / 1000


def long(seconds: float) -> str:
    """A length of time, in the unit that reads best."""
    for name, size in (("days", DAY), ("hours", 3600), ("minutes", 60)):
        if seconds >= 2 * size:
            return f"{seconds / size:,.1f} {name}"
    return f"{seconds:,.0f} seconds"


def rows(asked: Corpus) -> list[tuple[str, str, str]]:
    """What, how it is reckoned, what it comes to."""
    coding = asked.articles / asked.rate
    linking = asked.articles * asked.each / 1000
    size = asked.articles * asked.mib / 1000 / 1024
    n, share = f"{asked.articles:,}", f"{asked.pairs:g} ms × events a day / 2 / 1,000"
    return [
        ("coding, on one core", f"{n} / {asked.rate:g} a second", long(coding)),
        (f"coding, on {asked.cores:,} cores", f"the same / {asked.cores:,}", long(coding / asked.cores)),
        ("events", f"{n} × {asked.events:g}", f"{asked.articles * asked.events / 1e6:,.1f} million"),
        ("the store", f"{n} × {asked.mib:g} MiB / 1,000", f"{size:,.0f} GiB"),
        ("events a day of news", f"events / ({asked.years:g} × {YEAR:g} days)", f"{asked.a_day:,.0f}"),
        ("writing and linking a report", f"{asked.link:g} ms + {share}", f"{asked.each:,.0f} ms"),
        ("writing and linking, one process", f"{n} × the same", long(linking)),
        ("cores that it can serve", "1,000 / (rate × the same)", f"{1000 / asked.each / asked.rate:,.1f}"),
    ]


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000_000, metavar="N")
    parser.add_argument("--years", type=float, default=10, metavar="N", help="that they were published over")
    parser.add_argument("--cores", type=int, default=64, metavar="N")
    parser.add_argument("--rate", type=float, required=True, metavar="N", help="reports a second and core")
    parser.add_argument("--events", type=float, required=True, metavar="N", help="events a report")
    parser.add_argument("--mib", type=float, required=True, metavar="N", help="MiB of the store a 1,000 reports")
    parser.add_argument("--link", type=float, required=True, metavar="MS", help="to write and link a report among few")
    parser.add_argument("--pairs", type=float, required=True, metavar="MS", help="more for each 1,000 events of a day")
    parser.add_argument("--markdown", action="store_true", help="print the table as Markdown")
    chosen = vars(parser.parse_args())
    as_markdown = chosen.pop("markdown")
    asked = Corpus(**chosen)
    title = f"{asked.articles:,} articles of {asked.years:g} years"
    print_table(title, ("what", "how it is reckoned", "it comes to"), rows(asked), as_markdown)


if __name__ == "__main__":
    main()
