"""What hostile reports are put together from: sentences of news, and signs, numbers and days that news never has."""

SENTENCES = (
    "Kenya condemned Sudan on Sunday.",
    "The foreign minister of Norway met President Vladimir Putin in Moscow on Tuesday and signed a treaty on fishing.",
    "Rebels shelled a village near Aleppo, killing at least 12 people and wounding dozens, the army said.",
    '"We will never leave," the prime minister of Israel told reporters, "and nobody will force us."',
    "Turkish jets shot down a Russian bomber near the Syrian border, according to the Interfax news agency.",
    "The Taliban claimed responsibility for the attack, which the United Nations denounced.",
    "France is to send 1,500 troops to Mali next month, he said.",
    "Police arrested 40 protesters in Cairo after they threw stones at the parliament.",
    "Brazil and Argentina agreed to lift sanctions against Venezuela, their foreign ministers announced.",
    "China urged both sides to return to talks; they refused.",
    "The European Union, which supports Ukraine, expelled three Belarusian diplomats.",
    "If Iran tests a missile again, the United States will impose sanctions, the White House warned.",
    "The Senate voted 54 to 46 against the treaty with Cuba on 3 March 2016.",
    "BEIRUT, May 3 (Reuters) - Hezbollah rejected the demand of the Arab League.",
    "Merkel: 'It's time for the Greeks' government to pay'",
    "He did not say who they were.",
    "Thousands marched in Tunis, Sfax and Gabes to demand that the president resign.",
    "India has withdrawn its ambassador from Pakistan.",
)
WORDS = (
    "Obama", "the president", "Mr. Netanyahu", "the Kurds", "U.S.", "U.N.", "Iran's", "the group", "its", "they",
    "him", "and", "or", "but", "that", "which", "who", "said", "told", "killed", "threatened to", "met with", "not",
    "promised", "attack on", "talks", "would", "Secretary of State John Kerry", "North Korea", "al-Qaeda", "the EU",
    "Congo", "one", "dozens of", "least", "million", "percent", "dollars", "in", "by", "against", "from", "the", "a",
    "Washington",
)  # fmt: skip
SIGNS = (
    '"', "“", "”", "'", "’", "‘", "«", "»", "„", "``", "''", "(", ")", "[", "]", "{", "}", "<", ">", "((((", "))))",
    '""""', "—", "–", "--", "-", "...", "…", ".", ",", ";", ":", "!", "?", "/", "\\", "|", "*", "_", "#", "@", "&", "%",
    "$", "€", "£", "+", "=", "~", "^", "`", "<p>", "&amp;", "{{ x }}", "%s", "\\n", "://", "www.example.org", "a@b.org",
)  # fmt: skip
ODD = (
    "\u202e", "\u202d", "\u202c", "\u2067", "\u200f", "\u200e",  # marks of writing from right to left
    "\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad",  # of no width
    "\u0301", "\u0308\u0323", "e\u0301", "\u20dd",  # accents that combine
    "\U0001f600", "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1eb\U0001f1f7", "\u2764\ufe0f",  # pictures
    "\x00", "\x1b[31m", "\x07", "\x7f", "\x85", "\x1c", "\x0b", "\x0c",  # codes that are no signs
    "\ud800", "\udfff",  # halves of characters
    "\u00a0", "\u2003", "\u3000", "\t", "    ", "\u2028", "\u2029", "\r\n", "\r", "\n", "\n\n", "\n \n",
    "Ω", "ﬁ", "ß", "İ", "ı", "ǅ", "Å", "中国", "Россия", "مصر", "נתניהו", "ไทย", "①", "½", "٣", "Ⅷ",
    "\uffff", "\U0010fffd",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "1,500", "1.500.000", "12", "99999999999999999999", "1,000,000,000,000,000", "3.14159", "1e400", "0x1F",
    "two hundred and", "zero", "a million billion", "nineteen-ninety", "1/2", "50%", "$3bn", "twenty-twelve", "10-20",
    "between 5 and", "7th", "1st", "00", "1,,000", ".5", "5.", "infinity", "NaN",
)  # fmt: skip
DAYS = (
    "on 30 February 2015", "in the year 99999", "on 31 April", "on 0 January 2000", "0000-00-00", "9999-12-31",
    "year 0", "in 10,000 BC", "29 February 2015", "a trillion days ago", "on the 32nd of December", "99/99/9999",
    "1 January 0001",
    "next century", "since 1066", "in 2999", "last Monday", "yesterday", "three weeks ago", "by the end of the month",
    "from May to March", "on Friday, 13 October 2017", "tomorrow", "13/13/13", "31 December 9999", "10 years from now",
    "999999999999 years ago", "at 25:61", "in the 1990s", "two Sundays ago", "the day after 31 December 9999",
    "Published: 31/12/9999", "Updated 1 January 1000",
)  # fmt: skip
PIECES = (*SENTENCES, *WORDS, *SIGNS, *ODD, *NUMBERS, *DAYS)
