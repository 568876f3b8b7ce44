import pytest

from dotterel.feeds.timing import (
    JITTER,
    jitter,
    next_poll,
    retry_after,
    wait_after_failure,
    wait_after_success,
    wait_before_try,
)

NOW = 1_800_000_000.0  # Friday, 15 January 2027, 08:00 UTC
MINUTE, DAY = 60.0, 86400.0


def test_the_next_poll_comes_after_the_interval_and_a_little_by_chance():
    times = {next_poll(900, NOW, 0, f"feed {n}") - NOW for n in range(50)}
    assert 900 <= min(times) < max(times) <= 900 * (1 + JITTER)
    assert len(times) > 40


def test_the_next_poll_is_never_before_what_the_server_asked_for():
    assert next_poll(900, NOW, NOW + 5000, "a") == NOW + 5000


def test_chance_is_the_same_for_the_same_feed_and_time():
    assert jitter("a", NOW) == jitter("a", NOW)
    assert 0 <= jitter("a", NOW) <= 1


@pytest.mark.parametrize(
    ("failures", "lost", "asked", "least"),
    [
        (1, False, None, 30 * MINUTE),  # the interval doubles
        (2, False, None, 60 * MINUTE),
        (3, False, None, 120 * MINUTE),
        (20, False, None, DAY),  # but not past a day
        (5000, False, None, DAY),  # nor past what a float holds
        (1, True, None, 1 * MINUTE),  # a lost connection is most often our own
        (2, True, None, 2 * MINUTE),
        (20, True, None, 15 * MINUTE),  # and is tried at the interval at the latest
        (1, False, 7200.0, 7200.0),  # Retry-After is kept
        (1, False, 5.0, 30 * MINUTE),  # but does not make us hasty
        (1, False, 1e9, 7 * DAY),  # a server that says "in thirty years" is asked again
    ],
)
def test_after_a_failure_a_feed_is_left_in_peace(failures, lost, asked, least):
    waited = wait_after_failure(15 * MINUTE, failures, lost, asked, "feed", NOW) - NOW
    assert least <= waited <= least * (1 + JITTER)


def test_a_feed_polled_once_a_week_is_not_tried_more_often_after_a_failure():
    assert wait_after_failure(7 * DAY, 1, False, None, "feed", NOW) >= NOW + 7 * DAY


@pytest.mark.parametrize(("ttl", "seconds"), [(None, 0), (60, 3600), (100_000, 6 * 3600)])
def test_what_a_feed_says_of_its_changes_is_kept_within_reason(ttl, seconds):
    assert wait_after_success(ttl, NOW) == NOW + seconds


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        (None, None),
        ("120", 120),
        (" 120 ", 120),
        ("Fri, 15 Jan 2027 08:10:00 GMT", 600),
        ("Fri, 15 Jan 2027 07:00:00 GMT", 0),  # past
        ("Fri, 15 Jan 2027 08:10:00", 600),  # without a zone: GMT
        ("soon", None),
        ("-5", None),
        ("", None),
    ],
)
def test_retry_after_is_seconds_or_a_moment(value, seconds):
    assert retry_after(value, NOW) == seconds


@pytest.mark.parametrize(
    ("tries", "asked", "seconds"), [(0, None, 60), (3, None, 480), (3, 600.0, 600), (99, None, 6 * 3600), (0, 1e9, DAY)]
)
def test_a_page_is_tried_again_later_each_time(tries, asked, seconds):
    assert wait_before_try(tries, asked) == seconds
