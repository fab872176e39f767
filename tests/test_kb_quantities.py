"""Quantities in six languages: what is one, what is not, and what two of them agree on."""

import csv
from decimal import Decimal
from importlib.resources import files
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.languages import LANGUAGES, Language
from kb.quantities import Quantity, agrees, find_quantities
from kb.quantity_words import find_count_nouns

# language, text, then each quantity as "value unit qualifier" or, for times, its ISO form
FORMS: list[tuple[Language, str, list[str]]] = [
    # money
    ("en", "US$1.6 billion", ["1600000000 USD"]),
    ("en", "USD 1.6 billion", ["1600000000 USD"]),
    ("en", "4 000 hectares", ["4000 ha"]),
    ("zh", "4 000万美元", ["40000000 USD"]),
    ("zh", "62 000美元", ["62000 USD"]),
    ("ar", "62 000 دولار", ["62000 USD"]),
    ("en", "$150 million", ["150000000 USD"]),
    ("en", "$150m", ["150000000 USD"]),
    ("en", "US$ 150M", ["150000000 USD"]),
    ("en", "1.6 billion dollars", ["1600000000 USD"]),
    ("en", "150 million US dollars", ["150000000 USD"]),
    ("en", "150 million United States dollars", ["150000000 USD"]),
    ("en", "€2.85 million", ["2850000 EUR"]),
    ("en", "2.85 million euros", ["2850000 EUR"]),
    ("en", "EUR 11 million", ["11000000 EUR"]),
    ("en", "US$2,850,000", ["2850000 USD"]),
    ("en", "2,850,000.50 dollars", ["2850000.5 USD"]),
    ("en", "US$44 trillion", ["44000000000000 USD"]),
    ("en", "up to US$10 billion", ["10000000000 USD up_to"]),
    ("en", "more than US$19 billion", ["19000000000 USD more_than"]),
    ("en", "at least $5 million", ["5000000 USD at_least"]),
    ("en", "about US$700 billion a year", ["700000000000 USD about"]),
    ("en", "nearly 3 million euros", ["3000000 EUR nearly"]),
    ("en", "£3 million", ["3000000 GBP"]),
    ("en", "a billion dollars", ["1000000000 USD"]),
    ("en", "one billion dollars", ["1000000000 USD"]),
    ("zh", "16 亿美元", ["1600000000 USD"]),
    ("zh", "16亿美元", ["1600000000 USD"]),
    ("zh", "285 万欧元", ["2850000 EUR"]),
    ("zh", "1,100万欧元", ["11000000 EUR"]),
    ("zh", "2,780 亿美元", ["278000000000 USD"]),
    ("zh", "2.6 万亿美元", ["2600000000000 USD"]),
    ("zh", "1.5 亿美元", ["150000000 USD"]),
    ("zh", "逾 190 亿美元", ["19000000000 USD more_than"]),
    ("zh", "最高 100 亿美元", ["10000000000 USD up_to"]),
    ("zh", "约为 270 亿美元", ["27000000000 USD about"]),
    ("zh", "三亿美元", ["300000000 USD"]),
    ("zh", "一亿五千万美元", ["150000000 USD"]),
    ("zh", "2 亿 5000 万美元", ["250000000 USD"]),
    ("zh", "十亿美元", ["1000000000 USD"]),
    ("zh", "３００万美元", ["3000000 USD"]),
    ("fr", "1,6 milliard de dollars", ["1600000000 USD"]),
    ("fr", "1,6 milliard de dollars des États-Unis", ["1600000000 USD"]),
    ("fr", "150 millions de dollars", ["150000000 USD"]),
    ("fr", "2,85 millions d'euros", ["2850000 EUR"]),
    ("fr", "2,85 millions d’euros", ["2850000 EUR"]),
    ("fr", "11 M€", ["11000000 EUR"]),
    ("fr", "2 850 000 euros", ["2850000 EUR"]),
    ("fr", "2\u202f850\u202f000 €", ["2850000 EUR"]),
    ("fr", "plus de 19 milliards de dollars", ["19000000000 USD more_than"]),
    ("fr", "jusqu'à 10 milliards de dollars", ["10000000000 USD up_to"]),
    ("fr", "un milliard de dollars", ["1000000000 USD"]),
    ("fr", "2,6 billions de dollars", ["2600000000000 USD"]),
    ("es", "1 600 millones de dólares", ["1600000000 USD"]),
    ("es", "1.600 millones de dólares", ["1600000000 USD"]),
    ("es", "1,6 mil millones de dólares", ["1600000000 USD"]),
    ("es", "150 millones de dólares de los Estados Unidos", ["150000000 USD"]),
    ("es", "2,85 millones de euros", ["2850000 EUR"]),
    ("es", "278.000 millones de dólares", ["278000000000 USD"]),
    ("es", "2,6 billones de dólares", ["2600000000000 USD"]),
    ("es", "un millón de euros", ["1000000 EUR"]),
    ("es", "más de 19 000 millones de dólares", ["19000000000 USD more_than"]),
    ("es", "hasta 10 000 millones de dólares", ["10000000000 USD up_to"]),
    ("es", "USD 150 millones", ["150000000 USD"]),
    ("ru", "1,6 млрд долл. США", ["1600000000 USD"]),
    ("ru", "1,6 миллиарда долларов США", ["1600000000 USD"]),
    ("ru", "150 млн долларов", ["150000000 USD"]),
    ("ru", "2,85 млн евро", ["2850000 EUR"]),
    ("ru", "2 850 000 евро", ["2850000 EUR"]),
    ("ru", "более 19 млрд долл. США", ["19000000000 USD more_than"]),
    ("ru", "до 10 млрд долл. США", ["10000000000 USD up_to"]),
    ("ru", "около 700 млрд долл. США", ["700000000000 USD about"]),
    ("ru", "2,6 трлн долл. США", ["2600000000000 USD"]),
    ("ru", "миллион", []),
    ("ar", "١٫٦ مليار دولار", ["1600000000 USD"]),
    ("ar", "1.6 مليار دولار", ["1600000000 USD"]),
    ("ar", "1,6 مليار دولار", ["1600000000 USD"]),
    ("ar", "1.6 بليون دولار من دولارات الولايات المتحدة", ["1600000000 USD"]),
    ("ar", "150 مليون دولار أمريكي", ["150000000 USD"]),
    ("ar", "2.85 مليون يورو", ["2850000 EUR"]),
    ("ar", "٢٨٥٠٠٠٠ يورو", ["2850000 EUR"]),
    ("ar", "مليوني دولار", ["2000000 USD"]),
    ("ar", "أكثر من 19 مليار دولار", ["19000000000 USD more_than"]),
    ("ar", "ما يصل إلى 10 مليارات دولار", ["10000000000 USD up_to"]),
    ("ar", "حوالي 700 مليار دولار", ["700000000000 USD about"]),
    # areas
    ("en", "nearly 600 million hectares", ["600000000 ha nearly"]),
    ("en", "450 million ha", ["450000000 ha"]),
    ("en", "3,000 km2", ["3000 km2"]),
    ("zh", "近 6 亿公顷", ["600000000 ha nearly"]),
    ("zh", "约9,000万公顷土地", ["90000000 ha about"]),
    ("zh", "3 万多公顷", ["30000 ha more_than"]),
    ("fr", "près de 600 millions d'hectares", ["600000000 ha nearly"]),
    ("es", "casi 600 millones de hectáreas", ["600000000 ha nearly"]),
    ("ru", "почти 600 млн га", ["600000000 ha nearly"]),
    ("ru", "600 миллионов гектаров", ["600000000 ha"]),
    ("ar", "ما يقرب من 600 مليون هكتار", ["600000000 ha nearly"]),
    # shares
    ("en", "40%", ["40 %"]),
    ("en", "50 per cent", ["50 %"]),
    ("en", "up to 40 percent", ["40 % up_to"]),
    ("zh", "高达 40%", ["40 % up_to"]),
    ("zh", "百分之四十", ["40 %"]),
    ("zh", "百分之 40", ["40 %"]),
    ("fr", "40 %", ["40 %"]),
    ("fr", "40 pour cent", ["40 %"]),
    ("fr", "12,5 %", ["12.5 %"]),
    ("es", "40 %", ["40 %"]),
    ("es", "30 por ciento", ["30 %"]),
    ("ru", "40 процентов", ["40 %"]),
    ("ru", "40%", ["40 %"]),
    ("ar", "40 في المائة", ["40 %"]),
    ("ar", "٤٠٪", ["40 %"]),
    # counts and numbers
    ("en", "18 countries", ["18 country"]),
    ("en", "18 participating countries", ["18 country"]),
    ("en", "more than 25 countries and 20 bodies", ["25 country more_than", "20 None"]),
    ("en", "three consultant contracts", ["3 contract"]),
    ("en", "450 formal memorandums of understanding", ["450 mou"]),
    ("en", "two more knowledge-sharing webinars", ["2 webinar"]),
    ("en", "a 12-member steering committee", ["12 member"]),
    ("en", "three-year terms", ["3 year"]),
    ("en", "twenty-five workshops", ["25 workshop"]),
    ("en", "at least one project", ["1 project at_least"]),
    ("en", "1,100 sites", ["1100 site"]),
    ("en", "9 (50%)", ["9 None", "50 %"]),
    ("zh", "18 个参加国", ["18 country"]),
    ("zh", "44个国家", ["44 country"]),
    ("zh", "60 多个国家", ["60 country more_than"]),
    ("zh", "三份顾问合同", ["3 contract"]),
    ("zh", "里约三公约", ["3 convention"]),
    ("zh", "十八个国家", ["18 country"]),
    ("zh", "17 个适合开展和平森林倡议的地点", ["17 site"]),
    ("zh", "三项试点项目", ["3 project"]),
    ("zh", "450 份正式谅解备忘录", ["450 mou"]),
    ("zh", "130 多份项目概念说明书", ["130 note more_than"]),
    ("zh", "两场知识分享网络研讨会", ["2 webinar"]),
    ("fr", "18 pays", ["18 country"]),
    ("fr", "trois contrats", ["3 contract"]),
    ("fr", "vingt-cinq pays", ["25 country"]),
    ("fr", "plus de 25 pays et 20 organisations", ["25 country more_than", "20 organization"]),
    ("es", "18 países piloto", ["18 country"]),
    ("es", "tres contratos", ["3 contract"]),
    ("es", "veinticinco países", ["25 country"]),
    ("es", "dieciocho países", ["18 country"]),
    ("ru", "18 стран", ["18 country"]),
    ("ru", "18 участвующих стран", ["18 country"]),
    ("ru", "трёх контрактов", ["3 contract"]),
    ("ru", "три контракта", ["3 contract"]),
    ("ru", "двадцать пять стран", ["25 country"]),
    ("ru", "более 60 стран", ["60 country more_than"]),
    ("ar", "18 بلدا", ["18 country"]),
    ("ar", "ثلاثة عقود", ["3 contract"]),
    ("ar", "١٨ دولة", ["18 country"]),
    ("ar", "ثمانية عشر بلدا", ["18 country"]),
    ("ar", "خمسة وعشرون بلدا", ["25 country"]),
    ("ar", "وثلاثة مشاريع", ["3 project"]),
    ("ar", "ندوتين شبكيتين", ["2 webinar"]),
    ("ar", "أكثر من 60 بلدا", ["60 country more_than"]),
    # dates
    ("en", "14 June 2024", ["2024-06-14"]),
    ("en", "June 14, 2024", ["2024-06-14"]),
    ("en", "on the 14th of June 2024", ["2024-06-14"]),
    ("en", "2024-06-14", ["2024-06-14"]),
    ("en", "14/06/2024", ["2024-06-14"]),
    ("en", "June 2024", ["2024-06"]),
    ("en", "by mid-2024", ["2024"]),
    ("en", "from 20 to 22 February 2024", ["2024-02-20/2024-02-22"]),
    ("en", "In 2024 countries met", ["2024"]),
    ("zh", "2024 年 6 月 14 日", ["2024-06-14"]),
    ("zh", "2024年6月14日", ["2024-06-14"]),
    ("zh", "2024 年 6 月", ["2024-06"]),
    ("zh", "2024年2月20日至22日", ["2024-02-20/2024-02-22"]),
    ("zh", "2030 年", ["2030"]),
    ("fr", "14 juin 2024", ["2024-06-14"]),
    ("fr", "le 1er décembre 2025", ["2025-12-01"]),
    ("fr", "en juin 2024", ["2024-06"]),
    ("fr", "du 20 au 22 février 2024", ["2024-02-20/2024-02-22"]),
    ("es", "14 de junio de 2024", ["2024-06-14"]),
    ("es", "15 de noviembre del 2024", ["2024-11-15"]),
    ("es", "junio de 2024", ["2024-06"]),
    ("ru", "14 июня 2024 года", ["2024-06-14"]),
    ("ru", "14.06.2024", ["2024-06-14"]),
    ("ru", "в июне 2024 года", ["2024-06"]),
    ("ru", "с 20 по 22 февраля 2024 года", ["2024-02-20/2024-02-22"]),
    ("ar", "14 حزيران/يونيو 2024", ["2024-06-14"]),
    ("ar", "14 يونيو 2024", ["2024-06-14"]),
    ("ar", "حزيران/يونيه 2024", ["2024-06"]),
    ("ar", "١٤ يونيو ٢٠٢٤", ["2024-06-14"]),
    ("ar", "في عام 2024", ["2024"]),
    # periods
    ("en", "2024-2027", ["2024/2027"]),
    ("en", "2024–2027", ["2024/2027"]),
    ("en", "2024/2025", ["2024/2025"]),
    ("en", "2023-24", ["2023/2024"]),
    ("en", "from 2022 to 2024", ["2022/2024"]),
    ("en", "between 2022 and 2024", ["2022/2024"]),
    ("zh", "2024-2027 年", ["2024/2027"]),
    ("zh", "2022 至 2024 年", ["2022/2024"]),
    ("fr", "de 2022 à 2024", ["2022/2024"]),
    ("fr", "entre 2022 et 2024", ["2022/2024"]),
    ("es", "de 2022 a 2024", ["2022/2024"]),
    ("ru", "с 2022 по 2024 год", ["2022/2024"]),
    ("ru", "2021–2030 годы", ["2021/2030"]),
    ("ar", "من 2022 إلى 2024", ["2022/2024"]),
    ("ar", "2024-2027", ["2024/2027"]),
    # what a link, a unit or a noun in a name must not take
    ("zh", "(见https://www.unccd.int/a)，2023年5月12日", ["2023-05-12"]),
    ("zh", "见https://www.unccd.int/a。2023年5月12日", ["2023-05-12"]),
    ("en", "<https://www.unccd.int/a> 12 May 2023", ["2023-05-12"]),
    ("zh", "50多个联合国专门机构", ["50 agency more_than"]),
    ("zh", "18个参与国", ["18 country"]),
    ("zh", "约有130个国家", ["130 country about"]),
    ("zh", "加入方案的国家约有130个", ["130 country about"]),
    # at least one
    ("zh", "至少一个能赢利的转型项目", ["1 project at_least"]),
    ("en", "at least one bankable transformative project", ["1 project at_least"]),
    ("fr", "au moins un projet transformateur", ["1 project at_least"]),
    ("es", "al menos un proyecto transformador", ["1 project at_least"]),
    ("ru", "по меньшей мере один преобразовательный проект", ["1 project at_least"]),
    ("ru", "по крайней мере один приемлемый для инвестора проект", ["1 None at_least"]),
    ("ar", "مشروع تحويلي واحد على الأقل", ["1 project at_least"]),
    ("ar", "ما لا يقل عن مشروع تحويلي واحد", ["1 project at_least"]),
    # qualifiers that take a preposition or an article
    ("en", "estimated at US$278 billion", ["278000000000 USD about"]),
    ("zh", "估计达2,780亿美元", ["278000000000 USD about"]),
    ("fr", "estimés à 278 milliards de dollars", ["278000000000 USD about"]),
    ("es", "se estima en 278.000 millones de dólares", ["278000000000 USD about"]),
    ("ru", "оценивается в 278 млрд долл. США", ["278000000000 USD about"]),
    ("ar", "المقدرة بـ 278 مليار دولار", ["278000000000 USD about"]),
    ("ar", "ونحو 90 مليون هكتار", ["90000000 ha about"]),
    ("es", "hasta el 40 %", ["40 % up_to"]),
    ("ru", "более чем на 100 стран", ["100 country more_than"]),
    ("ru", "почти в 20 странах", ["20 country nearly"]),
    ("en", "around the five-pillar logic", ["5 pillar"]),
    # partitives
    ("en", "66 of these countries", ["66 country"]),
    ("zh", "其中66个国家", ["66 country"]),
    ("fr", "66 de ces pays", ["66 country"]),
    ("es", "66 de esos países", ["66 country"]),
    ("ru", "66 из этих стран", ["66 country"]),
    ("ru", "показатели 66 из этих стран", ["66 country"]),
    ("ar", "66 من هذه البلدان", ["66 country"]),
    # the head noun, not one that describes it
    ("en", "107 final country LDN reports", ["107 report"]),
    ("en", "18 country teams", ["18 None"]),
    ("zh", "107份LDN国别最后报告", ["107 report"]),
    ("ru", "107 окончательных страновых докладов", ["107 report"]),
    ("ar", "107 تقارير قطرية نهائية", ["107 report"]),
    ("en", "450 formal memorandums", ["450 mou"]),
    ("en", "74 low-income and lower-middle-income countries", ["74 country"]),
    ("ru", "18 засушливых и полузасушливых стран", ["18 country"]),
    ("en", "the current 18 countries", ["18 country"]),
    ("ar", "البلدان الـ 18 المشاركة", ["18 country"]),
    ("ar", "اتفاقيات ريو الثلاث", ["3 convention"]),
    ("ar", "الركائز الأساسية الخمس", ["5 pillar"]),
    # terms of office
    ("en", "a three-year term", ["3 year"]),
    ("zh", "任期三年", ["3 year"]),
    ("fr", "un mandat de trois ans", ["3 year"]),
    ("es", "un mandato de tres años", ["3 year"]),
    ("ru", "трехлетний срок", ["3 year"]),
    ("ar", "لمدة ثلاث سنوات", ["3 year"]),
    # dates after a name in brackets
    ("en", "UNCCD) 12 May 2023", ["2023-05-12"]),
    ("fr", "CNULCD) 12 mai 2023", ["2023-05-12"]),
    ("es", "CLD) 12 de mayo de 2023", ["2023-05-12"]),
    ("ru", "UNCCD) 12 мая 2023 года", ["2023-05-12"]),
    ("ru", "КБОООН 12 мая 2023", ["2023-05-12"]),
    ("ar", "(UNCCD) 12 أيار/مايو 2023", ["2023-05-12"]),
    # spans of months
    ("en", "July to September 2025", ["2025-07/2025-09"]),
    ("en", "from July to September 2025", ["2025-07/2025-09"]),
    ("en", "between July and September 2025", ["2025-07/2025-09"]),
    ("zh", "2025年7月至9月", ["2025-07/2025-09"]),
    ("fr", "de juillet à septembre 2025", ["2025-07/2025-09"]),
    ("es", "de julio a septiembre de 2025", ["2025-07/2025-09"]),
    ("ru", "с июля по сентябрь 2025 года", ["2025-07/2025-09"]),
    ("ru", "июль–сентябрь 2025 года", ["2025-07/2025-09"]),
    ("ar", "من تموز/يوليه إلى أيلول/سبتمبر 2025", ["2025-07/2025-09"]),
    # multiples
    ("ru", "в 3 раза", ["3 None"]),
    ("en", "4 times during the year", ["4 time"]),
]  # fmt: skip

