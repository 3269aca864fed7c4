"""Spellings of one word that are both right: British and American, old and new."""

from __future__ import annotations

VARIANTS: tuple[tuple[str, str], ...] = (
    (r"is(e[drs]?|ers|ing|ations?|ational|able)$", r"iz\1"),
    (r"lys(e[drs]?|ers|ing)$", r"lyz\1"),
    (
        r"(arm|lab|fav|hon|col|rum|hum|vig|rig|sav|vap|val|flav|savi|harb|tum|clam|splend|neighb|endeav|behavi)our",
        r"\1or",
    ),
    (r"([bt])re(s?)$", r"\1er\2"),
    (r"(..[aeo])ll(ed|ing|ers?|ors?|ations?)$", r"\1l\2"),
    (r"(defen|offen|licen|preten|practi)c", r"\1s"),
    (r"^(f|h|p|an|gyn|di|...+)[ao]e(..)", r"\1e\2"),
    (r"dgement", "dgment"),
    (r"^(fulfi|insti|insta|enro|distil|ski|wi)ll(ment|ments|s|ful|)$", r"\1l\2"),
    (r"^(focu|bia)ss", r"\1s"),
    (r"(benefi|targe|budge|comba)tt", r"\1t"),
    (r"^despatch", "dispatch"),
    (r"^programme$", "program"),
    (r"^tyre", "tire"),
    (r"^grey", "gray"),
    (r"^(c|s)y(pher|phon)", r"\1i\2"),
    (r"^flyer", "flier"),
    (r"^(advis|protest|convey)or(s?)$", r"\1er\2"),
    (r"^connexion", "connection"),
    (r"^artefact", "artifact"),
    (r"^(ag|us|siz)e(ing|able)$", r"\1\2"),
)
"""What is written on the left, in lower case, may as well be written as on the right."""

CONFUSED = """
    their there they're
    its it's
    your you're
    whose who's
    than then
    to too
    lose loose
    loses looses
    losing loosing
    affect effect
    affected effected
    affects effects
    insure ensure
    insured ensured
    principal principle
    complement compliment
    stationary stationery
    discreet discrete
    cavalry calvary
    ordnance ordinance
    border boarder
    council counsel
    councillor counsellor
    breach breech
    martial marshal
    role roll
    rite right
    elicit illicit
    imminent eminent
    desert dessert
    brake break
    canon cannon
    capital capitol
    coarse course
    corps corpse
    naval navel
    hangar hanger
    led lead
    past passed
    site cite
    bear bare
    born borne
    flair flare
    formally formerly
    foreword forward
    peak pique peek
    rein reign
    straits straights
    strait straight
    waive wave
    weather whether
    altar alter
    alters altars
    ascent assent
    bazaar bizarre
    bloc block
    callous callus
    cereal serial
    climactic climatic
    defuse diffuse
    dual duel
    envelop envelope
    faze phase
    horde hoard
    mantle mantel
    mettle metal
    palate palette
    pedal peddle
    plain plane
    pore pour
    prophecy prophesy
    tortuous torturous
    troop troupe
    vain vein
    fourth forth
    through thru
    personnel personal
    advice advise
    device devise
    dependent dependant
    lightning lightening
    loath loathe
    berth birth
    bail bale
    bated baited
    bolder boulder
    chord cord
    clothes cloths
    descent decent
    grisly grizzly
    heroin heroine
    lessen lesson
    levee levy
    medal meddle
    moral morale
    patience patients
    piece peace
    plaintiff plaintive
    pole poll
    poles polls
    populace populous
    pray prey
    quiet quite
    accept except
    averse adverse
    breath breathe
    choose chose
    conscience conscious
    costal coastal
    hurdle hurtle
    serge surge
    sole soul
    stake steak
    steal steel
    statue statute
    taut taught
    track tract
    trail trial
    tact tack
    wreak wreck
    wholly holy
    weak week
    predominately predominantly
    publicly publically
    supersede supercede
"""
"""Words of one line sound alike and are taken for one another: where one became the other it was a slip of the pen."""
