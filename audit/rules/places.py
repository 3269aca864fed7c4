"""A small gazetteer: countries, cities, seas and contested places that military news speaks of; and whose the capitals
are.

A place that is not here is found by what stands round it (audit.rules.whereabouts), or as a name or as words. Words of
one line are one place; what belongs to it (Japanese) stands with it. But where a name takes sides (Tibet, Xizang), the
other one has a line of its own, so that a change from the one to the other is seen; where it is only spelled otherwise
(Kyiv, Kiev), not.
"""

from __future__ import annotations

PLACES = """
    China, Chinese, PRC, People's Republic of China, 中国, 中國, 中华人民共和国
    Taiwan, Taiwanese, 台湾, 台灣, 臺灣
    Taipei, 台北, 臺北
    Chinese Taipei, 中华台北, 中華台北, 中国台北
    Hong Kong, 香港
    Macao, Macau, 澳门
    United States, U.S., US, USA, America, American, Americans, 美国, 美國
    Japan, Japanese, 日本
    Russia, Russian, Russians, Russian Federation, 俄罗斯, 俄羅斯
    Ukraine, Ukrainian, Ukrainians, 乌克兰, 烏克蘭, ウクライナ
    North Korea, North Korean, DPRK, 朝鲜, 朝鮮, 北朝鮮
    South Korea, South Korean, ROK, Republic of Korea, 韩国, 韓國, 韓国
    Korea, Korean
    India, Indian, Indians, 印度
    Pakistan, Pakistani, 巴基斯坦
    Vietnam, Vietnamese, 越南
    Philippines, Philippine, Filipino, 菲律宾, 菲律賓
    Australia, Australian, Australians, 澳大利亚, 澳大利亞, 澳洲
    New Zealand, 新西兰
    Britain, British, United Kingdom, UK, U.K., 英国, 英國
    England, English, 英格兰
    France, French, 法国, 法國
    Germany, German, Germans, 德国, 德國
    Italy, Italian, 意大利
    Spain, Spanish, 西班牙
    Poland, Polish, 波兰
    Netherlands, Dutch, 荷兰
    Sweden, Swedish, 瑞典
    Norway, Norwegian, 挪威
    Finland, Finnish, 芬兰
    Denmark, Danish, 丹麦
    Greenland, 格陵兰
    Canada, Canadian, 加拿大
    Mexico, Mexican, 墨西哥
    Brazil, Brazilian, 巴西
    Argentina, Argentine, 阿根廷
    Venezuela, Venezuelan, 委内瑞拉
    Cuba, Cuban, 古巴
    Panama, 巴拿马
    Iran, Iranian, Iranians, 伊朗
    Iraq, Iraqi, 伊拉克
    Israel, Israeli, Israelis, 以色列
    Palestine, Palestinian, Palestinians, 巴勒斯坦
    Gaza, 加沙
    Lebanon, Lebanese, 黎巴嫩
    Syria, Syrian, 叙利亚
    Turkey, Turkish, Türkiye, 土耳其
    Saudi Arabia, Saudi, 沙特, 沙特阿拉伯
    Yemen, Yemeni, 也门
    Egypt, Egyptian, 埃及
    Libya, Libyan, 利比亚
    Sudan, Sudanese, 苏丹
    South Sudan, 南苏丹
    Ethiopia, Ethiopian, 埃塞俄比亚
    Djibouti, 吉布提
    Somalia, Somali, 索马里
    Kenya, Kenyan, 肯尼亚
    South Africa, South African, 南非
    Nigeria, Nigerian, 尼日利亚
    Congo, 刚果
    Mali, 马里
    Afghanistan, Afghan, 阿富汗
    Kazakhstan, 哈萨克斯坦
    Kyrgyzstan, 吉尔吉斯斯坦
    Tajikistan, 塔吉克斯坦
    Uzbekistan, 乌兹别克斯坦
    Mongolia, Mongolian, 蒙古
    Myanmar, 缅甸
    Burma, Burmese
    Thailand, Thai, 泰国
    Cambodia, Cambodian, 柬埔寨
    Laos, Lao, 老挝
    Malaysia, Malaysian, 马来西亚
    Singapore, Singaporean, 新加坡
    Indonesia, Indonesian, 印度尼西亚, 印尼
    Bangladesh, 孟加拉国
    Nepal, Nepalese, 尼泊尔
    Sri Lanka, 斯里兰卡
    Maldives, 马尔代夫
    Belarus, Belarusian, 白俄罗斯
    Serbia, Serbian, 塞尔维亚
    Kosovo, 科索沃
    Georgia, Georgian, 格鲁吉亚
    Armenia, Armenian, 亚美尼亚
    Azerbaijan, 阿塞拜疆
    Lithuania, Lithuanian, 立陶宛
    Solomon Islands, 所罗门群岛
    Fiji, 斐济
    Europe, European, Europeans, 欧洲
    European Union, EU, 欧盟
    Africa, African, 非洲
    Asia, Asian, 亚洲
    Indo-Pacific, 印太
    Asia-Pacific, 亚太
    Middle East, 中东
    NATO, 北约
    United Nations, UN, U.N., 联合国
    Beijing, 北京, 北京市
    Shanghai, 上海, 上海市
    Guangzhou, 广州, 广州市
    Shenzhen, 深圳, 深圳市
    Qingdao, 青岛, 青岛市
    Zhanjiang, 湛江, 湛江市
    Nanjing, 南京, 南京市
    Wuhan, 武汉, 武汉市
    Chengdu, 成都, 成都市
    Xi'an, 西安, 西安市
    Dalian, 大连, 大连市
    Hainan, 海南, 海南省
    Guangdong, 广东, 广东省
    Fujian, 福建, 福建省
    Xiamen, 厦门, 厦门市
    Zhejiang, 浙江, 浙江省
    Xinjiang, 新疆, 新疆维吾尔自治区
    East Turkestan, East Turkistan, 东突厥斯坦
    Urumqi, 乌鲁木齐, 乌鲁木齐市
    Tibet, Tibetan, 西藏, 西藏自治区
    Xizang
    Lhasa, 拉萨, 拉萨市
    Sichuan, 四川, 四川省
    Yunnan, 云南, 云南省
    Inner Mongolia, 内蒙古, 内蒙古自治区
    Heilongjiang, 黑龙江, 黑龙江省
    Tokyo, 东京, 東京
    Okinawa, 冲绳, 沖縄
    Yokosuka, 横须贺
    Guam, 关岛
    Hawaii, 夏威夷
    Washington, 华盛顿
    Pentagon, 五角大楼
    White House, 白宫
    New York, 纽约
    Moscow, 莫斯科
    Kremlin, 克里姆林宫
    Kyiv, Kiev, 基辅
    Crimea, Crimean, 克里米亚
    Donbas, Donbass, 顿巴斯
    Kherson, 赫尔松
    Kharkiv, Kharkov, 哈尔科夫
    Mariupol, 马里乌波尔
    London, 伦敦
    Paris, 巴黎
    Berlin, 柏林
    Brussels, 布鲁塞尔
    Geneva, 日内瓦
    New Delhi, Delhi, 新德里
    Islamabad, 伊斯兰堡
    Kashmir, 克什米尔
    Ladakh, 拉达克
    Seoul, 首尔
    Pyongyang, 平壤
    Hanoi, 河内
    Manila, 马尼拉
    Canberra, 堪培拉
    Tehran, 德黑兰
    Baghdad, 巴格达
    Jerusalem, 耶路撒冷
    Damascus, 大马士革
    Kabul, 喀布尔
    South China Sea, 南海
    West Philippine Sea, 西菲律宾海
    East China Sea, 东海
    Yellow Sea, 黄海
    Black Sea, 黑海
    Red Sea, 红海
    Baltic Sea, Baltic, 波罗的海
    Mediterranean, 地中海
    Arctic, 北极
    Antarctica, Antarctic, 南极
    Pacific, 太平洋
    Western Pacific, 西太平洋
    Indian Ocean, 印度洋
    Atlantic, 大西洋
    Gulf of Aden, 亚丁湾
    Persian Gulf, 波斯湾
    Arabian Gulf, 阿拉伯湾
    Sea of Japan, 日本海
    East Sea
    Gulf of Mexico, 墨西哥湾
    Gulf of America, 美国湾, 美洲湾
    Taiwan Strait, Taiwan Straits, 台湾海峡, 台海
    Strait of Hormuz, 霍尔木兹海峡
    Strait of Malacca, Malacca Strait, 马六甲海峡
    Diaoyu Islands, Diaoyu Dao, Diaoyu, Diaoyutai, 钓鱼岛, 釣魚島
    Senkaku Islands, Senkakus, Senkaku, 尖阁诸岛, 尖閣諸島
    Nansha Islands, Nansha Qundao, Nansha, 南沙群岛, 南沙
    Spratly Islands, Spratlys, Spratly, 斯普拉特利群岛
    Xisha Islands, Xisha Qundao, Xisha, 西沙群岛, 西沙
    Paracel Islands, Paracels, Paracel, 帕拉塞尔群岛
    Huangyan Dao, Huangyan Island, 黄岩岛
    Scarborough Shoal, 斯卡伯勒浅滩
    Ren'ai Jiao, Ren'ai Reef, 仁爱礁
    Second Thomas Shoal, 第二托马斯浅滩
    Xianbin Jiao, 仙宾礁
    Sabina Shoal
    Dokdo, 独岛, 獨島
    Takeshima, 竹岛, 竹島
    Kuril Islands, Kurils, 千岛群岛
    Northern Territories, 北方四岛, 北方領土
    West Bank, 约旦河西岸
    Judea and Samaria
    Falkland Islands, Falklands, 福克兰群岛
    Malvinas, 马尔维纳斯群岛, 马岛
    Albania, Albanian, 阿尔巴尼亚
    Algeria, Algerian, 阿尔及利亚
    Angola, Angolan, 安哥拉
    Austria, Austrian, 奥地利
    Bahrain, Bahraini, 巴林
    Belgium, Belgian, 比利时
    Bhutan, Bhutanese, 不丹
    Bolivia, Bolivian, 玻利维亚
    Bosnia, Bosnian, Bosnia and Herzegovina, 波黑, 波斯尼亚
    Botswana, 博茨瓦纳
    Brunei, 文莱
    Bulgaria, Bulgarian, 保加利亚
    Burkina Faso, 布基纳法索
    Burundi, 布隆迪
    Cameroon, Cameroonian, 喀麦隆
    Central African Republic, 中非共和国
    Chad, Chadian, 乍得
    Chile, Chilean, 智利
    Colombia, Colombian, 哥伦比亚
    Costa Rica, 哥斯达黎加
    Croatia, Croatian, 克罗地亚
    Cyprus, Cypriot, 塞浦路斯
    Czech Republic, Czechia, Czech, 捷克
    Dominican Republic, 多米尼加
    East Timor, Timor-Leste, 东帝汶
    Ecuador, Ecuadorian, 厄瓜多尔
    El Salvador, Salvadoran, 萨尔瓦多
    Eritrea, Eritrean, 厄立特里亚
    Estonia, Estonian, 爱沙尼亚
    Gabon, 加蓬
    Gambia, 冈比亚
    Ghana, Ghanaian, 加纳
    Greece, Greek, 希腊
    Guatemala, Guatemalan, 危地马拉
    Guinea, Guinean, 几内亚
    Guyana, Guyanese, 圭亚那
    Haiti, Haitian, 海地
    Honduras, Honduran, 洪都拉斯
    Hungary, Hungarian, 匈牙利
    Iceland, Icelandic, 冰岛
    Ireland, Irish, 爱尔兰
    Northern Ireland, 北爱尔兰
    Ivory Coast, 科特迪瓦
    Jamaica, Jamaican, 牙买加
    Jordan, Jordanian, 约旦
    Kiribati, 基里巴斯
    Kuwait, Kuwaiti, 科威特
    Latvia, Latvian, 拉脱维亚
    Liberia, Liberian, 利比里亚
    Luxembourg, 卢森堡
    Madagascar, 马达加斯加
    Malawi, 马拉维
    Malta, Maltese, 马耳他
    Marshall Islands, 马绍尔群岛
    Mauritania, 毛里塔尼亚
    Mauritius, 毛里求斯
    Micronesia, 密克罗尼西亚
    Moldova, Moldovan, 摩尔多瓦
    Monaco, 摩纳哥
    Montenegro, 黑山
    Morocco, Moroccan, 摩洛哥
    Mozambique, 莫桑比克
    Namibia, 纳米比亚
    Nauru, 瑙鲁
    Nicaragua, Nicaraguan, 尼加拉瓜
    Niger, 尼日尔
    North Macedonia, 北马其顿
    Oman, Omani, 阿曼
    Palau, 帕劳
    Papua New Guinea, 巴布亚新几内亚
    Paraguay, 巴拉圭
    Peru, Peruvian, 秘鲁
    Portugal, Portuguese, 葡萄牙
    Qatar, Qatari, 卡塔尔
    Romania, Romanian, 罗马尼亚
    Rwanda, Rwandan, 卢旺达
    Samoa, 萨摩亚
    Scotland, Scottish, 苏格兰
    Senegal, 塞内加尔
    Seychelles, 塞舌尔
    Sierra Leone, 塞拉利昂
    Slovakia, Slovak, 斯洛伐克
    Slovenia, Slovenian, 斯洛文尼亚
    Suriname, 苏里南
    Switzerland, Swiss, 瑞士
    Tanzania, Tanzanian, 坦桑尼亚
    Togo, 多哥
    Tonga, 汤加
    Tunisia, Tunisian, 突尼斯
    Turkmenistan, 土库曼斯坦
    Uganda, Ugandan, 乌干达
    United Arab Emirates, UAE, Emirati, 阿联酋
    Uruguay, 乌拉圭
    Vanuatu, 瓦努阿图
    Vatican, 梵蒂冈
    Wales, Welsh, 威尔士
    Zambia, 赞比亚
    Zimbabwe, Zimbabwean, 津巴布韦
    ASEAN, 东盟
    African Union, 非盟
    Latin America, Latin American, 拉丁美洲, 拉美
    Central Asia, 中亚
    Southeast Asia, 东南亚
    Northeast Asia, 东北亚
    South Asia, 南亚
    Abu Dhabi, 阿布扎比
    Dubai, 迪拜
    Doha, 多哈
    Riyadh, 利雅得
    Jeddah, 吉达
    Amman, 安曼
    Beirut, 贝鲁特
    Cairo, 开罗
    Rafah, 拉法
    Tel Aviv, 特拉维夫
    Haifa, 海法
    Aleppo, 阿勒颇
    Sanaa, 萨那
    Aden, 亚丁
    Hodeidah, 荷台达
    Basra, 巴士拉
    Mosul, 摩苏尔
    Isfahan, 伊斯法罕
    Ankara, 安卡拉
    Istanbul, 伊斯坦布尔
    Athens, 雅典
    Rome, 罗马
    Madrid, 马德里
    Lisbon, 里斯本
    Vienna, 维也纳
    Prague, 布拉格
    Budapest, 布达佩斯
    Warsaw, 华沙
    Bucharest, 布加勒斯特
    Belgrade, 贝尔格莱德
    Copenhagen, 哥本哈根
    Stockholm, 斯德哥尔摩
    Oslo, 奥斯陆
    Helsinki, 赫尔辛基
    Tallinn, 塔林
    Vilnius, 维尔纽斯
    Minsk, 明斯克
    Chisinau, 基希讷乌
    The Hague, 海牙
    Amsterdam, 阿姆斯特丹
    Munich, 慕尼黑
    Frankfurt, 法兰克福
    Hamburg, 汉堡
    Odesa, Odessa, 敖德萨
    Lviv, 利沃夫
    Kursk, 库尔斯克
    Belgorod, 别尔哥罗德
    Donetsk, 顿涅茨克
    Luhansk, 卢甘斯克
    Zaporizhzhia, 扎波罗热
    Sevastopol, 塞瓦斯托波尔
    Vladivostok, 符拉迪沃斯托克, 海参崴
    St. Petersburg, Saint Petersburg, 圣彼得堡
    Tbilisi, 第比利斯
    Yerevan, 埃里温
    Baku, 巴库
    Astana, 阿斯塔纳
    Tashkent, 塔什干
    Bishkek, 比什凯克
    Dushanbe, 杜尚别
    Ulaanbaatar, 乌兰巴托
    Dhaka, 达卡
    Kathmandu, 加德满都
    Colombo, 科伦坡
    Hambantota, 汉班托塔
    Gwadar, 瓜达尔
    Karachi, 卡拉奇
    Lahore, 拉合尔
    Peshawar, 白沙瓦
    Quetta, 奎达
    Mumbai, 孟买
    Kolkata, 加尔各答
    Bangkok, 曼谷
    Phnom Penh, 金边
    Vientiane, 万象
    Naypyidaw, 内比都
    Yangon, 仰光
    Kuala Lumpur, 吉隆坡
    Jakarta, 雅加达
    Ho Chi Minh City, 胡志明市
    Da Nang, 岘港
    Cebu, 宿务
    Subic Bay, Subic, 苏比克湾, 苏比克
    Palawan, 巴拉望
    Luzon, 吕宋
    Mindanao, 棉兰老
    Sydney, 悉尼
    Melbourne, 墨尔本
    Darwin, 达尔文
    Wellington, 惠灵顿
    Port Moresby, 莫尔兹比港
    Ottawa, 渥太华
    Toronto, 多伦多
    Los Angeles, 洛杉矶
    San Diego, 圣迭戈
    San Francisco, 旧金山
    Chicago, 芝加哥
    Boston, 波士顿
    Houston, 休斯敦
    Texas, 得克萨斯
    California, Californian, 加利福尼亚, 加州
    Florida, 佛罗里达
    Virginia, 弗吉尼亚
    Alaska, 阿拉斯加
    Pearl Harbor, 珍珠港
    Diego Garcia, 迪戈加西亚
    Caracas, 加拉加斯
    Havana, 哈瓦那
    Bogota, Bogotá, 波哥大
    Lima, 利马
    Buenos Aires, 布宜诺斯艾利斯
    Brasilia, Brasília, 巴西利亚
    Mexico City, 墨西哥城
    Nairobi, 内罗毕
    Addis Ababa, 亚的斯亚贝巴
    Khartoum, 喀土穆
    Mogadishu, 摩加迪沙
    Tripoli, 的黎波里
    Benghazi, 班加西
    Algiers, 阿尔及尔
    Rabat, 拉巴特
    Pretoria, 比勒陀利亚
    Johannesburg, 约翰内斯堡
    Abuja, 阿布贾
    Lagos, 拉各斯
    Accra, 阿克拉
    Bamako, 巴马科
    Niamey, 尼亚美
    Kinshasa, 金沙萨
    Goma, 戈马
    Osaka, 大阪
    Nagoya, 名古屋
    Hiroshima, 广岛, 広島
    Nagasaki, 长崎, 長崎
    Fukushima, 福岛, 福島
    Hokkaido, 北海道
    Kyushu, 九州
    Yonaguni, 与那国岛, 与那国島, 与那国
    Ishigaki, 石垣岛, 石垣島, 石垣
    Miyako, 宫古岛, 宮古島, 宫古, 宮古
    Tsushima, 对马, 対馬
    Sasebo, 佐世保
    Kure, 吴港
    Maizuru, 舞鹤, 舞鶴
    Iwakuni, 岩国
    Misawa, 三泽, 三沢
    Kadena, 嘉手纳, 嘉手納
    Yokota, 横田
    Atsugi, 厚木
    Busan, Pusan, 釜山
    Incheon, 仁川
    Jeju, 济州
    Pyeongtaek, 平泽
    Panmunjom, 板门店
    Wonsan
    Kaohsiung, 高雄
    Taichung
    Tainan
    Hualien, 花莲
    Kinmen, 金门
    Matsu, 马祖
    Penghu, 澎湖
    Tianjin, 天津, 天津市
    Chongqing, 重庆, 重庆市
    Hebei, 河北, 河北省
    Shanxi, 山西, 山西省
    Liaoning, 辽宁, 辽宁省
    Jilin, 吉林, 吉林省
    Jiangsu, 江苏, 江苏省
    Anhui, 安徽, 安徽省
    Jiangxi, 江西, 江西省
    Shandong, 山东, 山东省
    Henan, 河南, 河南省
    Hubei, 湖北, 湖北省
    Hunan, 湖南, 湖南省
    Guangxi, 广西, 广西壮族自治区
    Guizhou, 贵州, 贵州省
    Shaanxi, 陕西, 陕西省
    Gansu, 甘肃, 甘肃省
    Qinghai, 青海, 青海省
    Ningxia, 宁夏, 宁夏回族自治区
    Hangzhou, 杭州, 杭州市
    Ningbo, 宁波, 宁波市
    Zhoushan, 舟山, 舟山市
    Wenzhou, 温州, 温州市
    Fuzhou, 福州, 福州市
    Quanzhou, 泉州, 泉州市
    Pingtan, 平潭
    Zhangzhou, 漳州, 漳州市
    Shantou, 汕头, 汕头市
    Zhuhai, 珠海, 珠海市
    Haikou, 海口, 海口市
    Sanya, 三亚, 三亚市
    Sansha, 三沙, 三沙市
    Nanning, 南宁, 南宁市
    Guilin, 桂林, 桂林市
    Beihai
    Kunming, 昆明, 昆明市
    Guiyang, 贵阳, 贵阳市
    Changsha, 长沙, 长沙市
    Nanchang, 南昌, 南昌市
    Hefei, 合肥, 合肥市
    Zhengzhou, 郑州, 郑州市
    Luoyang, 洛阳, 洛阳市
    Jinan, 济南, 济南市
    Yantai, 烟台, 烟台市
    Weihai, 威海, 威海市
    Shijiazhuang, 石家庄, 石家庄市
    Taiyuan, 太原, 太原市
    Hohhot, 呼和浩特, 呼和浩特市
    Shenyang, 沈阳, 沈阳市
    Changchun, 长春, 长春市
    Harbin, 哈尔滨, 哈尔滨市
    Lanzhou, 兰州, 兰州市
    Xining, 西宁, 西宁市
    Yinchuan, 银川, 银川市
    Jiuquan, 酒泉, 酒泉市
    Kashgar, Kashi, 喀什
    Hotan
    Shigatse, Xigaze, 日喀则
    Nyingchi, 林芝
    Zhurihe, 朱日和
    Xichang, 西昌, 西昌市
    Wenchang, 文昌, 文昌市
    Sea of Okhotsk, 鄂霍次克海
    Barents Sea, 巴伦支海
    Bering Strait, 白令海峡
    Philippine Sea, 菲律宾海
    Sulu Sea, 苏禄海
    Arabian Sea, 阿拉伯海
    Bay of Bengal, 孟加拉湾
    Aegean Sea, Aegean, 爱琴海
    Adriatic Sea, Adriatic, 亚得里亚海
    Caspian Sea, Caspian
    Caribbean Sea, Caribbean, 加勒比海, 加勒比
    North Sea
    Kattegat, 卡特加特海峡
    Bashi Channel, 巴士海峡
    Miyako Strait, 宫古海峡, 宮古海峡
    Tsushima Strait, 对马海峡, 対馬海峡
    Tsugaru Strait, 津轻海峡, 津軽海峡
    La Perouse Strait, Soya Strait, 宗谷海峡
    Bab el-Mandeb, 曼德海峡
    Bosporus, Bosphorus, 博斯普鲁斯海峡
    Dardanelles, 达达尼尔海峡
    English Channel, 英吉利海峡
    Suez Canal, 苏伊士运河
    Panama Canal, 巴拿马运河
    Mekong, 湄公河
    Yangtze, 长江
    Yellow River, 黄河
    Pratas, Dongsha, 东沙群岛, 东沙
    Reed Bank, 礼乐滩
    Mischief Reef, 美济礁
    Subi Reef, 渚碧礁
    Fiery Cross Reef, 永暑礁
    Thitu, 中业岛
    Natuna, 纳土纳
    Socotra Rock, Ieodo, 苏岩礁
    Doklam, Donglang, 洞朗
    Arunachal Pradesh, 阿鲁纳恰尔邦
    Zangnan, South Tibet, 藏南
    Aksai Chin, 阿克赛钦
    Galwan, 加勒万
    Golan Heights, 戈兰高地
    Nagorno-Karabakh, 纳戈尔诺-卡拉巴赫, 纳卡
    Transnistria, 德涅斯特河左岸
    Abkhazia, 阿布哈兹
    South Ossetia, 南奥塞梯
    Kurdistan, 库尔德斯坦
    Darfur, 达尔富尔
    Tigray, 提格雷
    Western Sahara, 西撒哈拉
    Sahel, 萨赫勒
    Capitol, Capitol Hill, 国会山
    Downing Street, 唐宁街
    Elysee, Élysée, 爱丽舍宫
    Zhongnanhai, 中南海
    Mar-a-Lago, 海湖庄园
"""

