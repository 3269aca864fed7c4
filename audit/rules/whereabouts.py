"""What shows that a name is that of a place, where no list has it: the words that stand before and behind it."""

from __future__ import annotations

PREPOSITIONS = """
    in near off outside inside across throughout around toward towards into beyond
    north of, south of, east of, west of, northeast of, northwest of, southeast of, southwest of, outskirts of,
    city of, town of, village of, port of, province of, region of, district of, island of, capital of, suburb of,
    county of, governor of, mayor of, residents of, people of, inhabitants of, citizens of, suburbs of, fall of,
    far as, away as, coast of, streets of, centre of, center of, parts of, battle of, siege of, vicinity of
"""
"""Before a name: it says where. Those of two words are parted by commas."""

ON_THE_WAY = (
    *("from", "to", "at", "for", "over", "between", "on", "through", "via", "within"),
    *("left", "leaving", "reached", "entered", "linking"),
)
"""They say so only behind a word of `WAYS`: a letter from Zhou is not from a place."""

WAYS = """
    flew fly flies flying flown flight flights travelled traveled travel travels travelling traveling went go goes going
    moved move moves sailed sail sails sailing sent shipped shipment shipments came come comes arrived arrive arrives
    arriving returned return returns headed heads heading bound left leaves leaving departed departs fled flee flees
    withdrew withdrawn withdrew retreated pushed advanced advance evacuated evacuation towed drove drive driven driving
    road roads way route routes convoy convoys train trains bus buses ferry ferries plane planes ship ships boat boats
    km kilometers kilometres miles mile away deployed deploy deploys deployment transported transferred transfer
    delivered landed land lands landing docked docks docking anchored moored berthed stopped stationed station based
    base border crossing crossed camp port airport airfield harbor harbour refugees migrants scrambled crashed crash
    trip visit journey tour located situated held hospital prison
    fishermen workers volunteers troops soldiers pilgrims tourists miners farmers truck trucks tanker tankers yacht
    fired launched strike strikes attack attacks explosion explosions blast blasts fire shelling raid raids
"""
"""What moves, stands or happens somewhere."""

CALLS = ("called", "calls", "call")
"""The same of ships, before *at* alone: called on Weiss, called for Weiss."""

HELD_IN = """
    stake stakes share shares interest interests invest invests invested investing investment confidence trust faith
    believe believes believed wrote writes writing article interview column role starred partner partners majority
"""
"""Before *in*: what one has in somebody or in a firm, or what was printed in a paper."""

GIVEN = """
    letter letters message messages note report request invitation answer reply question questions statement appeal
    tribute thanks award awards medal prize prizes contract contracts order money loan sold gave given handed presented
    addressed
"""
"""What goes from somebody to somebody."""

FIRST_OF_TWO = """
    al el la las le les los de san santa santo sao saint st port fort new old north south east west northern southern
    eastern western great grand upper lower cape ras tel beit deir khan umm bab ain kfar kiryat novo nova nizhny veliky
    puerto rio ciudad villa monte mount lake hong phnom ho chi kuala addis abu
"""
"""The first word of names of places that have several: another name of two words behind *on* or *to* may be one of
somebody."""

NOUNS = """
    airport airfield airbase base province island islands isle river strait straits bay sea gulf harbor harbour port
    county district region mountains mountain mount valley peninsula lake canal city town village square street avenue
    road bridge cape desert reef shoal channel ocean oblast prefecture state territory territories border coast
    highway pass plateau delta creek falls forest glacier archipelago atoll basin suburb municipality governorate
    garrison suburbs outskirts waterfront oilfield refinery barracks front lighthouse coastline seaport docks
    station terminal shipyard crossing checkpoint camp dam
"""
"""Behind a name, or its last word: it is that of a place."""

ORGANISATIONS = """
    group corp corporation inc ltd university company agency institute ministry council party command army navy force
    forces guard police bank fund authority commission committee department office court airlines association union
    network news post times daily newspaper systems industries dynamics aerospace
"""
"""The last word of a name that is none of a place."""

NOT_PLACES = """
    parliament congress senate cabinet nato reuters facebook twitter x telegram weibo wechat god christ islam english
    chinese
"""
"""In, at or from what is no place."""

CHINESE_SUFFIXES = (
    "国际机场|機場|机场|空港|空军基地|海军基地|基地|海峡|海峽|群岛|群島|诸岛|諸島|半岛|半島|自治州|自治区|自治县"
    "|市(?![场場民委值政容])|省(?![委级略])|县|縣|州(?!长)|岛(?![屿礁])|島(?![嶼礁])|港(?![口元珠区])|湾|灣|镇|鎮|村(?!民)"
    "|区(?![域别])|區(?![域別])|県|郡|町|礁|运河|運河|口岸|港口|水库|火车站|車站|车站|大桥|隧道"
)
"""Behind a Chinese or Japanese name: it is that of a place."""

CHINESE_PREFIXES = ("首都", "首府", "省会", "城市", "古城", "港市")

NO_PLACE_ENDS = "的用型性式级方个座各该本全数多设要新旧军这那几两"
NO_PLACE_BEGINS = "该此本各全两几数多一二三四五六七八九十这那某每另有"
"""A word that ends or begins so before a suffix is no name: 军用机场, 该市, 两岛."""

NO_PLACES = """
    临时 永久 秘密 前线 海外 训练 后勤 补给 导弹 试验 发射 边境 沿海 内陆 贫困 受灾 邻近 附近 相关 有关 主要 重点
    当地 民用 军用 国际 国内 大型 小型 农业 工业 科研 生产 无人 有人 中国 外国 前沿 后方 航天
"""
"""Words before a suffix that are no names."""

GENERIC = """
    城市 都市 地区 山区 战区 灾区 景区 社区 校区 园区 防区 军区 禁区 海区 港区 城区 郊区 市区 军港 海港 空港 海岛 小镇
    农村 山村 全省 外省 外县
"""
"""Words that end in a suffix and are no names."""

SHIPS = """
    carrier destroyer frigate corvette cruiser submarine ship vessel warship lander minesweeper tanker freighter ferry
    trawler boat yacht uss cns hms hmas ins js pns brp ss class
"""
"""Before the name of a place: it is that of a ship (the carrier Liaoning)."""
CHINESE_SHIPS = ("舰", "艦", "号", "號", "艇")
"""Behind one."""

BEARERS = """
    daily times post herald tribune gazette university polytechnic group corp holdings airlines airways bank motors
    electric steel shipbuilding shipyards heavy securities evening morning fc united
"""
"""Behind the name of a place, with a capital: it is a part of theirs (Manila Times)."""
CHINESE_BEARERS = """
    日报 晚报 早报 时报 晨报 电视台 卫视 大学 集团 航空公司 证券 电气 重工 汽车集团 日報 晚報
    時報 電視台 衛視 大學 集團 證券 電氣
"""
"""Behind one."""
