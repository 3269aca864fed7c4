"""Units of measure: what stands behind a number and belongs to it. In one line they are one unit, spelled otherwise."""

from __future__ import annotations

UNITS = """
    km, kilometer, kilometers, kilometre, kilometres, 公里, 千米, キロメートル
    m, meter, meters, metre, metres, 米, メートル
    cm, centimeter, centimeters, centimetre, centimetres, 厘米
    mm, millimeter, millimeters, millimetre, millimetres, 毫米
    mile, miles, 英里
    nautical mile, nautical miles, nmi, 海里, 浬
    foot, feet, ft, 英尺
    inch, inches, 英寸
    yard, yards
    square kilometer, square kilometers, square kilometre, square kilometres, sq km, km², km2, 平方公里, 平方千米
    square meter, square meters, square metre, square metres, sq m, m², m2, 平方米
    square mile, square miles, sq mi
    square foot, square feet, sq ft
    cubic meter, cubic meters, cubic metre, cubic metres, m³, m3, 立方米
    hectare, hectares, 公顷
    acre, acres, 英亩
    mu, 亩
    kg, kilogram, kilograms, kilo, kilos, 公斤, 千克
    g, gram, grams, 克
    mg, milligram, milligrams, 毫克
    t, ton, tons, tonne, tonnes, metric ton, metric tons, 吨, 噸, トン
    lb, lbs, 磅
    ounce, ounces, oz, 盎司
    kt, kiloton, kilotons, 千吨
    megaton, megatons
    liter, liters, litre, litres, 升
    gallon, gallons, 加仑
    barrel, barrels, 桶
    kph, km/h, kmh, kilometers per hour, kilometres per hour
    mph, miles per hour
    knot, knots, 节
    degree, degrees, °, 度
    °C, degree Celsius, degrees Celsius, degree centigrade, degrees centigrade, 摄氏度, ℃
    °F, degree Fahrenheit, degrees Fahrenheit, 华氏度, ℉
    kW, kilowatt, kilowatts, 千瓦
    MW, megawatt, megawatts, 兆瓦
    GW, gigawatt, gigawatts, 吉瓦
    kWh, kilowatt-hour, kilowatt-hours, 千瓦时
    second, seconds, 秒
    minute, minutes, 分钟
    hour, hours, 小时, 個小時, 个小时
    day, days, 天
    week, weeks, 周, 星期, 个星期
    month, months, 个月, 個月
    year, years, 年
    decade, decades
    century, centuries
    倍
    番
"""

TIME_ZONES = """
    GMT UTC EST EDT ET CST CDT CT MST MDT MT PST PDT PT BST CET CEST EET EEST MSK JST KST HKT SGT IST AEST AEDT
"""
"""Behind a time of day."""

BOUNDS_BEHIND = """
    以上, 以上の
    以下, 以内, 以內, 之内, 之內
    未満, 未滿
    超
    or more, or higher, or over, or above, -plus
    or fewer, or less, or lower, or under, or below
"""
"""Behind a number, its unit and what it counts in Chinese or Japanese (50人以上): another number, by the line."""
