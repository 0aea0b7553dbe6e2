"""Countries and regions as postings name them; all other places are cities."""

from __future__ import annotations

COUNTRIES = """
belgium; belgie; belgique; belgien; the netherlands; netherlands; nederland; pays-bas
niederlande; holland; france; frankrijk; frankreich; germany; duitsland; allemagne
deutschland; luxembourg; luxemburg; grand-duche de luxembourg; switzerland; zwitserland
suisse; schweiz; austria; oostenrijk; autriche; osterreich; united kingdom
verenigd koninkrijk; royaume-uni; uk; u.k.; great britain; gb; england; engeland
angleterre; scotland; schotland; wales; northern ireland; ireland; ierland; irlande; spain
spanje; espagne; espana; portugal; italy; italie; italia; denmark; denemarken; danemark
danmark; sweden; zweden; suede; sverige; norway; noorwegen; norvege; norge; finland
finlande; iceland; poland; polen; pologne; polska; czech republic; czechia; tsjechie
slovakia; hungary; hongarije; romania; roemenie; roumanie; bulgaria; bulgarije; greece
griekenland; grece; croatia; slovenia; slovenie; serbia; turkey; turkije; turquie; ukraine
estonia; latvia; lithuania; malta; cyprus; united states; united states of america; usa
us; u.s.; u.s.a.; etats-unis; verenigde staten; canada; mexico; brazil; brazilie; argentina
chile; colombia; australia; australie; new zealand; india; china; japan; singapore
south africa; zuid-afrika; afrique du sud; morocco; marokko; maroc; israel; uae
united arab emirates; suriname; curacao; south korea; vietnam; philippines; indonesia
"""

REGIONS = """
flanders; vlaanderen; flandre; wallonia; wallonie; brussels-capital; brussels hoofdstedelijk
vlaams-brabant; waals-brabant; brabant wallon; flemish brabant; walloon brabant
west-vlaanderen; oost-vlaanderen; west flanders; east flanders; henegouwen; hainaut
limburg; provincie antwerpen; provincie luik; province de liege; province de namur
luxembourg belge; noord-brabant; north brabant; brabant; noord-holland; north holland
zuid-holland; south holland; gelderland; overijssel; drenthe; friesland; fryslan
flevoland; zeeland; randstad; twente; achterhoek; veluwe; kempen; betuwe; westland
haspengouw; waasland; meetjesland; borinage; pays de herve; ardennes; ardennen
ile-de-france; hauts-de-france; nord-pas-de-calais; nord; grand est; alsace; lorraine
bretagne; brittany; normandie; normandy; occitanie; nouvelle-aquitaine; bourgogne
auvergne-rhone-alpes; rhone-alpes; haute-savoie; paca; provence; pays de la loire
centre-val de loire; corse; var; romandie; vaud; valais; benelux; europe; emea; bavaria
bayern; nordrhein-westfalen; north rhine-westphalia; baden-wurttemberg; hessen; sachsen
california; texas; florida; massachusetts; illinois; new jersey; pennsylvania; virginia
ohio; washington state; colorado; oregon; ontario; quebec; british columbia; scandinavia
new york state; north carolina; arizona; maryland; connecticut; catalonia; lombardy
jutland; jylland; zealand; sjaelland; fyn; dach; yorkshire; kent; essex; surrey; midlands
"""