NO_QUANTITY: list[tuple[Language, str]] = [
    ("en", "COP 16 and CRIC 23"),
    ("en", "ICCD/COP(16)/4"),
    ("en", "ICCD/CRIC(22)/7-ICCD/COP(16)/CST/8"),
    ("en", "decision 8/COP.15"),
    ("en", "decisions 3/COP.15, 11/COP.15 and 13/COP.15"),
    ("en", "SDG indicator 15.3.1"),
    ("en", "target 15.3"),
    ("en", "Sustainable Development Goals (SDGs) 15 and 16"),
    ("en", "2/6"),
    ("en", "the twenty-eighth session"),
    ("en", "the 16th session"),
    ("en", "LDN TSP 2.0"),
    ("en", "the G20, GEF-7, PRAIS 4, AFR100 and SO5-2"),
    ("en", "para. 89 and paragraphs 3 to 5"),
    ("en", "table 1"),
    ("en", "figure 2"),
    ("en", "Stockholm+50"),
    ("en", "https://ferm.fao.org/2024/12"),
    ("en", "one of the Parties may wish"),
    ("en", "Countries may wish to act in May"),
    ("en", "GE.24-12345"),
    ("zh", "第 3/COP.16 号决定"),
    ("zh", "缔约方会议第十六届会议"),
    ("zh", "第 15 届会议"),
    ("zh", "二十国集团全球土地倡议"),
    ("zh", "可持续发展目标 15 和 16"),
    ("zh", "具体目标 15.3"),
    ("zh", "图 1 和表 1"),
    ("zh", "联合国生态系统恢复十年"),
    ("zh", "一致、统一和一些"),
    ("fr", "la décision 8/COP.15"),
    ("fr", "la vingt-huitième session"),
    ("fr", "l'ODD 15 et l'indicateur 15.3.1"),
    ("fr", "une initiative"),
    ("fr", "au moins un quart des pays"),
    ("fr", "au moins une partie des ressources"),
    ("es", "al menos una parte de los recursos"),
    ("es", "la decisión 8/COP.15"),
    ("es", "la meta 15.3"),
    ("es", "el párrafo 89"),
    ("ru", "решение 8/СОР.15"),
    ("ru", "двадцать восьмой сессии"),
    ("ru", "пункт 89"),
    ("ru", "16-я сессия"),
    ("ar", "المقرر 8/م أ-15"),
    ("ar", "الفقرة 89"),
    ("ar", "المؤشر 15.3.1"),
    ("en", "Strategic Objective 5"),
    ("zh", "战略目标 5"),
    ("fr", "objectif stratégique 5"),
    ("es", "objetivo estratégico 5"),
    ("ru", "стратегической цели 5"),
    ("ar", "الهدف الاستراتيجي 5"),
    ("fr", "ODD 15 et 16"),
    ("fr", "Objectifs de développement durable (ODD/SDG) 15 et 16"),
    ("es", "ODS 15 y 16"),
    ("es", "(ODS/SDG) 15 y 16"),
    ("ru", "ЦУР 15 и 16"),
    ("ru", "между целями 15 и 16"),
    ("ar", "بين الهدفين 15 و16"),
    ("ru", "достижения задачи 15.3 целей в области устойчивого развития"),
    ("ar", "بالغاية 15-3 من أهداف التنمية المستدامة"),
    ("ru", "на рисунке 1 сопоставлены"),
    ("ru", "в сноске 17 к подпункту"),
    ("en", "decision 3/COP.16 Parties"),
    ("ru", "В решении 3/COP.16 Сторонам предлагается"),
    ("ru", "решения 3/COP.12 страны"),
    ("ar", "المقرر 3/COP.16 الأطراف"),
    ("en", "the Group of Twenty and the Group of 77"),
    ("zh", "二十国集团"),
    ("fr", "le Groupe des Vingt"),
    ("es", "el Grupo de los Veinte"),
    ("ru", "Группы двадцати"),
    ("ar", "مجموعة العشرين"),
    ("en", "nearly three times as many"),
    ("zh", "增加了两倍"),
    ("fr", "presque deux fois plus nombreuses"),
    ("fr", "toutes deux dirigées par"),
    ("es", "casi dos veces más"),
    ("ru", "в два раза больше"),
    ("ar", "ثلاثة أضعاف"),
    ("ar", "الدورة الخامسة عشرة لمؤتمر الأطراف (COP 15 وCOP 16)"),
    ("ar", "ما يلي: '1' مواصلة العمل؛ '2' تعزيزه"),
]


