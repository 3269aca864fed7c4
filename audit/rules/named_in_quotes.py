"""What stands beside quote marks round a name. Not here is what is often called so in doubt: an operation, a plan."""

from __future__ import annotations

BEHIND = """
    号 號 级 級 型 舰 艦 艇 轮 驱逐舰 護衛艦 护卫舰 航母 航空母舰 空母 潜艇 潜水艦 军舰
    战舰 货轮 油轮 渔船 战机 飞机 战斗机 轰炸机 無人機 无人机 直升机 导弹 導彈 ミサイル 火箭
    ロケット 卫星 衛星 坦克 战车 飞船 演习 軍演 演習 杯 奖
"""
"""Right behind a name in Chinese or Japanese."""

BEFORE = """
    空母 護衛艦 駆逐艦 潜水艦 巡洋艦 揚陸艦 補給艦 フリゲート艦 イージス艦 巡視船 戦闘機 哨戒機
    輸送機 ミサイル ロケット 驱逐舰 护卫舰 航母 航空母舰 潜艇 潜水艇 巡洋舰 登陆舰 补给舰 医院船
    货轮 油轮 渔船 电影 影片 小说 歌曲 书籍 纪录片 電影 小說 映画 小説 導彈 导弹
"""
"""Right before one."""

BEFORE_IN_ENGLISH = """
    carrier destroyer frigate corvette cruiser submarine
    ship vessel warship lander minesweeper tanker
    freighter ferry trawler boat yacht missile rocket
    satellite drone film movie documentary novel book
    song album opera magazine exercise
"""
"""The word before a name with a capital."""
