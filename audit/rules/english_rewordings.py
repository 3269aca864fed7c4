"""English words and phrases that say the same, or about the same, and such as add nothing.

`audit.rules.lists` says how a list is written; a `*` behind a word stands for all its regular forms. No line of
`Category.SAME` and `Category.FILLING` may hold what a reader would weigh: they win over all other lists (not far from →
near is no negation). What is only about the same stands in `Category.ALIKE`, and any other list wins over it.
"""

from __future__ import annotations

from collections.abc import Mapping

from audit.rules.category import Category

ENGLISH_REWORDINGS: Mapping[Category, str] = {
    Category.SAME: """
        in order to, so as to, to
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
    Category.FILLING: """
        not only
        currently, at present, presently, now, at the moment, at this time
        a total of, in total, in all, altogether
        local time
        the port of, the city of, the town of, the village of, the province of, the district of, the city's
        the fact
        in fact, indeed, of course, in turn, for its part, for their part, for his part, for her part, as such
        was able to, were able to, managed to
        already, still, newly, respectively, itself, himself, herself, themselves
        additionally, besides, in addition, furthermore, likewise, similarly
        at the same time, in the meantime, meanwhile
        Mr, Mr., Mrs, Mrs., Ms, Ms., Miss
        city of, town of
        in the process, in question, as well, back in
    """,
    Category.ALIKE: """
        said, stated, told, noted, added, explained, remarked
        also, too, as well
        begin, began, begun, begins, beginning, start, starts, started, starting, commence, commenced, kicked off
        end, ended, ends, conclude, concluded, concludes, finish, finished, finishes
        big, large, huge, great, major
        small, little, tiny
        hold, held, holds, conduct, conducted, conducts, carry out, carried out, stage, staged
        show, shows, showed, shown, display, displays, displayed, demonstrate, demonstrated, demonstrates
        help, helps, helped, assist, assisted, aid, aided
        get, got, gets, receive, received, obtain, obtained
        buy, bought, purchase, purchased, acquire, acquired
        use, used, uses, employ, employed, utilize, utilized
        build, built, construct, constructed
        need, needs, needed, require, requires, required
        near, close to, nearby, next to
        because, since, as
        but, however, yet
        although, though, even though
        while, whereas
        around, about, approximately, roughly
        children, kids
        armed forces, military
        vessel, ship
        vessels, ships
        plane, aircraft, airplane
        soldier, serviceman
        ask, asked, request, requested
        important, significant, key
        quickly, rapidly, swiftly, fast
        km, kilometer, kilometers, kilometre, kilometres
        percent, per cent, pct
        US, U.S., American
        toward, towards, to
        among, amongst
        until, till
        so as to, in order to, to
        later, afterwards, afterward, then
        before, prior to, ahead of
        because of, due to, owing to, as a result of
        despite, in spite of
        take place, be held
        takes place, is held, are held
        took place, was held, were held
        taken place, been held
        taking place, being held
        one of, among
        continue, keep, go on, carry on
        continued, kept, went on, carried on
        continues, keeps, goes on
        at the end of, in late
        at the beginning of, at the start of, in early
        in the middle of, in mid
        many, numerous
        try, attempt
        tried, attempted
        tries, attempts
        happen, happened, happens, occur, occurred, occurs
        give, gave, gives, given, provide, provided, provides
        increase, increased, increases, rise, rose, rises, risen, grow, grew, grows, grown
        decrease, decreased, decreases, decline, declined, declines, drop, dropped, drops, fall, fell, falls, fallen
        choose, chose, chosen, select, selected, pick, picked
        allow, allowed, allows, permit, permitted, permits
        stop, stopped, stops, halt, halted, halts
        whole, entire
        mostly, mainly, largely
        nearly, almost
        often, frequently
        immediately, at once
        again, once more, once again
        wrong, incorrect, mistaken
        speech, address
        country, nation
        countries, nations
        with, alongside, together with, along with
        establish*, set up, sets up, setting up, create*, founded
        agreement, accord, deal, pact
        agreements, accords, deals, pacts
        as a result, consequently, therefore, thus, hence, so, accordingly, because of this, for this reason
        previously, formerly, earlier, before, in the past
        policeman, policewoman, police officer
        policemen, police officers, police
        bystander, passer-by, onlooker
        bystanders, passers-by, onlookers
        such as, including, like, among them, for example, for instance
        include*, contain*, comprise*, consist* of, is made up of
        unmanned, uncrewed, pilotless
        attempt*, effort*, bid, bids
        check*, inspect*, examine*
        perform*, undertake, undertook, carry out, carried out, conduct*, make, made
        complete*, wrap up, wrapped up, finish*
        consider*, think about, weigh*
        cooperate*, work* together, collaborate*
        cooperation, collaboration
        deal with, deals with, dealing with, dealt with, handle*, tackle*, cope with
        decide* to, opt to, opted to, made the decision to, took the decision to
        defend*, protect*, safeguard*
        delay*, postpone*, put off, defer, deferred
        deploy*, station*
        send, sends, sent, sending, dispatch*, deploy*
        discuss*, talk* about, hold talks on, held talks on
        ensure*, make sure, makes sure, made sure, making sure, guarantee*
        enter*, go into, went into, going into
        expand*, extend*, widen*, broaden*, enlarge*
        fled, escaped
        flee, escape
        deliver*, hand over, handed over, hands over, turn* over
        improve*, enhance*, better
        strengthen*, boost*, reinforce*, bolster*, enhance*, step up, stepped up, stepping up, shore up, shored up
        inform*, notify, notified, told
        take part in, takes part in, took part in, taking part in, participate* in, join*
        attend*, be present at, was present at, were present at
        leave, leaves, left, leaving, depart*, set off, set out, pull* out of
        arrive* in, arrive* at, reach*, get to, got to
        come back, came back, return*, go back, went back
        live*, reside*
        resident*, inhabitant*
        monitor*, track*, observe*, keep an eye on
        prevent*, avert*, stop, stopped
        publish*, release*, issue*, put out
        reduce*, cut, cuts, cutting, lower*, decrease*, scale* back, scale* down
        remain*, stay*, continue* to be, be, been, is, are, was, were
        repair*, fix*, mend*
        replace*, succeed*, take over from, took over from
        rescue*, save*
        respond*, react*, reply, replied
        search* for, look* for, hunt* for
        speak, speaks, spoke, talk*
        support*, back*
        take off, takes off, took off, lift* off
        drill, exercise, manoeuvre, maneuver, war game
        drills, exercises, manoeuvres, maneuvers, war games
        visit*, tour*, pay a visit to, paid a visit to
        withdraw, withdraws, withdrew, withdrawn, withdrawing, pull out, pulled out, pull back, pulled back
        enable*, make it possible, makes it possible, made it possible, allow*
        meet with, meet, met with, met, held talks with, hold talks with
        injured, hurt, wounded
        area, region, zone
        areas, regions, zones
        capital city, capital
        news conference, press conference, news briefing, press briefing, media briefing
        document*, paper*
        equipment, gear
        facility, installation, site
        facilities, installations, sites
        firefighter, fireman
        firefighters, firemen, fire crews
        goal, aim, objective, purpose
        goals, aims, objectives, purposes
        assistance, help, aid, support
        house, home
        houses, homes
        job, post, position, role
        journalist, reporter
        journalists, reporters, the media, the press
        leader, head
        location, place, site, spot
        opportunity, chance
        opportunities, chances
        people, persons, individuals
        phase, stage
        phases, stages
        problem, issue, difficulty
        problems, issues, difficulties
        reason, cause
        result, outcome
        results, outcomes
        task, mission
        tasks, missions
        talks, negotiations, discussions
        troops, soldiers, servicemen, service members, military personnel, forces
        worker, employee, staff member
        workers, employees, staff, staff members
        from a year earlier, compared with a year earlier, year on year, year-over-year,
        from the same period last year
        new, fresh, latest
        additional, more, extra, further
        dangerous, hazardous, risky
        difficult, hard, tough
        ready, prepared
        serious, severe, grave
        joint, combined
        annual, yearly
        main, principal, primary
        foreign, overseas
        initial, first
        final, last
        correct, right
        sufficient, enough
        latest, newest, most recent, recent
        various, different, several
        several, a few, some, a handful of, a number of
        most of, the majority of, a majority of, most
        around the world, worldwide, across the world, globally, across the globe, all over the world
        at the same time, meanwhile, in the meantime, simultaneously
        at this time, at the moment, currently, now, at present, presently, today
        so far, to date, thus far, up to now, until now, yet
        in addition, additionally, besides, moreover, furthermore, also, what is more, on top of that
        in particular, particularly, especially, above all, notably
        on board, aboard
        across, throughout, all over
        via, through, by way of, by means of, by, using
        regardless of, irrespective of
        in accordance with, in line with, under
        as part of, within the framework of, under, in the framework of
        with regard to, regarding, concerning, about, on, with respect to, in relation to, over
        on the grounds that, because
        on a daily basis, daily, every day, each day
        every year, each year, annually, yearly, a year, per year, per annum
        every month, each month, monthly, a month, per month
        every week, each week, weekly, a week, per week
        overnight, during the night
        shortly after, soon after, just after, right after
        shortly before, just before, right before
        in part, partly, partially
        in full, fully, completely, entirely, totally
        step by step, gradually
        in front of, before
        in addition to, besides, on top of, as well as
        apart from, except for, aside from, except, other than
        instead of, rather than, in place of
        on the sidelines of, on the margins of
        told reporters, told journalists, told the agency, told the newspaper, told the media, told the paper, said
        was quoted as saying, was cited as saying, said
        and, as well as, along with, together with, plus
        which, and this, a move that, something that, this
        even if, even though
        whether, if
        in case, if
        provided that, as long as, on condition that, if
        as soon as, once, when
        each of, every one of, all of
        over, more than
        over the course of, during, over, in the course of, throughout
        in the wake of, following, after, in the aftermath of
        at the hands of, by
        as of, from
        seek* to, try to, tries to, tried to, attempt* to, aim* to
        be able to, can
        was able to, were able to, could, managed to
        have to, has to, must, need to, needs to
        had to, was forced to, were forced to, needed to
        get rid of, remove*
        put in place, put into place, introduce*, set up
        come into force, comes into force, came into force, take effect, takes effect, took effect, enter* into force
        bring to an end, brought to an end, end*
        put an end to, end*
        in favor of, in favour of, for
        be made up of, consist of
        located in, situated in, in, based in
        located near, situated near, near
        located at, situated at, at
        in recent weeks, over recent weeks, over the past few weeks, in the past few weeks
        in recent days, over recent days, over the past few days, in the past few days
        in recent months, over recent months, over the past few months, in the past few months
        in recent years, over recent years, over the past few years, in the past few years
        the day before, a day earlier, the previous day
        the next day, the following day, a day later
        the next month, the following month, a month later
        the next year, the following year, a year later
        last month, in the past month
        the past year, the last year
        crew member, crewman, member of the crew
        crew members, crewmen, members of the crew
        road, street
        roads, streets
        firm, company, business
        firms, companies, businesses
        doctor, physician
        doctors, physicians
        film, movie
        students, pupils
        elderly, older
        town hall, city hall
        flames, fire, blaze
        close, shut
        closed, shut
        empty, vacant
        chief executive, CEO, chief executive officer
        legislation, law
        lawmaker, legislator, member of parliament, MP
        lawmakers, legislators, members of parliament, MPs
        ballot, vote
        spending, expenditure
        budget deficit, deficit
        purchase*, buying
        fell sharply, plunged, slumped, plummeted
        rose sharply, surged, soared, jumped
        gathered, assembled
        appeal* for, call* for
        blame* on, attribute* to
        attributed to, put down to, blamed on
        located, situated
        lost their lives, died, perished
        lost his life, died, perished
        lost her life, died, perished
        accelerate*, pick* up, gather* pace
        intensify, intensifies, intensified, step up, stepped up, stepping up
        local residents, residents
        local media, media
        local authorities, authorities
        local officials, officials
        run aground, ran aground, went aground, gone aground
        working group, working party
        upper, higher
        hit, affect*
        spoke by phone, held a phone call, talked by phone, spoke by telephone, held a telephone call
        fire service, fire brigade, firefighters
        is due, is due to arrive
        such a, a
        observe*, honor*, honour*, abide by, comply with
        a further, another, one more, a second
        planned, scheduled
        vanished, disappeared
        commission*, put into service, entered service, put into operation
        decommission*, taken out of service, retire* from service
        throughout the day, all day
        day and night, around the clock, round the clock
    """,
}
