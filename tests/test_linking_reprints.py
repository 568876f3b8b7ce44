"""The same copy: new headlines, cut paragraphs, furniture and edits; not the same act in other words."""

from __future__ import annotations

import random
import subprocess
import sys
from datetime import date

import pytest
from benchmarks import linking

from dotterel.linking.reprints import bands_of, containment, find_reprints, original, runs
from dotterel.types import Report

BODY = (
    "Norland's air force bombed a depot of the Free Hills Front near Tarn on Monday, killing 12 fighters, police said."
    " The Southern Brigade said that it had taken part with two hundred men from the northern valleys."
    " The government in Norstad called the raid a success and promised more of them before the winter."
    " Estmark closed its border posts on the coast road and sent the families of its diplomats home by ship."
    " A spokesman for the Front said that its fighters had left the depot days before and that no one was hurt."
)


def report(name: str, text: str, day: int = 1) -> Report:
    return Report(name, text, published=date(2021, 3, day), source=name)


FIRST = report("b", f"Depot bombed near Tarn\n\n{BODY}")
COPIES = (
    ("a new headline", f"Raid on rebels\n\n{BODY}"),
    ("its first half alone", f"Raid on rebels\n\n{BODY[: len(BODY) // 2]}"),
    ("furniture of another site", f"Raid\n\n{BODY}\n\nSign up to our newsletter for more. Copyright 2021, Nes Mail."),
    ("small edits", f"Raid\n\n{BODY.replace('Monday', 'Tuesday').replace('12 fighters', 'a dozen men')}"),
)  # fmt: skip
OTHERS = (
    ("the same act in other words",
     "Twelve dead in raid\n\nAn air raid killed a dozen rebels at a storehouse close to the town of Tarn on Monday,"
     " according to the police. Norstad spoke of a victory. The rebels denied losses; they had gone, they said."),
    ("a quotation in common",
     "Minister speaks\n\nThe minister spoke for an hour on schools and roads. He said that the government in Norstad"
     " called the raid a success. Farmers booed him, and the mayor of the town left the hall early. Rain fell."),
    ("a few words alone", "Depot bombed near Tarn"),
)  # fmt: skip


@pytest.mark.parametrize(("what", "text"), COPIES, ids=lambda value: value[:30])
def test_reprints_are_found(what, text):
    (found,) = find_reprints([report("a", text, day=2), FIRST])
    assert (found.report_id, found.of_id) == ("a", "b")
    assert found.containment >= 0.55


@pytest.mark.parametrize(("what", "text"), OTHERS, ids=lambda value: value[:30])
def test_other_reports_are_no_reprints(what, text):
    assert find_reprints([report("a", text), FIRST]) == ()


def test_the_first_published_is_the_original_then_the_smallest_id():
    assert original([(date(2021, 3, 2), "a"), (date(2021, 3, 1), "c"), (date(2021, 3, 1), "b"), (None, "0")]) == "b"


def test_a_chain_of_reprints_is_one_group():
    half = len(BODY) // 2
    reports = [report("x", BODY[:half], 3), report("y", BODY, 1), report("z", BODY[half:], 2)]
    assert {(r.report_id, r.of_id) for r in find_reprints(reports)} == {("x", "y"), ("z", "y")}


def test_containment_of_texts_that_share_little_or_nothing():
    assert containment(runs("a b c d e"), runs("a b c d e")) == 0.0, "too few runs to tell"
    assert containment(runs(""), runs(BODY)) == 0.0


def test_bands_are_the_same_in_every_process_and_version():
    told = "from dotterel.linking.reprints import bands_of; print(bands_of('one two three four five six seven')[:3])"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == str(bands_of("one two three four five six seven")[:3])
    # Databases keep them: if a newer rensa counts otherwise, the schema needs a new version.
    assert bands_of("one two three four five six seven")[:3] == (3306913738, 7671534681, 11852751510)
    assert bands_of("too few words") == ()


def test_generated_reprints_of_a_part_of_the_set_are_found():
    chance = random.Random(linking.COPY_SEED)
    originals = linking.long_texts()[::12]
    copies = [linking.copied(one, number, chance) for one in originals for number in range(2)]
    found = {
        r.report_id: r.of_id for r in find_reprints([*linking.reports("a"), *linking.reports("b"), *originals, *copies])
    }
    right = sum(found.get(one.id) == one.id.rpartition("-copy")[0] for one in copies)
    assert right / len(copies) >= 0.9
    assert len(found) - right <= 0.05 * len(copies)