def _shown(quantity: Quantity) -> str:
    if quantity.iso:
        return quantity.iso
    qualifier = "" if quantity.qualifier == "exact" else f" {quantity.qualifier}"
    return f"{quantity.value.normalize():f} {quantity.unit}{qualifier}"


@pytest.mark.parametrize(("language", "text", "expected"), FORMS)
def test_a_form_is_read_as_what_it_says(language: Language, text: str, expected: list[str]) -> None:
    assert [_shown(q) for q in find_quantities(text, language)] == expected


@pytest.mark.parametrize(("language", "text"), NO_QUANTITY)
def test_a_number_that_belongs_to_a_name_is_no_quantity(language: Language, text: str) -> None:
    assert find_quantities(text, language) == ()


@pytest.mark.parametrize("text", ["17", "15.3.1", "2/6", "ICCD/COP(16)/7", "7/COP.15", "para. 7"])
def test_seven_is_not_found_inside_other_numbers(text: str) -> None:
    assert all(q.value != 7 for q in find_quantities(text, "en"))


@pytest.mark.parametrize(("language", "text", "expected"), FORMS)
def test_offsets_are_verbatim_inside_a_sentence(
    language: Language, text: str, expected: list[str]
) -> None:
    sentence = {"zh": f"秘书处指出，{text}。"}.get(language, f"… ; {text}; …")
    found = find_quantities(sentence, language)
    assert [_shown(q) for q in found] == expected
    assert all(sentence[q.start : q.end] == q.text for q in found)


