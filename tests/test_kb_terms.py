"""The vocabulary: its files, and what is recognised in questions and passages."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from babel import Locale
from hypothesis import given, settings
from hypothesis import strategies as st

from kb.errors import NotFound
from kb.languages import LANGUAGES, Language, as_language
from kb.terms import FILES, Blocked, Concept, Terms, load_terms, plain_name

FOLDER = Path(__file__).parent.parent / "kb" / "data" / "terms"


@pytest.fixture(scope="module")
def terms() -> Terms:
    return load_terms()


def rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def written_names() -> Iterator[tuple[Concept, Language, str]]:
    for concept in load_terms().all:
        for language, names in concept.names.items():
            for name in names:
                yield concept, language, name


@pytest.mark.parametrize("name", FILES.values())
def test_every_concept_has_a_name_in_all_six_languages(name: str) -> None:
    for row in rows(name):
        for language in LANGUAGES:
            names = row[language].split(" | ")
            assert all(n == n.strip() and plain_name(n).strip() for n in names), (row["id"], names)
            assert len(names) == len(set(names)), (row["id"], language)


@pytest.mark.parametrize("name", FILES.values())
def test_rows_are_sorted_and_ids_are_plain(name: str) -> None:
    ids = [row["id"] for row in rows(name)]
    assert ids == sorted(set(ids))
    assert all(re.fullmatch(r"[A-Z]{3}|[a-z0-9]+(-[a-z0-9]+)*", i) for i in ids)


def test_the_vocabulary_has_the_size_it_is_said_to_have(terms: Terms) -> None:
    kinds = Counter(concept.kind for concept in terms.all)
    assert kinds["party"] == 197
    assert kinds["organization"] >= 130
    assert kinds["initiative"] >= 60
    assert kinds["convention"] >= 50
    assert kinds["term"] >= 250


def test_a_chinese_name_has_more_than_one_character() -> None:
    names = [plain_name(n) for _, language, n in written_names() if language == "zh"]
    assert not [n for n in names if len(n) < 2 and n not in "%€$"]


def test_every_written_name_is_recognised_as_its_concept(terms: Terms) -> None:
    missed = [
        (concept.id, language, name)
        for concept, language, name in written_names()
        if concept.id not in {m.concept_id for m in terms.find(plain_name(name), language)}
    ]
    assert not missed


def test_two_concepts_share_a_name_only_where_it_is_listed(terms: Terms) -> None:
    shared = set()
    for concept, language, name in written_names():
        mentions = terms.find(plain_name(name), language)
        own = [m for m in mentions if m.concept_id == concept.id]
        for mention in mentions:
            if (
                mention not in own
                and own
                and (mention.start, mention.end)
                == (
                    own[0].start,
                    own[0].end,
                )
            ):
                shared.add((language, plain_name(name), mention.concept_id))
                shared.add((language, plain_name(name), concept.id))
    listed = {
        (row["language"], row["name"], concept)
        for row in rows("ambiguous.csv")
        for concept in row["concepts"].split()
    }
    assert shared == listed


def test_blocked_strings_name_known_concepts_and_languages(terms: Terms) -> None:
    for row in rows("blocked.csv"):
        assert terms.concept(row["concept"])
        assert as_language(row["language"]) in LANGUAGES


# CLDR names that LandBrief does not look for as they are, or that mean more than the Party.
_UNUSUAL = {("en", "MMR"), ("fr", "MMR"), ("es", "MMR"), ("ru", "MMR"), ("ar", "MMR")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_everyday_name_of_every_party_is_recognised(terms: Terms, language: Language) -> None:
    territories = Locale.parse(language).territories
    missed = []
    for party in terms.parties:
        assert party.alpha2
        name = territories[party.alpha2].replace("о-ва", "острова").replace("Palestinian ", "")
        if (language, party.key) in _UNUSUAL or party.key == "PSE":
            continue
        found = terms.find(f"— {name} —", language)
        if [m.concept_id for m in found] != [party.id]:
            missed.append((party.key, name, found))
    assert not missed


# language | text | ids of all Parties, organizations, initiatives and treaties in it, and of some
# of its terms
RECOGNISED = """
en | How much did Saudi Arabia grant to the Riyadh drought partnership? | party:SAU term:grant initiative:rgdrp
en | What did the Saudis pledge to the RGDRP? | party:SAU term:pledge initiative:rgdrp
en | Which 18 pilot countries joined TSP 2.0? | term:pilot-project initiative:ldn-tsp-2
en | LDN TSP2.0 progress in Türkiye and Turkey | initiative:ldn-tsp-2 party:TUR
en | Has the Global Mechanism (GM) hired consultants? | convention:global-mechanism term:consultant
en | How many hectares are covered by LDN targets? | term:hectare term:ldn-target
en | Who chairs the steering committee of IDRA? | term:chair term:steering-committee initiative:idra
en | When was the Great Green Wall Observatory launched in Burkina Faso? | initiative:ggw-observatory term:launch party:BFA
en | SADC's Great Green Wall Initiative budget | initiative:sadc-ggw term:budget
en | What is the role of UNEP-WCMC? | organization:unep-wcmc
en | Peatlands and mangroves under Indonesia's G20 presidency | term:peatland term:mangrove party:IDN term:g20-presidency
en | Which banks back the Southern African Great Green Wall: the African Development Bank or the World Bank? | organization:afdb organization:world-bank initiative:sadc-ggw
en | Insurance premiums for smallholders | term:insurance-premium term:farmer
en | fossil fuel and fertilizer subsidies | term:fossil-fuel term:fertilizer term:subsidy
en | national biodiversity strategies and action plans (NBSAPs) and NDCs | convention:nbsap convention:ndc
en | What did COP16 decide about PRAIS 4 reporting? | convention:cop convention:prais term:report
en | The Executive Secretary at UNEA-6 on MEA Day | convention:executive-secretary convention:unea convention:mea-day
en | Kunming–Montreal Global Biodiversity Framework target 2 | convention:gbf term:target
en | memoranda of understanding signed by the secretariat | term:mou term:sign convention:secretariat
en | Is Tonga a pilot country of the Greening Drylands Partnership? | party:TON initiative:greening-drylands term:pilot-project
en | Democratic Republic of the Congo and the Congo | party:COD party:COG
en | Guinea-Bissau, Guinea and Equatorial Guinea | party:GNB party:GIN party:GNQ
en | Niger and Nigeria; the Nigerien and the Nigerian delegates | party:NER party:NGA
en | Dominica is not the Dominican Republic | party:DMA party:DOM
en | UAE, UK, USA and the Republic of Korea | party:ARE party:GBR party:USA party:KOR
en | funding from OPEC Fund and IsDB until 2030 | organization:opec-fund organization:isdb term:funding
en | Which UN entity leads the UN Decade on Ecosystem Restoration, FAO or UNEP? | initiative:decade-restoration organization:fao organization:unep
en | sand & dust storms and the UN Decade on Combating Sand and Dust Storms | initiative:decade-sds
en | Rio Conventions Pavilion at Stockholm+50 | initiative:rio-pavilion initiative:stockholm-50
en | land degradation neutrality baseline in the Bahamas with Trends.Earth | term:land-degradation-neutrality term:baseline party:BHS initiative:trends-earth
en | AFR100, Bonn Challenge and Freshwater Challenge | initiative:afr100 initiative:bonn-challenge initiative:freshwater-challenge
en | Which countries work with the Regional Environmental Centre for the Caucasus in Georgia? | organization:rec-caucasus party:GEO
en | gender-responsive targets funded by a Canadian grant | term:gender party:CAN term:grant
en | the drought fund backed by Luxembourg (DRIF) | party:LUX initiative:drif
en | Austria's representative praised the Austrian Development Agency | party:AUT organization:austrian-development-agency
fr | Combien l'Arabie saoudite a-t-elle accordé au partenariat de Riyad sur la sécheresse ? | party:SAU initiative:rgdrp
fr | Quel don la délégation saoudienne a-t-elle promis au Partenariat mondial de Riyad pour la résilience face à la sécheresse ? | term:grant party:SAU initiative:rgdrp
fr | Quelle est la cible de NDT du Maroc ? | term:ldn-target party:MAR
fr | Les cibles volontaires de neutralité en matière de dégradation des terres sont-elles adoptées ? | term:ldn-target term:approve
fr | En quelle année l'Initiative de Changwon a-t-elle été relancée avec la Corée ? | initiative:changwon party:KOR
fr | le Mécanisme mondial et le secrétariat de la CNULCD | convention:global-mechanism convention:secretariat convention:unccd
fr | Combien de mémorandums d'accord ont été signés depuis la COP15 ? | term:mou term:sign convention:cop
fr | Le PNUE et la FAO dirigent la Décennie des Nations Unies pour la restauration des écosystèmes | organization:unep organization:fao initiative:decade-restoration
fr | la Grande Muraille verte de la SADC et son budget | initiative:sadc-ggw term:budget
fr | l'Accélérateur de la Grande Muraille verte | initiative:ggw-accelerator
fr | Le Niger, le Nigéria et les délégations nigérienne et nigériane | party:NER party:NGA
fr | en Côte d'Ivoire et au Sénégal | party:CIV party:SEN
fr | les mangroves et les tourbières pendant la présidence indonésienne du G20 | term:mangrove term:peatland party:IDN organization:g20
fr | primes d'assurance pour les petits exploitants | term:insurance-premium term:farmer
fr | les subventions aux combustibles fossiles et les engrais | term:fossil-fuel term:fertilizer term:grant
fr | Le Défi de Bonn, l'AFR100 et le Défi de l'eau douce | initiative:bonn-challenge initiative:afr100 initiative:freshwater-challenge
fr | le Fonds vert pour le climat, le FEM et le FIDA | organization:gcf organization:gef organization:ifad
fr | les contributions déterminées au niveau national (CDN) et les SPANB | convention:ndc convention:nbsap
fr | le groupe de travail national sur la NDT en Géorgie | term:ldn-working-group party:GEO
fr | Le CRIC et le CST examinent les rapports nationaux | convention:cric convention:cst convention:reporting-cycle
fr | la République démocratique du Congo et le Congo | party:COD party:COG
fr | la Guinée-Bissau, la Guinée et la Guinée équatoriale | party:GNB party:GIN party:GNQ
fr | les tempêtes de sable et de poussière en Mongolie | term:sand-and-dust-storms party:MNG
fr | l'Alliance internationale pour la résilience à la sécheresse, lancée par le Sénégal et l'Espagne | initiative:idra term:launch party:SEN party:ESP
fr | Observatoire du Sahara et du Sahel (OSS) | organization:oss
fr | la Banque islamique de développement et le Fonds de l'OPEP | organization:isdb organization:opec-fund
fr | le cadre mondial de la biodiversité de Kunming-Montréal | convention:gbf
fr | les terres de parcours et les éleveurs pastoraux | term:rangeland term:pastoralist
fr | Les Émirats arabes unis et Oman | party:ARE party:OMN
fr | quels consultants ont vu leur contrat résilié ? | term:consultant term:contract
fr | Combien d'hectares de terres dégradées seront restaurés ? | term:hectare term:land-degradation term:restoration
es | ¿Cuánto donó Arabia Saudita a la alianza de Riad contra la sequía? | party:SAU initiative:rgdrp
es | ¿Qué prometió la delegación saudí a la Alianza Mundial de Riad para la Resiliencia ante la Sequía? | party:SAU initiative:rgdrp
es | ¿Qué país usa Trends.Earth para su línea de base de NDT? | term:country initiative:trends-earth term:baseline term:land-degradation-neutrality
es | ¿Cuándo se celebró el primer seminario web del TSP 2.0? | term:webinar initiative:ldn-tsp-2
es | metas voluntarias de NDT del Perú y Panamá | term:ldn-target party:PER party:PAN
es | ¿Qué indicador de los ODS propuso la secretaría para el Marco Mundial de Biodiversidad? | term:indicator convention:sdgs convention:secretariat convention:gbf
es | la Gran Muralla Verde y la Iniciativa de la Gran Muralla Verde de África Meridional | initiative:ggw initiative:sadc-ggw
es | el Mecanismo Mundial contrató consultores nacionales | convention:global-mechanism term:consultant
es | la República Dominicana, Dominica y Granada | party:DOM party:DMA party:GRD
es | Níger, Nigeria y la delegación nigeriana | party:NER party:NGA
es | cooperación japonesa, francesa y alemana | term:cooperation party:JPN party:FRA party:DEU
es | el FMAM, el Fondo Verde para el Clima y el Banco Mundial | organization:gef organization:gcf organization:world-bank
es | El PNUMA y el PNUD apoyan a Kenya y a Namibia | organization:unep organization:undp party:KEN party:NAM
es | primas de seguro para pequeños agricultores | term:insurance-premium term:farmer
es | los subsidios a los combustibles fósiles y los fertilizantes | term:subsidy term:fossil-fuel term:fertilizer
es | las turberas y los manglares | term:peatland term:mangrove
es | ¿Cuántos memorandos de entendimiento se firmaron? | term:mou
es | Alianza Internacional para la Resiliencia ante la Sequía | initiative:idra
es | tormentas de arena y polvo en Asia central | term:sand-and-dust-storms term:central-asia
es | las contribuciones determinadas a nivel nacional y la NDC Partnership | convention:ndc initiative:ndc-partnership
es | La Conferencia de las Partes en su 16º período de sesiones | convention:cop term:session
es | Bosques para la Paz: ¿cuántos proyectos piloto? | initiative:pfi term:pilot-project
es | el Banco Islámico de Desarrollo y el Fondo OPEP | organization:isdb organization:opec-fund
es | el Año Internacional de los Pastizales y los Pastores | initiative:rangelands-year
es | los Emiratos Árabes Unidos y los Estados Unidos | party:ARE party:USA
es | las mujeres y las niñas en Madagascar, Mozambique y Zimbabwe | term:women party:MDG party:MOZ party:ZWE
es | la Unión Europea y la Comisión Europea | party:EUE organization:european-commission
es | la República de Corea y la República Popular Democrática de Corea | party:KOR party:PRK
es | el Desafío de Bonn en Côte d'Ivoire | initiative:bonn-challenge party:CIV
es | el Comité de Ciencia y Tecnología y la interfaz científico-normativa | convention:cst convention:spi
ru | Сколько Саудовская Аравия выделила Эр-Риядскому партнерству по засухе? | party:SAU initiative:rgdrp
ru | Какой грант обещан Эр-Риядскому глобальному партнёрству по повышению устойчивости к засухе? | term:grant initiative:rgdrp
ru | Добровольные целевые показатели нейтрального баланса деградации земель в Кыргызстане | term:ldn-target party:KGZ
ru | Какие кредиты изучает Глобальный механизм? | term:loan convention:global-mechanism
ru | На каких мероприятиях был Павильон рио-де-жанейрских конвенций? | initiative:rio-pavilion
ru | В Нигере, Нигерии и Китае, в делегации Саудовской Аравии | party:NER party:NGA party:CHN party:SAU
ru | Чад, Мали и Того участвуют в Великой зеленой стене | party:TCD party:MLI party:TGO initiative:ggw
ru | бюджет Великой зеленой стены САДК | term:budget initiative:sadc-ggw
ru | меморандумы о взаимопонимании, подписанные секретариатом КБОООН | term:mou convention:secretariat
ru | ЮНЕП и ФАО возглавляют Десятилетие ООН по восстановлению экосистем | organization:unep organization:fao initiative:decade-restoration
ru | песчаные и пыльные бури в Монголии | term:sand-and-dust-storms party:MNG
ru | восстановление деградированных земель на миллионах гектаров | term:land-restoration term:hectare
ru | Международный альянс по повышению устойчивости к засухе запущен Сенегалом и Испанией | initiative:idra term:launch party:SEN party:ESP
ru | страховые взносы для мелких фермеров | term:insurance-premium term:farmer
ru | субсидии на ископаемое топливо и удобрения | term:subsidy term:fossil-fuel term:fertilizer
ru | торфяники и мангровые леса при председательстве Индонезии в Группе двадцати | term:peatland term:mangrove party:IDN organization:g20
ru | Демократическая Республика Конго и Республика Конго | party:COD party:COG
ru | Гвинея-Бисау, Гвинея и Экваториальная Гвинея | party:GNB party:GIN party:GNQ
ru | определяемые на национальном уровне вклады (ОНУВ) | convention:ndc
ru | КРОК и КНТ рассматривают национальные доклады | convention:cric convention:cst convention:reporting-cycle
ru | Исламский банк развития и Фонд ОПЕК обязались выделить миллиард долларов | organization:isdb organization:opec-fund term:pledge term:dollar
ru | проект в Кот-д’Ивуаре и Российской Федерации | party:CIV party:RUS term:project
ru | Куньминско-Монреальская глобальная рамочная программа в области биоразнообразия | convention:gbf
ru | Чханвонская инициатива и Анкарская инициатива Турции | initiative:changwon initiative:ankara party:TUR
ru | пастбищные угодья и скотоводы | term:rangeland term:pastoralist
ru | Глобальный экологический фонд, седьмое пополнение | organization:gef initiative:gef-7
ru | Соединённые Штаты Америки и Соединённое Королевство | party:USA party:GBR
ru | совещание в Панаме, председатель, рабочая группа | party:PAN term:chair term:working-group
ru | система раннего предупреждения для малых островных развивающихся государств | term:early-warning term:sids
ru | лес и деревья в бассейне реки Замбези | term:forest term:watershed term:zambezi
ar | كم منحت المملكة العربية السعودية لشراكة الرياض العالمية؟ | party:SAU initiative:rgdrp
ar | ما قيمة المنحة السعودية لشراكة الرياض العالمية للقدرة على الصمود في مواجهة الجفاف؟ | term:grant party:SAU initiative:rgdrp
ar | من يقود تنفيذ عقد الأمم المتحدة لإصلاح النظم الإيكولوجية؟ | initiative:decade-restoration
ar | الأهداف الطوعية لتحييد أثر تدهور الأراضي في المغرب | term:ldn-target party:MAR
ar | الآلية العالمية والأمانة | convention:global-mechanism convention:secretariat
ar | مؤتمر الأطراف لاتفاقية المناخ | convention:cop convention:unfccc
ar | وفي النيجر ونيجيريا وتشاد | party:NER party:NGA party:TCD
ar | بالسعودية وللأردن وبالكويت | party:SAU party:JOR party:KWT
ar | السور الأخضر العظيم ومرصد السور الأخضر العظيم | initiative:ggw initiative:ggw-observatory
ar | مبادرة غابات السلام بدعم من جمهورية كوريا | initiative:pfi party:KOR
ar | العواصف الرملية والترابية في منغوليا | term:sand-and-dust-storms party:MNG
ar | تعهد البنك الإسلامي للتنمية وصندوق الأوبك بمليار دولار | term:pledge organization:isdb organization:opec-fund term:dollar
ar | مرفق البيئة العالمية والصندوق الأخضر للمناخ | organization:gef organization:gcf
ar | مذكرات تفاهم مع منظمة الأغذية والزراعة واليونيب | term:mou organization:fao organization:unep
ar | المساهمات المحددة وطنياً والاستراتيجيات وخطط العمل الوطنية للتنوع البيولوجي | convention:ndc convention:nbsap
ar | أقساط التأمين لصغار المزارعين | term:insurance-premium term:farmer
ar | أراضي الخث وأشجار المانغروف في إندونيسيا | term:peatland term:mangrove party:IDN
ar | اللجنة التوجيهية والأمين التنفيذي | term:steering-committee convention:executive-secretary
ar | المراعي والرعاة | term:rangeland term:pastoralist
ar | في مالي والنيجر | party:NER party:MLI
ar | جمهورية الكونغو الديمقراطية والكونغو | party:COD party:COG
ar | غينيا بيساو وغينيا وغينيا الاستوائية | party:GNB party:GIN party:GNQ
ar | لجنة استعراض تنفيذ الاتفاقية ومؤتمر الأطراف | convention:cric convention:cop
ar | مبادرة تشانغوون | initiative:changwon
ar | المليون هكتار من الأراضي المتدهورة | term:hectare term:land-degradation
ar | التحالف الدولي للقدرة على الصمود في مواجهة الجفاف | initiative:idra
ar | الاتحاد الأوروبي والاتحاد الأفريقي | party:EUE organization:african-union
ar | مشروع تجريبي في بنما وبيرو | term:pilot-project party:PAN party:PER
ar | هيئة التفاعل بين العلوم والسياسات | convention:spi
ar | القطاع الخاص والمجتمع المدني والشباب | term:private-sector term:civil-society term:youth
zh | 沙特阿拉伯向利雅得抗旱伙伴关系提供了多少赠款？ | party:SAU initiative:rgdrp term:grant
zh | “利雅得全球抗旱韧性伙伴关系”和利雅得全球抗旱伙伴关系是一个吗 | initiative:rgdrp
zh | 2025年旱地绿化伙伴关系的新项目落在汤加和斐济？ | initiative:greening-drylands party:TON party:FJI
zh | 里约公约协同工具箱的测试版是谁开发的？明尼苏达大学？ | initiative:rio-synergies-toolkit organization:university-of-minnesota
zh | 全球机制2025年的年度总预算是多少？ | convention:global-mechanism term:budget
zh | “企业护土地”给私人投资提供了哪些渠道？ | initiative:business4land term:investment
zh | 目标设定方案第二阶段的18个试点国家 | initiative:ldn-tsp-2 term:pilot-project
zh | 《联合国防治荒漠化公约》秘书处 | convention:unccd convention:secretariat
zh | 尼日尔、尼日利亚和几内亚比绍 | party:NER party:NGA party:GNB
zh | 几内亚、赤道几内亚、巴布亚新几内亚 | party:GIN party:GNQ party:PNG
zh | 索马里、马里和印度尼西亚、印度 | party:SOM party:MLI party:IDN party:IND
zh | 南非担任二十国集团主席国 | party:ZAF term:g20-presidency
zh | 南部非洲绿色长城倡议的预算目标 | initiative:sadc-ggw term:budget
zh | 粮农组织、开发署和环境署 | organization:fao organization:undp organization:unep
zh | 伊斯兰开发银行、欧佩克国际发展基金 | organization:isdb organization:opec-fund
zh | 国家自主贡献伙伴关系与国家自主贡献 | initiative:ndc-partnership convention:ndc
zh | 审评委第二十三届会议在巴拿马举行 | convention:cric party:PAN
zh | 在红树林和泥炭地方面 | term:mangrove term:peatland
zh | 沙尘暴联盟？联合国防治沙尘暴十年 | initiative:decade-sds term:sand-and-dust-storms
zh | 刚果民主共和国和刚果 | party:COD party:COG
zh | 大韩民国与朝鲜民主主义人民共和国 | party:KOR party:PRK
zh | 化肥补贴与化石燃料 | term:fertilizer term:subsidy term:fossil-fuel
zh | 小农户的保险费 | term:farmer term:insurance-premium
zh | 全球环境基金第七次充资 | initiative:gef-7
zh | 业绩审评和执行情况评估系统(PRAIS) | convention:prais
zh | 谁主办了讲习班？ | term:host term:workshop
zh | 多米尼克和多米尼加 | party:DMA party:DOM
zh | 昌原倡议与安卡拉倡议 | initiative:changwon initiative:ankara
zh | 牧场和牧民 | term:rangeland term:pastoralist
zh | 沙特的承诺和美国、英国的捐款 | party:SAU term:pledge party:USA party:GBR term:contribution
ar | ما هي أهداف مالي؟ | party:MLI term:target
ar | بوركينا فاسو ومالي وموريتانيا | party:BFA party:MLI party:MRT
ru | развивающихся стран и развитых стран | term:developing-countries convention:developed-country-parties
ru | Вьетнам, Вьетнама, Суринаму | party:VNM party:SUR
ru | повреждённых экосистем и экосистемы | term:ecosystem
en | The Georgia delegation in Lake Chad Basin | party:GEO
en | which targets did turkey set | party:TUR term:target
""".strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("case", RECOGNISED)
def test_names_are_recognised_in_questions_and_passages(terms: Terms, case: str) -> None:
    language, text, expected = case.split(" | ")
    detected = {m.concept_id for m in terms.find(text)}
    told = {m.concept_id for m in terms.find(text, as_language(language))}
    wanted = set(expected.split())
    assert wanted <= detected
    assert wanted <= told
    assert {c for c in detected if not c.startswith("term:")} <= wanted


# language | text | ids that must not be found in it
NOT_MEANT = """
en | The bird was a turkey, not a chicken. | party:TUR
en | We polish the surface. | party:POL
en | A hanging chad decided the vote. | party:TCD
en | Who is responsible, and for whom? | organization:who
en | It was an odd question. | convention:sdgs
en | The cow grazed. He cites an oit and a bird. | convention:committee-of-the-whole convention:cites organization:world-bank
en | formaliser les normes | party:MLI
en | Nigeria has set targets. | party:NER
en | Niger has set targets. | party:NGA
en | Guinea-Bissau has set targets. | party:GIN
en | Papua New Guinea and Equatorial Guinea | party:GIN
en | The Dominican Republic | party:DMA
en | The Democratic Republic of the Congo | party:COG
en | The Democratic People's Republic of Korea | party:KOR
en | South Sudan | party:SDN
en | the Lake Chad Basin and the Gulf of Guinea | party:TCD party:GIN
en | the Indian Ocean | party:IND
en | US$ 150 million, or 150 million US dollars | party:USA
en | the Latin American delegation | party:USA
en | the French version of the report | party:FRA
en | The core element pays well. | party:KOR term:country
en | Kenya, Guinea. Bissau is a city. | party:GNB
fr | formaliser la normalisation | party:MLI
fr | Une grenade et un piment chili. | party:GRD party:CHL
fr | Un cas bénin. | party:BEN
fr | Le Niger | party:NGA
fr | Le Nigéria | party:NER
fr | Il a eu de l'eau. | party:ARE party:EUE
fr | les ressources au lac Tchad | organization:african-union party:TCD
fr | quatre dollars des États-Unis | party:USA
fr | la Conférence du parti | convention:cop
fr | les services accordés dans le bassin du Congo | term:agreement party:COG
fr | Il donne des données. | term:grant
fr | un terrain odd | convention:sdgs
es | Ella usa el agua que ha llegado. | party:USA term:hectare
es | el secretario y la costa | convention:secretariat term:cost
es | a fin de cuentas, Dan bajan | party:FIN party:DNK party:BRB
es | un grupo unido de niños | organization:unido term:women
es | la cepa del virus | organization:eca
es | la República Dominicana | party:DMA
es | Mauricio y su hermano fueron a la línea roja. | term:baseline
es | mil dólares de los Estados Unidos | party:USA
ru | кроме того, мало того, до того | party:TGO party:MLI
ru | Пять куб. м воды, два куба | party:CUB
ru | Он видит вас в целом ряде мест. | organization:eac term:target
ru | Нигерия и Нигерии | party:NER
ru | Нигер и в Нигере | party:NGA
ru | Индийский океан и озеро Чад | party:IND party:TCD
ru | долларов США | party:USA
ru | Великая стена | initiative:ggw
ar | قدمت دعماً مالياً وهو دعم مالي | party:MLI
ar | المكتب القطري والبرامج القطرية | party:QAT
ar | البحر والبحار | party:BHR
ar | في البحرين | term:ocean
ar | ومن المقرر عقده | convention:decision
ar | لبن وعسل | party:LBN
ar | قامت بدور هام | term:session
ar | المحيط الهندي وبحيرة تشاد | party:IND party:TCD
ar | دولار من دولارات الولايات المتحدة | party:USA
ar | النيجر | party:NGA
ar | نيجيريا | party:NER
ar | شراكة القطاع الخاص الرياضية | initiative:rgdrp
zh | 发展中国家和拉美国家 | party:CHN party:USA
zh | 其中国家层面的工作 | party:CHN
zh | 沿海地区和地中海地区 | party:HTI
zh | 明智利用湿地 | party:CHL
zh | 更加纳入主流 | party:GHA
zh | 撒哈拉以南非洲 | party:ZAF
zh | 尼日利亚 | party:NER
zh | 尼日尔 | party:NGA
zh | 赤道几内亚和几内亚比绍 | party:GIN
zh | 印度尼西亚与印度洋 | party:IND term:middle-east
zh | 索马里 | party:MLI
zh | 南苏丹 | party:SDN
zh | 乍得湖流域 | party:TCD
zh | 刚果民主共和国 | party:COG
zh | 12月2日至13日本届会议 | party:JPN
zh | 提高水平和技术水准 | term:water
""".strip().splitlines()  # noqa: E501


@pytest.mark.parametrize("case", NOT_MEANT)
def test_words_that_only_look_like_a_name_are_not_taken_for_it(terms: Terms, case: str) -> None:
    language, text, unwanted = case.split(" | ")
    found = {m.concept_id for m in terms.find(text, as_language(language))}
    assert not found & set(unwanted.split())
    assert not set(terms.concepts(text, as_language(language))) & set(unwanted.split())


RUSSIAN_CASES = {
    "party:KEN": "Кения Кении Кению Кенией",
    "party:NAM": "Намибия Намибии Намибию Намибией",
    "party:CHN": "Китай Китая Китаю Китаем Китае",
    "party:VNM": "Вьетнам Вьетнама Вьетнаму Вьетнамом Вьетнаме",
    "party:TCD": "Чад Чада Чаду Чадом Чаде",
    "party:KOR": "Корея Кореи Корее Корею Кореей",
    "party:BRN": "Бруней Брунея Брунею Брунеем Брунее",
    "party:NLD": "Нидерланды Нидерландов Нидерландам Нидерландами Нидерландах",
    "party:SAU": "саудовский саудовского саудовскому саудовским саудовская саудовской саудовские",
    "term:ecosystem": "экосистема экосистемы экосистем экосистему экосистемой экосистемами",
    "term:target": "цель цели целей целям целями",
    "term:drought": "засуха засухи засуху засухой засухе засухами",
    "term:land": "земля земли земель землями землях",
    "convention:decision": "решение решения решений решениями решением",
    "term:restoration": "восстановление восстановления восстановлением",
}


@pytest.mark.parametrize(
    ("concept", "word"),
    [(concept, word) for concept, words in RUSSIAN_CASES.items() for word in words.split()],
)
def test_russian_cases_are_recognised(terms: Terms, concept: str, word: str) -> None:
    assert concept in {m.concept_id for m in terms.find(f"для {word} это", "ru")}


@pytest.mark.parametrize("prefix", ["", "و", "ب", "وب", "ف"])
@pytest.mark.parametrize("concept", ["party:SAU", "party:JOR", "party:KEN", "party:DEU"])
def test_arabic_prefixes_are_recognised(terms: Terms, concept: str, prefix: str) -> None:
    name = terms.name(concept, "ar")
    assert [m.concept_id for m in terms.find(f"جاء {prefix}{name} أمس", "ar")] == [concept]


@pytest.mark.parametrize(
    ("language", "phrase", "concept"),
    [
        ("ar", "الدعم السعودي", "party:SAU"),
        ("ar", "المنحة السعودية", "party:SAU"),
        ("ar", "للسعوديين", "party:SAU"),
        ("fr", "les délégations saoudiennes", "party:SAU"),
        ("fr", "la coopération danoise", "party:DNK"),
        ("fr", "deux experts français", "party:FRA"),
        ("es", "las delegaciones japonesas", "party:JPN"),
        ("es", "los expertos saudíes", "party:SAU"),
        ("en", "Kenya's pledge", "party:KEN"),
        ("en", "the Kenyans", "party:KEN"),
        ("en", "SAUDI ARABIA", "party:SAU"),
        ("en", "saudi arabia", "party:SAU"),
        ("en", "Cote dIvoire, Cote d'Ivoire", "party:CIV"),
        ("fr", "Cote d’Ivoire", "party:CIV"),
        ("es", "Peru", "party:PER"),
        ("ru", "Кот-д'Ивуара", "party:CIV"),
        ("en", "U.S.A.", "party:USA"),
    ],
)
def test_spelling_and_inflection_do_not_matter(
    terms: Terms, language: Language, phrase: str, concept: str
) -> None:
    assert concept in {m.concept_id for m in terms.find(phrase, language)}


@pytest.mark.parametrize(
    ("text", "concept"),
    [
        ("中国代表团谈到 TSP 2.0 与 NDCs", "initiative:ldn-tsp-2"),
        ("Qu'est-ce que le RGDRP et la Great Green Wall ?", "initiative:ggw"),
        ("Что такое Business4Land?", "initiative:business4land"),
        ("ما هو برنامج Trends.Earth؟", "initiative:trends-earth"),
        ("¿Qué es la International Drought Resilience Alliance?", "initiative:idra"),
    ],
)
def test_names_of_other_languages_are_found_in_any_text(
    terms: Terms, text: str, concept: str
) -> None:
    assert concept in {m.concept_id for m in terms.find(text)}


def test_a_common_word_is_looked_for_in_its_own_language_only(terms: Terms) -> None:
    assert "term:country" in terms.concepts("les pays", "fr")
    assert "term:country" not in terms.concepts("she pays", "en")


def test_the_longest_name_is_the_mention_and_shorter_ones_are_index_tokens(terms: Terms) -> None:
    text = "Riyadh Global Drought Resilience Partnership"
    assert [m.concept_id for m in terms.find(text)] == ["initiative:rgdrp"]
    inner = terms.concepts(text)
    assert inner[0] == "initiative:rgdrp"
    assert {"term:drought", "term:drought-resilience", "term:partnership"} <= set(inner)


def test_a_party_inside_an_organization_is_an_index_token_but_no_mention(terms: Terms) -> None:
    text = "Korea Forest Service"
    assert [m.concept_id for m in terms.find(text)] == ["organization:korea-forest-service"]
    assert "party:KOR" in terms.concepts(text)


def test_a_mention_says_where_it_stands(terms: Terms) -> None:
    text = "Grant from Saudi Arabia."
    mention = next(m for m in terms.find(text) if m.kind == "party")
    assert (mention.text, text[mention.start : mention.end]) == ("Saudi Arabia", "Saudi Arabia")


def test_an_ambiguous_name_gives_a_mention_of_each_concept(terms: Terms) -> None:
    found = terms.find("The NAP was revised.", "en")
    places = {(m.start, m.end) for m in found if m.kind == "convention"}
    assert len(places) == 1
    assert {m.concept_id for m in found} >= {
        "convention:national-action-programme",
        "convention:national-adaptation-plan",
    }


def test_one_concept_has_one_id_whatever_language_names_it(terms: Terms) -> None:
    for language, text in {
        "ar": "شراكة الرياض العالمية",
        "zh": "利雅得伙伴关系",
        "en": "Riyadh Partnership",
        "fr": "le Partenariat de Riyad",
        "ru": "Эр-Риядского партнёрства",
        "es": "la Alianza de Riad",
    }.items():
        assert terms.concepts(text, as_language(language))[0] == "initiative:rgdrp"


def test_official_names_are_written_without_marks(terms: Terms) -> None:
    assert terms.name("party:TCD", "fr") == "Tchad"
    assert terms.name("party:TCD", "en") == "Chad"
    assert terms.name("party:IRN", "en") == "Iran (Islamic Republic of)"
    assert terms.name("initiative:rgdrp", "zh") == "利雅得全球抗旱伙伴关系"
    assert not [c.id for c in terms.all for lang in LANGUAGES if terms.name(c.id, lang)[0] in "=-"]


def test_parties_are_found_by_their_codes(terms: Terms) -> None:
    assert terms.party("sau") == terms.party("SA") == terms.concept("party:SAU")
    assert terms.party("EUE") == terms.party("EU")
    assert terms.party("XXX") is None
    assert terms.concept("party:SAU").key == "SAU"


def test_an_unknown_id_is_named_in_the_error(terms: Terms) -> None:
    with pytest.raises(NotFound, match="term:nothing"):
        terms.name("term:nothing", "en")


def test_a_vocabulary_can_be_made_of_any_concepts() -> None:
    names: dict[Language, tuple[str, ...]] = dict.fromkeys(LANGUAGES, ("Ruritania",))
    ruritania = Concept("party:RUR", "party", names)
    small = Terms([ruritania], [Blocked("Ruritania Street", "en", "party:RUR")])
    assert [m.concept_id for m in small.find("In Ruritania", "en")] == ["party:RUR"]
    assert not small.find("In Ruritania Street", "en")


def test_the_vocabulary_is_read_once() -> None:
    assert load_terms() is load_terms()


PIECES = "Saudi Arabia Niger NDCs LDN TSP 2.0 de Того".split()
PIECES += ["ووبالسعودية", "لل", "ال", "ـ", "中", "国", "家", "沙特阿拉伯", ",", "(", "’"]


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=80) | st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join))
def test_mentions_are_verbatim_in_order_and_do_not_overlap(text: str) -> None:
    mentions = load_terms().find(text)
    assert all(text[m.start : m.end] == m.text for m in mentions)
    places = sorted({(m.start, m.end) for m in mentions})
    assert all(a[1] <= b[0] for a, b in pairwise(places))
    assert [m.start for m in mentions] == sorted(m.start for m in mentions)
    assert {m.concept_id for m in mentions} <= set(load_terms().concepts(text))