CAPITALS = """
    Beijing, China
    Washington, United States
    Moscow, Russia
    Kremlin, Russia
    Kyiv, Ukraine
    Tokyo, Japan
    Seoul, South Korea
    Pyongyang, North Korea
    New Delhi, India
    Islamabad, Pakistan
    Manila, Philippines
    Hanoi, Vietnam
    Canberra, Australia
    Wellington, New Zealand
    Ottawa, Canada
    London, Britain
    Paris, France
    Berlin, Germany
    Rome, Italy
    Madrid, Spain
    Lisbon, Portugal
    Warsaw, Poland
    Vienna, Austria
    Prague, Czech Republic
    Budapest, Hungary
    Athens, Greece
    Ankara, Turkey
    Stockholm, Sweden
    Oslo, Norway
    Helsinki, Finland
    Copenhagen, Denmark
    Vilnius, Lithuania
    Tallinn, Estonia
    Minsk, Belarus
    Belgrade, Serbia
    Bucharest, Romania
    Tbilisi, Georgia
    Yerevan, Armenia
    Baku, Azerbaijan
    Astana, Kazakhstan
    Tashkent, Uzbekistan
    Bishkek, Kyrgyzstan
    Dushanbe, Tajikistan
    Ulaanbaatar, Mongolia
    Tehran, Iran
    Baghdad, Iraq
    Damascus, Syria
    Beirut, Lebanon
    Amman, Jordan
    Cairo, Egypt
    Riyadh, Saudi Arabia
    Doha, Qatar
    Sanaa, Yemen
    Kabul, Afghanistan
    Dhaka, Bangladesh
    Kathmandu, Nepal
    Colombo, Sri Lanka
    Bangkok, Thailand
    Phnom Penh, Cambodia
    Vientiane, Laos
    Kuala Lumpur, Malaysia
    Jakarta, Indonesia
    Havana, Cuba
    Caracas, Venezuela
    Nairobi, Kenya
    Addis Ababa, Ethiopia
    Khartoum, Sudan
    Mogadishu, Somalia
    Tripoli, Libya
    Algiers, Algeria
    Bamako, Mali
    Niamey, Niger
    Kinshasa, Congo
    Abuja, Nigeria
    Pretoria, South Africa
    Taipei, Taiwan
"""
"""Capitals and seats of governments, and whose: the one stands for the other where it acts (`audit.rules.capitals`).
None that is in dispute between two."""
