"""Cities and provinces of China that `audit.rules.places` has not, as they are written in English and in Chinese.

A city whose name is an ordinary word too (大同, 日照) stands here with 市 behind it alone; others (白银) are left out.
"""

from __future__ import annotations

CHINESE_CITIES = """
    Tangshan, 唐山, 唐山市
    Qinhuangdao, 秦皇岛, 秦皇岛市
    Handan, 邯郸, 邯郸市
    Xingtai, 邢台, 邢台市
    Baoding, 保定, 保定市
    Zhangjiakou, 张家口, 张家口市
    Cangzhou, 沧州, 沧州市
    Langfang, 廊坊, 廊坊市
    Hengshui, 衡水, 衡水市
    Datong, 大同市
    Yangquan, 阳泉, 阳泉市
    Jincheng, 晋城, 晋城市
    Shuozhou, 朔州, 朔州市
    Jinzhong, 晋中, 晋中市
    Yuncheng, 运城, 运城市
    Xinzhou, 忻州, 忻州市
    Linfen, 临汾, 临汾市
    Lvliang, 吕梁, 吕梁市
    Baotou, 包头, 包头市
    Wuhai, 乌海, 乌海市
    Chifeng, 赤峰, 赤峰市
    Tongliao, 通辽, 通辽市
    Ordos, 鄂尔多斯, 鄂尔多斯市
    Hulunbuir, 呼伦贝尔, 呼伦贝尔市
    Bayannur, 巴彦淖尔, 巴彦淖尔市
    Ulanqab, 乌兰察布, 乌兰察布市
    Anshan, 鞍山, 鞍山市
    Fushun, 抚顺, 抚顺市
    Benxi, 本溪, 本溪市
    Dandong, 丹东, 丹东市
    Jinzhou, 锦州, 锦州市
    Yingkou, 营口, 营口市
    Fuxin, 阜新, 阜新市
    Liaoyang, 辽阳, 辽阳市
    Panjin, 盘锦, 盘锦市
    Tieling, 铁岭, 铁岭市
    Huludao, 葫芦岛, 葫芦岛市
    Siping, 四平市
    Liaoyuan, 辽源, 辽源市
    Tonghua, 通化, 通化市
    Baishan, 白山市
    Songyuan, 松原, 松原市
    Baicheng, 白城, 白城市
    Yanbian, 延边, 延边市
    Qiqihar, 齐齐哈尔, 齐齐哈尔市
    Jixi, 鸡西, 鸡西市
    Hegang, 鹤岗, 鹤岗市
    Shuangyashan, 双鸭山, 双鸭山市
    Daqing, 大庆市
    Jiamusi, 佳木斯, 佳木斯市
    Qitaihe, 七台河, 七台河市
    Mudanjiang, 牡丹江, 牡丹江市
    Heihe, 黑河, 黑河市
    Suihua, 绥化, 绥化市
    Wuxi, 无锡, 无锡市
    Xuzhou, 徐州, 徐州市
    Changzhou, 常州, 常州市
    Suzhou, 苏州, 苏州市
    Nantong, 南通, 南通市
    Lianyungang, 连云港, 连云港市
    Huai'an, 淮安, 淮安市
    Yancheng, 盐城, 盐城市
    Yangzhou, 扬州, 扬州市
    Zhenjiang, 镇江, 镇江市
    泰州, 泰州市
    Suqian, 宿迁, 宿迁市
    Jiaxing, 嘉兴, 嘉兴市
    Huzhou, 湖州, 湖州市
    Shaoxing, 绍兴, 绍兴市
    金华, 金华市
    Quzhou, 衢州, 衢州市
    Taizhou, 台州, 台州市
    Lishui, 丽水, 丽水市
    Wuhu, 芜湖, 芜湖市
    Bengbu, 蚌埠, 蚌埠市
    Huainan, 淮南, 淮南市
    Ma'anshan, 马鞍山, 马鞍山市
    Huaibei, 淮北, 淮北市
    Tongling, 铜陵, 铜陵市
    Anqing, 安庆, 安庆市
    Huangshan, 黄山, 黄山市
    Chuzhou, 滁州, 滁州市
    Fuyang, 阜阳, 阜阳市
    宿州, 宿州市
    Lu'an, 六安, 六安市
    Bozhou, 亳州, 亳州市
    Chizhou, 池州, 池州市
    Xuancheng, 宣城, 宣城市
    Putian, 莆田, 莆田市
    Sanming, 三明市
    Nanping, 南平, 南平市
    Longyan, 龙岩, 龙岩市
    Ningde, 宁德, 宁德市
    Jingdezhen, 景德镇, 景德镇市
    Pingxiang, 萍乡, 萍乡市
    Jiujiang, 九江, 九江市
    Xinyu, 新余, 新余市
    Yingtan, 鹰潭, 鹰潭市
    Ganzhou, 赣州, 赣州市
    Ji'an, 吉安, 吉安市
    宜春, 宜春市
    抚州, 抚州市
    Shangrao, 上饶, 上饶市
    Zibo, 淄博, 淄博市
    Zaozhuang, 枣庄, 枣庄市
    Dongying, 东营, 东营市
    Weifang, 潍坊, 潍坊市
    Jining, 济宁, 济宁市
    Tai'an, 泰安, 泰安市
    Rizhao, 日照市
    Linyi, 临沂, 临沂市
    Dezhou, 德州市
    Liaocheng, 聊城, 聊城市
    Binzhou, 滨州, 滨州市
    Heze, 菏泽, 菏泽市
    Kaifeng, 开封, 开封市
    Pingdingshan, 平顶山, 平顶山市
    Anyang, 安阳, 安阳市
    Hebi, 鹤壁, 鹤壁市
    Xinxiang, 新乡, 新乡市
    Jiaozuo, 焦作, 焦作市
    Puyang, 濮阳, 濮阳市
    Xuchang, 许昌, 许昌市
    Luohe, 漯河, 漯河市
    Sanmenxia, 三门峡, 三门峡市
    Nanyang, 南阳, 南阳市
    Shangqiu, 商丘, 商丘市
    Xinyang, 信阳, 信阳市
    Zhoukou, 周口, 周口市
    Zhumadian, 驻马店, 驻马店市
    Huangshi, 黄石, 黄石市
    Shiyan, 十堰, 十堰市
    Yichang, 宜昌, 宜昌市
    Xiangyang, 襄阳, 襄阳市
    Ezhou, 鄂州, 鄂州市
    Jingmen, 荆门, 荆门市
    Xiaogan, 孝感, 孝感市
    Jingzhou, 荆州, 荆州市
    Huanggang, 黄冈, 黄冈市
    Xianning, 咸宁, 咸宁市
    Suizhou, 随州, 随州市
    Enshi, 恩施, 恩施市
    Zhuzhou, 株洲, 株洲市
    Xiangtan, 湘潭, 湘潭市
    Hengyang, 衡阳, 衡阳市
    Shaoyang, 邵阳, 邵阳市
    Yueyang, 岳阳, 岳阳市
    Changde, 常德, 常德市
    Zhangjiajie, 张家界, 张家界市
    Yiyang, 益阳, 益阳市
    Chenzhou, 郴州, 郴州市
    Yongzhou, 永州, 永州市
    Huaihua, 怀化, 怀化市
    Loudi, 娄底, 娄底市
    Xiangxi, 湘西, 湘西市
    Shaoguan, 韶关, 韶关市
    Foshan, 佛山, 佛山市
    Jiangmen, 江门, 江门市
    Maoming, 茂名, 茂名市
    Zhaoqing, 肇庆, 肇庆市
    Huizhou, 惠州, 惠州市
    Meizhou, 梅州, 梅州市
    Shanwei, 汕尾, 汕尾市
    Heyuan, 河源, 河源市
    Yangjiang, 阳江, 阳江市
    Qingyuan, 清远, 清远市
    Dongguan, 东莞, 东莞市
    Zhongshan, 中山市
    Chaozhou, 潮州, 潮州市
    Jieyang, 揭阳, 揭阳市
    Yunfu, 云浮, 云浮市
    Liuzhou, 柳州, 柳州市
    Wuzhou, 梧州, 梧州市
    北海, 北海市
    Fangchenggang, 防城港, 防城港市
    Qinzhou, 钦州, 钦州市
    Guigang, 贵港, 贵港市
    玉林, 玉林市
    Baise, 百色, 百色市
    Hezhou, 贺州, 贺州市
    Hechi, 河池, 河池市
    Chongzuo, 崇左, 崇左市
    Danzhou, 儋州, 儋州市
    Zigong, 自贡, 自贡市
    Panzhihua, 攀枝花, 攀枝花市
    Luzhou, 泸州, 泸州市
    Deyang, 德阳, 德阳市
    Mianyang, 绵阳, 绵阳市
    Guangyuan, 广元, 广元市
    Suining, 遂宁, 遂宁市
    Neijiang, 内江, 内江市
    Leshan, 乐山, 乐山市
    Nanchong, 南充, 南充市
    Meishan, 眉山, 眉山市
    Yibin, 宜宾, 宜宾市
    Guang'an, 广安, 广安市
    Dazhou, 达州, 达州市
    Ya'an, 雅安, 雅安市
    Ziyang, 资阳, 资阳市
    Ganzi, 甘孜, 甘孜市
    凉山, 凉山市
    Liupanshui, 六盘水, 六盘水市
    Zunyi, 遵义, 遵义市
    Anshun, 安顺, 安顺市
    Bijie, 毕节, 毕节市
    Tongren, 铜仁, 铜仁市
    Qujing, 曲靖, 曲靖市
    Yuxi, 玉溪, 玉溪市
    Baoshan, 保山, 保山市
    Zhaotong, 昭通, 昭通市
    Lijiang, 丽江, 丽江市
    Pu'er, 普洱, 普洱市
    Lincang, 临沧, 临沧市
    Chuxiong, 楚雄, 楚雄市
    红河, 红河市
    Xishuangbanna, 西双版纳, 西双版纳市
    大理, 大理市
    Dehong, 德宏, 德宏市
    Nujiang, 怒江, 怒江市
    Chamdo, 昌都, 昌都市
    Nagqu, 那曲, 那曲市
    Tongchuan, 铜川, 铜川市
    Baoji, 宝鸡, 宝鸡市
    Xianyang, 咸阳, 咸阳市
    Weinan, 渭南, 渭南市
    Yan'an, 延安, 延安市
    Hanzhong, 汉中, 汉中市
    榆林, 榆林市
    Ankang, 安康市
    Shangluo, 商洛, 商洛市
    Jiayuguan, 嘉峪关, 嘉峪关市
    Jinchang, 金昌, 金昌市
    Tianshui, 天水, 天水市
    Wuwei, 武威, 武威市
    Zhangye, 张掖, 张掖市
    Pingliang, 平凉, 平凉市
    Qingyang, 庆阳, 庆阳市
    Dingxi, 定西, 定西市
    Longnan, 陇南, 陇南市
    Linxia, 临夏, 临夏市
    Gannan, 甘南, 甘南市
    Golmud, 格尔木, 格尔木市
    Yushu, 玉树, 玉树市
    Shizuishan, 石嘴山, 石嘴山市
    Wuzhong, 吴忠, 吴忠市
    Guyuan, 固原, 固原市
    Karamay, 克拉玛依, 克拉玛依市
    Turpan, 吐鲁番, 吐鲁番市
    哈密, 哈密市
    Changji, 昌吉, 昌吉市
    Aksu, 阿克苏, 阿克苏市
    和田, 和田市
    伊犁, 伊犁市
    Tacheng, 塔城, 塔城市
    Altay, 阿勒泰, 阿勒泰市
    台中, 台中市
    台南, 台南市
    Hsinchu, 新竹, 新竹市
    Keelung, 基隆, 基隆市
    Taitung, 台东, 台东市
    Pingtung, 屏东, 屏东市
    Yilan, 宜兰, 宜兰市
    Taoyuan, 桃园, 桃园市
"""
