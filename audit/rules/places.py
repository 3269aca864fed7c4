"""A small gazetteer: countries, capitals, seas and contested places that military news speaks of.

A place that is not here is found as a name, where its spelling shows that it is one. Words of one line are one place;
what belongs to it (Japanese) stands with it. But where a name takes sides (Tibet, Xizang), the other one has a line of
its own, so that a change from the one to the other is seen; where it is only spelled otherwise (Kyiv, Kiev), not.
"""

from __future__ import annotations

PLACES = """
    China, Chinese, PRC, People's Republic of China, 中国, 中國, 中华人民共和国
    Taiwan, Taiwanese, Taipei, 台湾, 台灣, 臺灣, 台北
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
    Britain, British, United Kingdom, UK, U.K., England, English, 英国, 英國
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
    Europe, European, Europeans, European Union, EU, 欧洲, 欧盟
    Africa, African, 非洲
    Asia, Asian, 亚洲
    Indo-Pacific, 印太
    Asia-Pacific, 亚太
    Middle East, 中东
    NATO, 北约
    United Nations, UN, U.N., 联合国
    Beijing, 北京
    Shanghai, 上海
    Guangzhou, 广州
    Shenzhen, 深圳
    Qingdao, 青岛
    Zhanjiang, 湛江
    Nanjing, 南京
    Wuhan, 武汉
    Chengdu, 成都
    Xi'an, 西安
    Dalian, 大连
    Hainan, 海南
    Guangdong, 广东
    Fujian, 福建
    Xiamen, 厦门
    Zhejiang, 浙江
    Xinjiang, 新疆
    East Turkestan, East Turkistan, 东突厥斯坦
    Urumqi, 乌鲁木齐
    Tibet, Tibetan, 西藏
    Xizang
    Lhasa, 拉萨
    Sichuan, 四川
    Yunnan, 云南
    Inner Mongolia, 内蒙古
    Heilongjiang, 黑龙江
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
"""
