"""English words and phrases that say the same, or about the same, and such as add nothing.

`audit.rules.lists` says how a list is written; a `*` behind a word stands for all its regular forms. No line of
`Category.SAME` and `Category.FILLING` may hold what a reader would weigh: they win over all other lists (not far from →
near is no negation). Words of FILLING add nothing alone; one in the place of another does, unless they stand on one
line (already → still). What is only about the same stands in `Category.ALIKE`, and any other list wins over it.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.rules.category import Category
from audit.rules.files import listed

ENGLISH_REWORDINGS: Mapping[Category, str] = {
    Category.SAME: """
        in order to, so as to, to
        if it is to, if they are to, if he is to, if she is to, in order to, to
        on its way to, on their way to, on the way to, en route to
        had to, was forced to, were forced to, was compelled to, were compelled to
        in spite of, despite
        as a result of, because of, due to, owing to, on account of
        prior to, ahead of, before
        in the wake of, following, after
        with regard to, with respect to, regarding, concerning, about
        at present, at the moment, currently, now
        in the near future, soon, shortly
        on a daily basis, daily, every day
        was jailed for, was imprisoned for, was sent to prison for
        took part in, participated in, joined in
        takes part in, participates in
        take part in, participate in
        carried out, conducted
        has yet to, have yet to, has not yet, have not yet, still has not, still have not
        had yet to, had not yet, still had not
        is unable to, are unable to, cannot, can not, is not able to, are not able to
        was unable to, were unable to, could not, was not able to, were not able to
        not far from, close to, near
        did not attend, was absent from, were absent from, stayed away from
        no fewer than #, no less than #, at least #
        no later than, by
        not until, only on, only in, only at
        without delay, immediately, at once, right away
        no one, nobody
        nothing but, only
        was not allowed to, was forbidden to, was barred from, was banned from
        were not allowed to, were forbidden to, were barred from, were banned from
        is not allowed to, is forbidden to, is barred from, is banned from
        are not allowed to, are forbidden to, are barred from, are banned from
        denied permission, refused permission
        denied entry, refused entry
        denied access, refused access
        added, adds, also said, also says, went on to say, goes on to say
        unclear, not clear, not yet clear
        unknown, not known
        unwilling to, not willing to
        with no, without
        is to, are to, is due to, are due to, will, is going to, are going to
        was to, were to, was due to, were due to, was going to, were going to, would
        reportedly, is said to have, are said to have, was said to have, were said to have, is reported to have,
        are reported to have
        hit, struck
        armed forces, military
        Ministry of Defense, Ministry of Defence, Defense Ministry, Defence Ministry
        Ministry of Foreign Affairs, Foreign Ministry
        Ministry of the Interior, Interior Ministry
        Ministry of Finance, Finance Ministry
        Ministry of Health, Health Ministry
        Ministry of Justice, Justice Ministry
        Ministry of Transport, Transport Ministry
        Department of Defense, Defense Department, Pentagon
        Department of State, State Department
        Department of the Treasury, Treasury Department, Treasury
        Royal Navy, British navy
        Bundestag, German parliament, Germany's parliament, lower house of parliament
        a quarter of an hour, fifteen minutes, 15 minutes
        half an hour, thirty minutes, 30 minutes
        half a year, six months, 6 months
        one and a half years, eighteen months, 18 months
        another, a further, one more
        a lot of, lots of, many, numerous, a large number of, large numbers of, plenty of
        several, a number of, some
        in the region of #, about #
        for the first time ever, for the first time
        as expected, in line with expectations
        on Sunday night, late on Sunday
        on Monday night, late on Monday
        on Tuesday night, late on Tuesday
        on Wednesday night, late on Wednesday
        on Thursday night, late on Thursday
        on Friday night, late on Friday
        on Saturday night, late on Saturday
        next week on Monday, on Monday next week, next Monday
        on Tuesday next week, next Tuesday
        on Wednesday next week, next Wednesday
        on Thursday next week, next Thursday
        on Friday next week, next Friday
        on Saturday next week, next Saturday
        on Sunday next week, next Sunday
        people familiar with the matter, sources familiar with the matter, people with knowledge of the matter
    """,
    Category.SPELLED: """
        Kyiv, Kiev
        Kharkiv, Kharkov
        Odesa, Odessa
        Donbas, Donbass
        Lviv, Lvov
        Luhansk, Lugansk
        Chornobyl, Chernobyl
        Zaporizhzhia, Zaporizhia
        Macao, Macau
        Beijing, Peking
        Xi'an, Xian
        Zelensky, Zelenskyy, Zelenskiy
        Gaddafi, Qaddafi, Gadhafi, Kadhafi
        Hezbollah, Hizbullah, Hizbollah
        Houthi, Huthi
        Houthis, Huthis
        Taliban, Taleban
        Al Qaeda, Al Qaida
        Koran, Quran
        Muhammad, Mohammed, Mohammad
        Bosporus, Bosphorus
        Tehran, Teheran
        OK, okay
        per cent, percent
        any more, anymore
        any one, anyone
        every one, everyone
        some time, sometime
        can not, cannot
        programme, program
        programmes, programs
        cheque, check
        enquiry, inquiry
        gaol, jail
        kerb, curb
        mum, mom
        storey, story
        yoghurt, yogurt
    """,
    Category.FILLING: """
        not only
        currently, at present, presently, now, at the moment, at this time
        a total of, in total, in all, altogether
        local time
        the port of
        the city of, city of, the city's
        the town of, town of
        the village of
        the fact
        in fact, indeed, of course
        in turn
        for its part, for their part, for his part, for her part
        as such
        was able to, were able to, managed to
        already
        still
        newly
        respectively
        additionally, besides, in addition, furthermore
        likewise, similarly
        at the same time, in the meantime, meanwhile
        Mr, Mr.
        Mrs, Mrs., Ms, Ms., Miss
        in the process
        in question
        as well
        back in
    """,
    Category.ALIKE: listed("alike_english.txt"),
}

WANTED_BEHIND: Mapping[tuple[str, ...], str] = {("not", "only"): "but"}
"""Filling that adds nothing only where this word follows in the sentence: not only tanks but guns, too."""

NOT_FILLED = ("then", "there", "here", "once", "before", "after", "since", "until", "while", "off", "out")
"""Small words that say something in the place of filling: is currently, was then."""
