"""Word lists for English. `audit.rules.lists` says how a list is written."""

from __future__ import annotations

from collections.abc import Mapping

from audit.rules.category import Category

ENGLISH: Mapping[Category, str] = {
    Category.NEGATION: """
        not, cannot, no, never, without, none, nobody, nothing, nowhere, neither, nor, no longer, no one,
        not yet, not only yet, hardly, barely, scarcely, fails to, failed to, fail to, lacks, lacked, denies,
        denied, deny
    """,
    Category.HEDGE: """
        may, might, could, possibly, perhaps, maybe, Perhaps, Possibly, Maybe
        reportedly, reported to have, is reported, are reported, was reported, were reported, according to reports,
        reports say, a reported, the reported, its reported, their reported, his reported, her reported, of reported,
        after reported, amid reported, some reported, by reported
        allegedly, alleged, alleges to, accused of
        purportedly, purported, supposedly, supposed, so-called, self-styled
        apparently, apparent, appears, appear, appeared, appearing, seemingly, seems, seem, seemed
        likely, probably, probable, most likely, very likely
        almost certainly, almost certain, in all likelihood
        said to have, said to be
        rumored, rumoured
        feared
        arguably, conceivably, as far as is known
        intends to, intend to, intended to
        unlikely
        suspected, suspect, presumed, presumably, believed to, thought to, is believed, was believed
        potentially, potential
        unconfirmed, unverified
        in principle
        considering, weighing up, mulling, mulls
        hopes to, hope to, hoped to, hoping to, hopes that
        expected to, expected, set to, poised to, planned to
        should, ought to
        would
        suggests, suggested, suggest, indicates, indicate
        about #, around #, some #, roughly #, approximately #, nearly #, almost #, an estimated #, estimated #,
        about a #, around a #, roughly a #, approximately a #, nearly a #, almost a #
        at least #, at least a #
        up to #, at most #, up to a #, at most a #
    """,
    Category.BOUND: """
        more than #, over #, upwards of #, in excess of #, more than a #, over a #
        less than #, under #, fewer than #, below #, less than a #, under a #, fewer than a #
    """,
    Category.ATTRIBUTION: """
        said, says, say, saying, told, tells, stated, states, according to
        alleged that, alleges that, allege that, claimed, claims, claim, claiming, asserted, asserts, assert,
        contended, contends, maintained
        insisted, insists, insist, insisting
        argued, argues, argue, arguing
        agreed, agrees, agree, agreeing, consented
        refused, refuses, refuse, refusing, declined, declines
        admitted, admits, admit, admitting, acknowledged, acknowledges, conceded, concedes
        confessed, confesses
        confirmed, confirms, confirm, confirming
        denied, denies, deny, denying
        refuted, refutes
        disputed, disputes
        stressed, stresses, emphasized, emphasised, emphasizes, emphasises, underscored, underlined
        warned, warns, warn, warning
        threatened, threatens
        vowed, vows, pledged, pledges
        announced, announces, declared, declares
    """,
    Category.SPEECH: """
        added, adds, noted, notes, pointed out, points out, explained, explains, remarked, commented, wrote, writes
        accused, accuses, alleged, alleges
        suggested, suggests, hinted, hints, implied
        praised, praises, hailed, hails, welcomed
        condemned, condemns, denounced, denounces, blasted, slammed, criticized, criticised, criticizes
        complained, complains, lamented, deplored
        urged, urges, demanded, demands, ordered
        boasted, boasts, bragged
    """,
    Category.RANK: """
        General ^, Gen.
        major general, Maj. Gen.
        lieutenant general, Lt. Gen.
        brigadier general, Brig. Gen., Brigadier
        colonel general
        four-star general, three-star general
        admiral, Adm.
        rear admiral
        vice admiral
        fleet admiral
        colonel, Col.
        senior colonel
        lieutenant colonel, Lt. Col.
        Major ^, Maj.
        captain, Capt.
        senior captain
        commander, Cmdr.
        lieutenant commander
        lieutenant, Lt.
        sergeant, Sgt.
        master sergeant
        corporal, Cpl.
        Private ^
        marshal
        field marshal
        air marshal
        commander-in-chief, commander in chief
        deputy commander
        commandant
        political commissar
        deputy political commissar
        chief of staff
        deputy chief of staff
        chief
        deputy chief
        minister
        vice minister
        deputy minister
        defense minister, defence minister, minister of defense, minister of defence, minister of national defense
        foreign minister, minister of foreign affairs
        prime minister
        deputy prime minister
        premier
        vice premier
        president
        vice president
        former president
        acting president
        chairman, chairwoman, chairperson
        vice chairman
        secretary
        general secretary
        secretary-general
        deputy secretary
        secretary of state
        secretary of defense
        undersecretary
        chancellor
        ambassador
        consul general
        envoy
        special envoy
        spokesperson, spokesman, spokeswoman
        deputy spokesperson
        director
        director general
        deputy director
        governor
        vice governor
        mayor
        deputy mayor
        senator
        representative
        congressman
        congresswoman
        lawmaker
        member of parliament
        judge
        prosecutor
        King
        Queen
        Prince
        Princess
        Emperor
        Pope
        acting
        former
        retired
    """,
    Category.ANONYMOUS: """
        people familiar with, person familiar with, sources familiar with, source familiar with,
        officials familiar with, diplomats familiar with, people with knowledge of, people with direct knowledge of,
        sources with knowledge of, officials with knowledge of, people briefed on, sources briefed on,
        officials briefed on, with direct knowledge of, with knowledge of the matter, with knowledge of the talks,
        with knowledge of the discussions, with knowledge of the situation, familiar with the matter,
        familiar with the talks, familiar with the discussions, familiar with the negotiations,
        familiar with the plan,
        familiar with the plans, familiar with the situation, familiar with the investigation, familiar with the case,
        familiar with the deal, familiar with the incident, familiar with the accident, familiar with the operation,
        familiar with the deliberations, familiar with his thinking, familiar with her thinking,
        familiar with the thinking, briefed on the matter, briefed on the talks, briefed on the investigation,
        briefed on the plans,
        sources close to, source close to, people close to, person close to, on condition of anonymity,
        on the condition of anonymity, condition of anonymity, speaking anonymously, spoke anonymously,
        asked for anonymity, requested anonymity, on background, asked not to be named, asked not to be identified,
        declined to be named, declined to be identified, declined to give his name, declined to give her name,
        did not want to be named, did not wish to be named, refused to be named, wished to remain anonymous,
        who was not named, who were not named, who was not identified, who were not identified, unnamed, unidentified,
        anonymous, insiders, insider, a well-informed source, well-informed sources, sources said, a source said,
        sources told, a source told, source said, source told, sources say, government source, government sources,
        security source, security sources, military source, military sources, diplomatic source, diplomatic sources,
        intelligence source, intelligence sources, industry source, industry sources, not authorized to speak,
        not authorised to speak, not authorized to talk, not authorised to talk
    """,
    Category.OFFICIAL: """
        a senior official, senior official, senior officials, an official, officials, official, a source, sources,
        source,
        an officer, senior officer, senior officers, officers, a diplomat, diplomats, diplomat, an analyst, analysts,
        analyst, an expert, experts, expert, an aide, aides, aide, a witness, witnesses, witness, eyewitnesses,
        eyewitness, investigators, one of the investigators, an investigator, observers, observer, a person, people,
        a researcher, researchers, researcher, a military officer, a commander, a spokesperson, critics, residents,
        a resident
    """,
    Category.DAY: """
        Monday, Mon.
        Tuesday, Tues.
        Wednesday, Wed.
        Thursday, Thurs.
        Friday, Fri.
        Saturday, Sat.
        Sunday, Sun.
        January, Jan.
        February, Feb.
        March
        April, Apr.
        May
        June
        July
        August, Aug.
        September, Sept., Sep.
        October, Oct.
        November, Nov.
        December, Dec.
        today
        yesterday
        tomorrow
        tonight
        this week
        last week
        next week
        this month
        last month
        next month
        this year
        last year
        next year
        noon
        midnight
        spring
        summer
        autumn, fall of #, in the fall, last fall, this fall, next fall
        winter
    """,
    Category.COUNT: """
        zero
        two
        three
        four
        five
        six
        seven
        eight
        nine
        ten
        eleven
        twelve
        thirteen
        fourteen
        fifteen
        sixteen
        seventeen
        eighteen
        nineteen
        twenty
        thirty
        forty
        fifty
        sixty
        seventy
        eighty
        ninety
        hundred
        thousand
        million
        billion
        trillion
        dozen
        third
        fourth
        fifth
        sixth
        seventh
        eighth
        ninth
        tenth
        hundreds
        thousands
        millions
        billions
        dozens
        scores of
    """,
    Category.COUNT_PERHAPS: """
        one
        first
        second
        half
        quarter
        double
        doubled
        triple
        tripled
        twice
        single
        several
        many
        few
        both
    """,
    Category.HARM: """
        killed, kill, kills, killing, dead, death, deaths, died, die, dies, fatalities, fatality, wounded, injured,
        injuries,
        injury, casualty, casualties, missing, victims, hostages, prisoners, captured, drowned, executed, massacre,
        troops, soldiers, warheads, warhead, nuclear, missile, missiles, bombs, bomb, civilians, bodies, shot down,
        sunk
    """,
    Category.HOSTILE: """
        attacked, attack, attacks, attacking, fired, fires, fire, opened fire, invaded, invades, invade, invasion,
        killed, kills,
        kill, bombed, bombs, shelled, struck, strikes, launched, provoked, provokes, provoking, violated, violates,
        violation,
        intruded, shot, rammed, sank, arrested, detained, executed, murdered, tortured, threatened, threatens, seized,
        occupied, responsible for, blamed, to blame, guilty
    """,
    Category.SLIGHT: """
        a, an, the, this, that, these, those, of, to, in, on, at, by, for, from, with, into, onto, upon, as, and,
        but, or, so,
        then, also, too, very, just, it, its, he, she, they, them, his, her, their, him, who, which, whose, whom,
        what,
        is, are, was, were, be, been, being, has, have, had, do, does, did, there, here, while, when, where, than,
        such,
        well, both, each, own, other, further, meanwhile, however, moreover, therefore, thus, during, within, about,
        over,
        under, up, out, off, between, among, through, after, before, since, until, if, because, along, together, s,
        per
    """,
    Category.OPPOSITE: """
        able, acceptable, accurate, adequate, aligned, armed, authorized, authorised, avoidable, aware, biased,
        capable,
        certain, changed, clear, committed, complete, conditional, confirmed, consistent, conventional, correct,
        credible,
        damaged, dependent, desirable, direct, effective, employed, equal, expected, fair, favorable, finished,
        founded,
        friendly, happy, harmed, honest, hurt, important, injured, intentional, interested, just, justified, known,
        lawful,
        legal, legitimate, likely, limited, loyal, manned, necessary, official, opposed, planned, possible, popular,
        precedented, predictable, prepared, proven, provoked, qualified, reasonable, regular, related, relevant,
        reliable,
        resolved, responsible, restricted, safe, satisfied, secure, solved, stable, successful, successfully,
        sufficient,
        supported, sustainable, tested, usual, valid, verified, visible, warranted, willing, willingly
    """,
    Category.CONTRARY: """
        agree*, refuse*, reject*, decline*
        accept*, refuse*, reject*, decline*
        approve*, reject*, veto, vetoed, vetoes
        support*, oppose*
        allow*, ban, bans, banned, bar, bars, barred, forbid, forbids, forbade, forbidden, prohibit*
        permit, permits, permitted, ban, bans, banned, bar, bars, barred, forbid, forbids, forbade, forbidden,
        prohibit*
        managed to, was unable to, were unable to, failed to
        was able to, was unable to
        were able to, were unable to
        is able to, is unable to
        are able to, are unable to
        legal, banned, outlawed
        guilty, innocent
        convicted, acquitted, cleared
        true, false
        succeeded, failed
        upheld, overturned, quashed
    """,
    Category.ORDINARY: """
        not only, no doubt, nothing but, no less than, no fewer than, no more than, No. #,
        be retired, been retired, was retired, were retired, is retired, are retired, as alleged, appear in,
        appeared in,
        appears in, appear before, appeared before, appears before, appeared on, appear on, appears on, appeared at,
        appear at,
        set to music, no matter, no wonder, no sooner, no other than, none other than, nothing less than,
        nothing more than,
        not least, not to mention, whether or not, if not, no-fly zone, no-fly zones, no man's land, no-confidence,
        no-confidence vote, not just, not merely, not simply, without doubt, without question, never mind, no small,
        reported for duty, reported to work, reported a profit, reported a loss, likely candidate, the accused,
        acting on, acting as, acting in, acting under, acting against, acting for, acting with, acting like,
        acting by,
        acting to, acting alone, acting together, acting out, acting upon, acting at, acting from, acting through,
        retired in, retired from, retired after, retired to, retired on, retired at, retired as, the former and,
        chief reason, chief cause, chief concern, chief problem, chief aim, chief goal, chief among, hot spring,
        hot springs, spring water, in the fall of, Premier League, General Assembly, General Staff,
        General Office, General Administration, General Election, General Public, Major Powers, Major Power,
        Private Companies, Private Sector, as expected, than expected,
        Updated, Update, Correction, Photo, Video, Editor, Source, By
    """,
}
"""In a line of HEDGE, BOUND, ATTRIBUTION, RANK, DAY and ALIKE words mean the same; elsewhere lines do not matter."""

NEGATING_PREFIXES = ("un", "in", "im", "ir", "il", "dis", "non-", "non", "mis")

CONTRACTIONS = {"won't": "will not", "can't": "can not", "cannot": "can not", "shan't": "shall not"}
ENDS_OF_CONTRACTIONS = {"n't": "not", "'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
"""What ends a word stands for; "'d" is left out, since it may be had or would."""
