"""Phrases of the generator in French; line by line the same as in the other languages."""

PHRASES = """
[heads]
C1: Stratégie numérique nationale avec toutes les parties prenantes
C1: Dialogue ouvert sur la politique numérique
C1: Partenariat pour les services publics numériques
C2: Réseau dorsal et liaisons villageoises
C2: Haut débit communautaire
C2: Point d’échange internet et anneau de fibre
C3: Centres d’accès publics
C3: Données ouvertes et bibliothèques numériques
C3: Kiosques d’information ruraux
C4: Compétences numériques des adultes
C4: Formation de techniciens de réseau
C4: Salles de classe mobiles
C5: Équipe d’intervention pour les incidents de réseau
C5: Sécurité en ligne à l’école
C5: Signatures numériques de confiance
C6: Règles équitables pour le marché des télécommunications
C6: Réforme des licences de fréquences
C6: Fonds de service universel
C7.government: Guichet unique en ligne de la commune
C7.government: État civil numérique
C7.government: Impôts et marchés publics en ligne
C7.business: Marché en ligne des petites entreprises
C7.business: Paiement électronique pour les commerçants
C7.business: Documents commerciaux numériques
C7.learning: Écoles connectées
C7.learning: Ressources pédagogiques libres
C7.learning: Cours à distance par la radio et le web
C7.health: Télémédecine entre dispensaires
C7.health: Dossiers médicaux électroniques
C7.health: Messages de santé par téléphone
C7.employment: Bourse de l’emploi en ligne
C7.employment: Centres de télétravail
C7.employment: Métiers du numérique pour les jeunes
C7.environment: Alerte rapide par téléphone mobile
C7.environment: Capteurs pour l’air et l’eau
C7.environment: Collecte des déchets électroniques
C7.agriculture: Prix des marchés pour les agriculteurs
C7.agriculture: Conseil agricole par message vocal
C7.agriculture: Cartes numériques des terres et des sols
C7.science: Réseau de recherche des universités
C7.science: Archive ouverte de la recherche
C7.science: Centre de calcul partagé
C8: Contenus en langues locales
C8: Archives numériques des traditions orales
C8: Polices et claviers pour les langues minoritaires
C9: La radio communautaire passe en ligne
C9: Salle de rédaction pour journalistes locaux
C9: Éducation aux médias
C10: Éthique des données et des algorithmes
C10: Protection des données personnelles
C10: Droits de l’enfant en ligne
C11: Coopération régionale en politique numérique
C11: Échange d’experts
C11: Statistiques communes sur la société de l’information

[clauses]
C1: Administrations, entreprises et associations élaborent une stratégie numérique
C1: Des groupes de travail conviennent d’objectifs et de budgets pour les services numériques
C1: Un partenariat entre l’État et les entreprises finance des services communs en ligne
C2: Des ingénieurs posent la fibre et installent des liaisons radio
C2: Une coopérative construit et exploite un réseau à haut débit
C2: Les opérateurs relient leurs réseaux à un point d’échange commun
C3: Des bibliothèques ouvrent des salles avec ordinateurs et accès gratuit
C3: Données et documents publics sont mis en ligne sous une forme simple
C3: Des kiosques affichent prix, prévisions et avis officiels
C4: Des formateurs enseignent les compétences numériques de base
C4: Des techniciens apprennent à construire et à entretenir des réseaux
C4: Un autobus équipé d’ordinateurs apporte des cours
C5: Une équipe surveille les réseaux et aide après les attaques
C5: Enseignants et parents proposent des leçons de sécurité en ligne
C5: Un registre public délivre des signatures numériques
C6: Le régulateur rédige de nouvelles règles de concurrence et de prix
C6: Les licences de fréquences sont accordées par une procédure ouverte
C6: Un fonds paie les réseaux que le marché ne construit pas
C7.government: La mairie reçoit demandes et paiements en ligne
C7.government: Naissances, mariages et titres fonciers entrent dans un registre numérique
C7.government: Appels d’offres et déclarations fiscales passent à un portail ouvert
C7.business: Une boutique commune en ligne vend des produits locaux
C7.business: Les magasins acceptent le paiement par téléphone mobile
C7.business: Les documents douaniers sont déposés et vérifiés en ligne
C7.learning: Les écoles reçoivent appareils, réseaux et formations
C7.learning: Des enseignants écrivent et partagent des leçons gratuites
C7.learning: Des cours sont diffusés par la radio, la télévision et le web
C7.health: Des médecins de la ville donnent des conseils par vidéo
C7.health: Les dispensaires tiennent les dossiers dans un système électronique
C7.health: Des messages rappellent les médicaments et les visites
C7.employment: Un site public réunit demandeurs d’emploi et employeurs
C7.employment: Des bureaux partagés offrent du travail à distance
C7.employment: Des cours de programmation mènent aux premières commandes
C7.environment: Les alertes de crue et de tempête arrivent sur chaque téléphone
C7.environment: Des capteurs mesurent l’air et l’eau et publient les données
C7.environment: Les vieux appareils sont collectés, réparés ou recyclés
C7.agriculture: Prix et prévisions sont envoyés par message
C7.agriculture: Des conseillers répondent par téléphone aux questions agricoles
C7.agriculture: Des cartes des sols et de l’eau aident à planifier les semis
C7.science: Un réseau rapide relie les universités
C7.science: Articles et données de recherche sont gardés dans une archive ouverte
C7.science: Un centre de calcul sert des laboratoires de plusieurs pays
C8: Auteurs et locuteurs produisent des contenus en langues locales
C8: Chants, récits et artisanats sont enregistrés pour des archives numériques
C8: Des graphistes créent polices, claviers et dictionnaires
C9: Des stations communautaires émettent sur les ondes et sur le web
C9: Des journalistes partagent une rédaction et des conseils juridiques
C9: Des cours apprennent à vérifier nouvelles et sources
C10: Experts et citoyens débattent de l’éthique des données
C10: Les bureaux apprennent à protéger les données personnelles
C10: Des enfants aident à écrire les règles de services sûrs
C11: Des pays voisins accordent leurs règles et leurs plans
C11: Des experts voyagent entre régions et partagent leurs méthodes
C11: Les offices de statistique recueillent les mêmes indicateurs

[group]
pour les petits exploitants agricoles
pour les femmes chefs d’entreprise
pour les écoliers et leurs maîtres
pour les jeunes demandeurs d’emploi
pour les personnes âgées
pour les personnes handicapées
pour les communautés de pêcheurs
pour les réfugiés et les familles d’accueil
pour les infirmières et les sages-femmes
pour les communautés autochtones
pour les petits commerçants
pour les fonctionnaires
pour les élèves des écoles techniques
pour les personnes sans compte bancaire

[where]
dans les districts reculés
dans les villages de montagne
sur les îles éloignées
dans les villes frontalières
dans les banlieues des grandes villes
le long de la côte
dans les oasis du désert
dans les vallées fluviales
dans les petites communes
dans d’anciennes zones minières

[means]
par liaison satellite
par téléphone mobile
grâce à la radio locale
à l’énergie solaire
avec des logiciels libres
dans les kiosques de village
par fibre optique
par visioconférence
avec des tablettes bon marché
depuis un centre de données partagé

[aim]
pour que les services deviennent moins chers
pour que personne ne doive voyager loin
pour que les décisions reposent sur de bonnes données
pour que les entreprises locales trouvent des clients
pour que les familles restent en contact
pour que le savoir ne se perde pas
pour que l’aide arrive à temps
pour que l’argent public soit dépensé au grand jour
pour que les filles terminent l’école
pour que les récoltes souffrent moins
pour que les réseaux résistent aux coupures de courant
pour que chacun puisse utiliser sa langue

[partner]
avec les bibliothèques publiques
avec l’université locale
avec un réseau de télécentres
avec les opérateurs mobiles
avec la chambre de commerce
avec une association d’enseignants
avec l’office national de statistique
avec les autorités sanitaires
avec des coopératives de femmes
avec des bénévoles venus de l’étranger

[obstacle]
électricité irrégulière
prix élevé des connexions
manque de personnel formé
livraison lente du matériel
règles peu claires
rareté des contenus en langues locales
longues distances et mauvaises routes
faible confiance dans les services en ligne
financements de courte durée
changements fréquents de personnel

[thing]
panneaux solaires
routeurs maillés
serveurs scolaires
stations météorologiques
appareils photo numériques
cadastres
menus vocaux
livres électroniques
cartes de paiement
pylônes de transmission
ateliers de réparation
manuels de protection des données
afficheurs braille
services d’impression
compteurs d’eau
forums en ligne
vidéos pédagogiques
batteries de secours
cartes des services
conférences enregistrées
centres d’assistance
consignes à colis
antennes paraboliques
relais sans fil
dictionnaires
questionnaires de santé
tableaux de prix
sirènes d’urgence
archives photographiques
outils de traduction
offres d’emploi
capteurs de sol
moniteurs de chaîne du froid
normes ouvertes
visites de musée
registres de coopératives

[title]
{head} à {place}
{head}, {place}
{name} : {head}
{head} ({name})

[summary]
{clause} {group} {where}.
{clause} {where}.
{clause} {group}.

[sentence]
Les travaux ont commencé à {place} et se sont ensuite étendus à {place2}.
L’équipe travaille {partner} et {partner2}.
Parmi les moyens fournis figurent : {thing}, {thing2} et {thing3}.
La principale difficulté jusqu’ici est la suivante : {obstacle}.
Des formations sont proposées {group} {where}, {aim}.
Les services sont fournis {means}, {aim}.
Une première phase à {place} a touché {n} ménages ; une deuxième couvre {place2}.
À {place}, le personnel local apprend à se servir des outils : {thing} et {thing2}.
Chaque année, les résultats sont débattus en public {partner}.
La méthode appelée {name} a été essayée {where} avant d’être étendue.
Les coûts sont partagés entre la commune, les usagers et un fonds de {place}.
Depuis {year}, {n} personnes ont participé, la plupart {where}.
Guides et enregistrements sont libres d’usage, aussi {group}.
Un comité d’usagers décide des prix, des horaires et d’autres points : {thing}.
Les leçons de {place} sont mises par écrit et offertes aux districts voisins {means}.
Une attention particulière va à deux points : {thing} et {thing2}, {aim}.
Obstacles cités par les participants : {obstacle}, {obstacle2}, {obstacle3}.
Une étude de chercheurs de {place} a comparé {where} deux solutions : {thing} et {thing2}.

[results]
{n} personnes formées et {n2} ménages connectés.
{n} usagers inscrits la première année ; les services de {place} continuent sans fonds extérieurs.
{n} fiches publiées et {n2} demandes traitées.
Le coût par usager a baissé de {percent} pour cent à {place}.
{n} appareils livrés à {n2} établissements.

[obstacles]
Cités jusqu’ici : {obstacle} ; {obstacle2}.
Les travaux ont été retardés pour la raison suivante : {obstacle}.

[organization]
Ministère du numérique de {name}
Autorité des communications de {name}
{name} Télécom
Services de données {name}
Réseau communautaire de {name}
Amis des bibliothèques de {name}
Université de {name}
Institut de technologie de {name}
Union régionale des communications de {name}
Programme de développement de {name}
"""
