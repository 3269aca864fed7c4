"""The articles as first published, each with the day of the script on which it appears."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path

from demo.prose import paragraphs
from demo.story import BEIJING, Block, Section, Story, Template

LATEST = Section("2025xb/H_1001/L_1002", 1002, ("HOME", "Latest News"))
TRAINING = Section("2025xb/C_1003/TE", 1005, ("CHINA", "Training & Exercise"))
VOICE = Section("2025xb/V_1004", 1004, ("VOICE",))
TOP = Section("CHINA_2001/TopStories_2002", 2002, ("CHINA", "Top Stories"))
BILINGUAL = Section("BILINGUAL/News_2003", 2003, ("BILINGUAL", "News"))
SECTIONS = (LATEST, TRAINING, VOICE, TOP, BILINGUAL)

JAPAN = 26000101  # the page that carries a real page's text
FOG, SUNLESS, DOGS, LIGHTHOUSES, ICE_ROAD, FERRY = 26000102, 26000103, 26000104, 26000105, 26000106, 26000107
RADIO, BRIDGE, KITCHEN, MAST, DIVERS = 26000201, 26000202, 26000203, 26000204, 26000205
HANDBOOK, QUARRY, WELLS, CHOIR, SLEDGES = 20000301, 20000302, 20000303, 20000304, 20000305
BEES, MAPS = 20000401, 26000301

DEAD_LINK, SOFT_404 = 26000190, 26000191  # in a listing, but no articles: a 404 shell, and one that answers 200

NOTE = (
    "Editor's note: Originally published on demo.example, this article is translated from Chinese into English and "
    "edited by the Palimpsest Demo Online. The information and opinions in this article do not necessarily reflect "
    "the views of palimpsest-demo.example."
)
_FULL_WIDTH = ("(Video Editor: Yang Ben)", "（Video Editor：Yang Ben）")  # a real re-post differed in just this
_SUBHEADS = (
    "Risky calculations behind Japan's diplomatic moves",
    "Indo-Pacific narrative fans bloc confrontation",
    "Japan's military expansion ambitions raise widespread alarm",
)


@dataclass(frozen=True)
class Premiere:
    """A story and the day of the script on which its page and its line in the listing appear."""

    day: int
    story: Story


def text(words: str) -> Block:
    """Return a paragraph."""
    return Block("paragraph", words)


def photo(picture: str, caption: str) -> tuple[Block, Block]:
    """Return an image and its caption."""
    return Block("image", picture=picture), Block("caption", caption)


def premieres(base: date) -> tuple[Premiere, ...]:
    """Return every story of the script, in the order in which they appear; day 0 is the date `base` in Beijing."""

    def at(day: int, clock: str) -> datetime:
        return datetime.combine(base + timedelta(days=day), time.fromisoformat(clock), BEIJING)

    def story(number: int, section: Section, day: int, clock: str, headline: str, *blocks: Block) -> Story:
        template: Template = "2025xb" if section.folder.startswith("2025xb/") else "2022"
        return Story(number, section, template, headline, "Dora Muster", at(day, clock), at(day, clock), (blocks,))

    fog = story(
        FOG, LATEST, -1, "09:12:44", "Harbor pilots rehearse berthing in fog",
        text("By Ann Exemplar and Bo Muster"),
        text("NORTH PIER -- Twelve harbor pilots spent the night on the water to learn what fog does to distances."),
        *photo("fog", "A pilot boat leaves the northern pier. (palimpsest-demo.example/Photo by Yang Ben)"),
        *paragraphs("fog", 7),
    )  # fmt: skip
    sunless = story(
        SUNLESS, LATEST, -1, "11:40:02", "Mountain weather station reports long winter without sun",
        text("By Cai Yangben"),
        text("UPPER VALLEY -- The weather station on the ridge has now recorded 36 days without an hour of sunshine."),
        *paragraphs("sunless", 6),
        text("The longest such spell in its 74 years of records lasted 81 days."),
    )  # fmt: skip
    dogs = story(
        DOGS, LATEST, -2, "15:05:31", "Rescue dogs finish winter course",
        *photo("dogs 1", "A young dog waits for its turn. (palimpsest-demo.example/Photo by Yang Ben)"),
        *photo("dogs 2", "The search field seen from above. (palimpsest-demo.example/Photo by Bo Muster)"),
        text("Nine dogs and their handlers have finished the winter course. The field was larger than last year."),
        *paragraphs("dogs", 4),
        text("(Video Editor: Yang Ben)"),
    )  # fmt: skip
    lighthouses = story(
        LIGHTHOUSES, LATEST, -2, "08:30:00", "Why small lighthouses still matter",
        text("By Ann Exemplar"),
        *paragraphs("lighthouses 1", 3),
        Block("subhead", "A light that needs no satellite"),
        *paragraphs("lighthouses 2", 3),
        Block("subhead", "Who pays for the paint"),
        *paragraphs("lighthouses 3", 2),
        Block("note", NOTE),
    )  # fmt: skip
    ice_road = replace(
        story(ICE_ROAD, LATEST, -3, "19:22:10", "A winter on the ice road"),
        pages=(
            (
                text("By Bo Muster"),
                *photo("ice 1", "The road in January. (Photo by Bo Muster)"),
                *paragraphs("ice 1", 4),
            ),
            (
                *photo("ice 2", "A marker pole. (Photo by Bo Muster)"),
                text("On the busiest day 412 sledges used the road, most of them with firewood."),
                *paragraphs("ice 2", 4),
            ),
            (*photo("ice 3", "The road in April. (Photo by Bo Muster)"), *paragraphs("ice 3", 3)),
        ),
    )
    ferry = story(
        FERRY, LATEST, -1, "07:01:15", "Ferry to the island runs twice a day again",
        text("EAST SHORE -- Since Monday the ferry has been running twice a day again."),
        *paragraphs("ferry", 5),
    )  # fmt: skip
    radio = story(
        RADIO, TRAINING, -1, "16:45:50", "Radio operators train without batteries",
        text("By Cai Yangben"), *photo("radio", "A hand generator. (Photo by Yang Ben)"), *paragraphs("radio", 6),
    )  # fmt: skip
    bridge = replace(
        story(
            BRIDGE, TRAINING, -2, "10:10:10", "Folding bridge crosses river in eleven minutes",
            text("By Ann Exemplar and Cai Yangben"),
            text("The record belongs to a crew that had [practised on dry land](http://agency.example/dry-land) only."),
            *paragraphs("bridge", 6),
        ),
        source="Example Agency",
        source_url="http://agency.example/english/home.htm",
    )  # fmt: skip
    kitchen = story(
        KITCHEN, TRAINING, -2, "12:00:00", "Field kitchen serves 900 in an hour",
        *photo("kitchen", "Soup, before the rush. (Photo by Yang Ben)"), *paragraphs("kitchen", 5),
    )  # fmt: skip
    mast = story(MAST, TRAINING, -1, "13:37:00", "Portable mast stands up to the wind", *paragraphs("mast", 6))
    handbook = story(
        HANDBOOK, TOP, -3, "09:00:00", "Handbook for mountain guides appears in new edition",
        text("The handbook for mountain guides has been revised. It has 214 pages, 30 more than before."),
        Block("image", picture="handbook"),
        *paragraphs("handbook", 6),
    )  # fmt: skip
    quarry = story(
        QUARRY, TOP, -3, "10:30:00", "Old quarry becomes training ground",
        text("By Bo Muster"), *paragraphs("quarry", 6), text("(Video Editor: Yang Ben)"),
    )  # fmt: skip
    wells = replace(
        story(WELLS, TOP, -2, "18:18:18", "Forty wells in forty days", *paragraphs("wells", 6)),
        kicker="In the dry season",
        subtitle="A crew of six drills where the maps show nothing",
    )
    choir = story(CHOIR, TOP, -2, "20:00:00", "Depot's choir sings for the valley", *paragraphs("choir", 4))
    sledges = story(SLEDGES, TOP, -1, "06:06:06", "Sledges replace trucks on the upper road", *paragraphs("sledges", 5))
    bees = story(
        BEES, BILINGUAL, -1, "14:00:00", "Bees at the depot 仓库里的蜜蜂",
        text("Behind the depot at kilometer nine stand twelve beehives. They belong to nobody in particular."),
        text("九公里处的仓库后面有十二个蜂箱。它们不属于任何人，由大家轮流照看。去年收了四十公斤蜂蜜。"),
        *paragraphs("bees", 3),
        text("蜂蜜分给了山谷里的学校。"),
    )  # fmt: skip
    maps = story(MAPS, VOICE, -2, "17:00:00", "Paper maps are not obsolete", *paragraphs("maps", 6))
    lantern = story(
        26000108, LATEST, 1, "08:15:00", "Lantern makers open their workshop",
        *photo("lantern", "A lantern without glass. (Photo by Yang Ben)"), *paragraphs("lantern", 5),
    )  # fmt: skip
    bakery = story(
        20000402, BILINGUAL, 4, "12:12:12", "A bakery on wheels 车轮上的面包房",
        text("面包房每天早上五点出发。"), *paragraphs("bakery", 4),
    )  # fmt: skip
    return (
        *(
            Premiere(0, each)
            for each in (
                ice_road,
                dogs,
                lighthouses,
                _japan(),
                sunless,
                fog,
                ferry,
                kitchen,
                bridge,
                mast,
                radio,
                maps,
                handbook,
                quarry,
                wells,
                choir,
                sledges,
                bees,
            )
        ),
        Premiere(1, lantern),
        Premiere(1, story(DIVERS, TRAINING, 1, "09:50:30", "Divers map harbor by touch", *paragraphs("divers", 6))),
        Premiere(2, story(26000109, LATEST, 2, "10:05:00", "Night train carries mail again", *paragraphs("mail", 6))),
        Premiere(3, story(26000110, LATEST, 3, "07:45:12", "Tide tables printed by hand", *paragraphs("tide", 5))),
        Premiere(3, _posted_again(quarry, 20000306, at(3, "10:31:00"))),
        Premiere(3, _edited(_posted_again(wells, 20000307, at(3, "10:40:00")))),
        Premiere(4, bakery),
        Premiere(4, _posted_again(dogs, 26000111, at(4, "15:00:00")).with_text(*_FULL_WIDTH)),
    )


def _posted_again(story: Story, number: int, when: datetime) -> Story:
    """Return the same story under another id, as this CMS's users do when they want it on top again."""
    return replace(story, id=number, published_at=when, filed_at=when)


def _edited(story: Story) -> Story:
    """Return the story with another headline, and its last paragraph rewritten."""
    blocks = (*story.pages[0][:-1], text("The crew has since drilled a forty-first well, which is dry."))
    return replace(story, headline="Forty-one wells in forty days", pages=(blocks,))


def _japan() -> Story:
    """Return the story that carries a real page's text: labels and values first, the body, and the word "back"."""
    lines = (Path(__file__).parent / "data" / "japan_diplomacy.txt").read_text(encoding="utf-8").splitlines()
    lines = [line.strip() for line in lines if line.strip()]
    fields = {label: lines[lines.index(label) + 1] for label in ("Source", "Editor", "Time")}
    body = lines[lines.index("Time") + 2 : -1]
    blocks = tuple(
        Block("subhead" if line in _SUBHEADS else "note" if line.startswith("Editor's note") else "paragraph", line)
        for line in body
    )
    when = datetime.fromisoformat(fields["Time"]).replace(tzinfo=BEIJING)
    return Story(
        JAPAN, LATEST, "2025xb", lines[0], fields["Editor"], when, when, (blocks,), source=fields["Source"]
    )  # fmt: skip