@given(st.integers(min_value=1, max_value=10**13), st.sampled_from(LANGUAGES))
def test_an_amount_in_plain_digits_keeps_its_value(number: int, language: Language) -> None:
    (quantity,) = find_quantities(f"USD {number}", language)
    assert (quantity.value, quantity.currency) == (Decimal(number), "USD")


@given(st.text(max_size=80), st.sampled_from(LANGUAGES))
def test_any_text_gives_ordered_spans_that_are_verbatim(text: str, language: Language) -> None:
    found = find_quantities(text, language)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def _one(text: str, language: Language) -> Quantity:
    (quantity,) = find_quantities(text, language)
    return quantity


def test_the_same_amount_agrees_across_scripts() -> None:
    same = [
        _one("US$1.6 billion", "en"),
        _one("16 亿美元", "zh"),
        _one("1,6 milliard de dollars", "fr"),
        _one("1 600 millones de dólares", "es"),
        _one("1,6 млрд долл. США", "ru"),
        _one("١٫٦ مليار دولار", "ar"),
    ]
    assert all(agrees(a, b) for a in same for b in same)


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        ("US$1.5 billion", "US$1.6 billion"),
        ("€1.6 billion", "US$1.6 billion"),
        ("1.6 billion hectares", "US$1.6 billion"),
        ("US$10 billion", "up to US$10 billion"),
        ("more than 25 countries", "25 countries"),
        ("18 countries", "18 projects"),
        ("14 June 2024", "June 2024"),
        ("July 2024", "14 June 2024"),
        ("2024", "2024 hectares"),
        ("40", "40%"),
    ],
)
def test_an_altered_amount_does_not_agree(stated: str, source: str) -> None:
    assert not agrees(_one(stated, "en"), _one(source, "en"))


@pytest.mark.parametrize(
    ("stated", "source"),
    [
        ("2024", "14 June 2024"),
        ("June 2024", "14 June 2024"),
        ("2027", "2024-2027"),
        ("18", "18 countries"),
    ],
)
def test_less_may_be_stated_than_the_source_says(stated: str, source: str) -> None:
    assert agrees(_one(stated, "en"), _one(source, "en"))


def test_asked_units_are_the_same_in_all_languages() -> None:
    asked = {
        "en": "How many countries?", "zh": "有多少个国家？", "fr": "Combien de pays ?",
        "es": "¿Cuántos países?", "ru": "Сколько стран?", "ar": "كم عدد البلدان؟",
    }  # fmt: skip
    for language, text in asked.items():
        assert [unit for unit, _, _ in find_count_nouns(text, language)] == ["country"]  # type: ignore[arg-type]


def test_the_word_list_is_well_formed() -> None:
    source = files("kb").joinpath("data/quantity_words.csv").read_text(encoding="utf-8")
    rows = list(csv.DictReader(source.splitlines()))
    assert rows
    assert all(None not in row and None not in row.values() for row in rows)
    assert {"USD", "EUR", "ha", "%", "country"} <= {row["id"] for row in rows}
    for row in rows:
        if row["role"] in ("currency", "area", "share", "qualifier"):
            assert all(row[language] for language in LANGUAGES), row["id"]
