"""Phrases of the generator in English; line by line the same as in the other languages."""

PHRASES = """
[heads]
C1: National digital strategy with all stakeholders
C1: Open dialogue on digital policy
C1: Partnership for public digital services
C2: Backbone network and village links
C2: Community broadband
C2: Internet exchange and fibre ring
C3: Public access centres
C3: Open data and digital libraries
C3: Rural information kiosks
C4: Digital skills for adults
C4: Training of network technicians
C4: Mobile classrooms
C5: Response team for network incidents
C5: Online safety in schools
C5: Trusted digital signatures
C6: Fair rules for the telecommunications market
C6: Reform of spectrum licensing
C6: Universal service fund
C7.government: One-stop online services of the municipality
C7.government: Digital civil register
C7.government: Online tax and procurement
C7.business: Online market for small enterprises
C7.business: Electronic payment for traders
C7.business: Digital trade documents
C7.learning: Connected schools
C7.learning: Open learning materials
C7.learning: Distance courses by radio and web
C7.health: Telemedicine between clinics
C7.health: Electronic patient records
C7.health: Health messages by telephone
C7.employment: Online labour exchange
C7.employment: Telework centres
C7.employment: Digital jobs for young people
C7.environment: Early warning by mobile telephone
C7.environment: Sensors for air and water
C7.environment: Collection of electronic waste
C7.agriculture: Market prices for farmers
C7.agriculture: Farm advice by voice message
C7.agriculture: Digital land and soil maps
C7.science: Research network of the universities
C7.science: Open repository of research
C7.science: Shared computing centre
C8: Content in local languages
C8: Digital archive of oral traditions
C8: Fonts and keyboards for minority languages
C9: Community radio goes online
C9: Newsroom for local journalists
C9: Media literacy
C10: Ethics of data and algorithms
C10: Protection of personal data
C10: Children's rights online
C11: Regional cooperation on digital policy
C11: Exchange of experts
C11: Shared statistics on the information society

[clauses]
C1: Public bodies, companies and associations draw up a digital strategy
C1: Working groups agree on goals and budgets for digital services
C1: A partnership of State and business funds shared online services
C2: Engineers lay fibre and set up radio links
C2: A cooperative builds and runs a broadband network
C2: Operators connect their networks at a common exchange point
C3: Libraries open rooms with computers and free Internet
C3: Public data and documents are put online in a simple form
C3: Kiosks give prices, forecasts and official notices
C4: Trainers teach basic digital skills
C4: Technicians learn to build and maintain networks
C4: A bus with computers brings courses
C5: A team watches networks and helps after attacks
C5: Teachers and parents offer lessons on safety online
C5: A public register issues digital signatures
C6: The regulator writes new rules for competition and prices
C6: Licences for radio spectrum are granted in an open procedure
C6: A fund pays for networks that the market does not build
C7.government: The town hall takes applications and fees online
C7.government: Births, marriages and land titles are entered in a digital register
C7.government: Tenders and tax returns move to an open portal
C7.business: A shared online shop sells local products
C7.business: Shops accept payment by mobile telephone
C7.business: Customs papers are filed and checked online
C7.learning: Schools receive devices, networks and training
C7.learning: Teachers write and share free lessons
C7.learning: Courses are sent by radio, television and the web
C7.health: Doctors in the city give advice by video
C7.health: Clinics keep patient records in an electronic system
C7.health: Messages remind patients of medicines and visits
C7.employment: A public website brings job seekers and employers together
C7.employment: Shared offices offer work at a distance
C7.employment: Courses in programming lead to first orders
C7.environment: Warnings of floods and storms are sent to every telephone
C7.environment: Sensors measure air and water and publish the data
C7.environment: Old devices are collected, repaired or recycled
C7.agriculture: Prices and forecasts are sent out by message
C7.agriculture: Advisers answer questions on farming by telephone
C7.agriculture: Maps of soil and water help to plan the planting
C7.science: A fast network joins the universities
C7.science: Articles and data of research are kept in an open repository
C7.science: A computing centre serves laboratories of several countries
C8: Writers and speakers produce content in local languages
C8: Songs, stories and crafts are recorded for a digital archive
C8: Designers make fonts, keyboards and dictionaries
C9: Community stations broadcast on air and on the web
C9: Journalists share a newsroom and legal advice
C9: Courses teach how to check news and sources
C10: Experts and citizens discuss the ethics of data
C10: Offices learn how to protect personal data
C10: Children help to write rules for safe services
C11: Neighbouring countries align their rules and plans
C11: Experts travel between regions and share methods
C11: Statistical offices collect the same indicators

[group]
for smallholder farmers
for women entrepreneurs
for schoolchildren and their teachers
for young job seekers
for older people
for persons with disabilities
for fishing communities
for refugees and host families
for nurses and midwives
for indigenous communities
for small traders
for civil servants
for students of technical schools
for people without a bank account

[where]
in remote districts
in mountain villages
on outlying islands
in border towns
in the suburbs of large cities
along the coast
in desert oases
in river valleys
in small municipalities
in former mining areas

[means]
over satellite links
by mobile telephone
through local radio
with solar power
on open-source software
through village kiosks
over fibre-optic lines
by video conference
with low-cost tablets
through a shared data centre

[aim]
so that services become cheaper
so that no one has to travel far
so that decisions rest on good data
so that local firms find customers
so that families stay in touch
so that knowledge is not lost
so that help arrives in time
so that public money is spent openly
so that girls finish school
so that harvests suffer less
so that networks survive a power cut
so that everyone can use their own language

[partner]
with public libraries
with the local university
with a network of telecentres
with mobile operators
with the chamber of commerce
with a teachers' association
with the national statistical office
with health authorities
with women's cooperatives
with volunteers from abroad

[obstacle]
irregular power supply
high prices for connections
lack of trained staff
slow delivery of equipment
unclear rules
few materials in local languages
long distances and bad roads
low trust in online services
short funding periods
frequent changes of personnel

[thing]
solar panels
mesh routers
school servers
weather stations
digital cameras
land registers
voice menus
electronic books
payment cards
signal towers
repair workshops
data protection manuals
braille displays
printing services
water meters
online forums
teaching videos
backup batteries
maps of services
recorded lectures
help desks
parcel lockers
satellite dishes
wireless relays
dictionaries
health questionnaires
price boards
emergency sirens
archives of photographs
translation tools
job advertisements
soil sensors
cold storage monitors
open standards
museum tours
registers of cooperatives

[title]
{head} in {place}
{head}, {place}
{name}: {head}
{head} ({name})

[summary]
{clause} {group} {where}.
{clause} {where}.
{clause} {group}.

[sentence]
Work began in {place} and was later extended to {place2}.
The team works {partner} and {partner2}.
Among the things provided are {thing}, {thing2} and {thing3}.
The largest difficulty so far has been this: {obstacle}.
Training is offered {group} {where}, {aim}.
Services are delivered {means}, {aim}.
A first phase in {place} reached {n} households; a second one covers {place2}.
Local staff in {place} learn to use {thing} and {thing2}.
Every year the results are discussed in public {partner}.
The approach called {name} was tested {where} before it was taken further.
Costs are shared among the municipality, the users and a fund in {place}.
{n} people have taken part since {year}, most of them {where}.
Guides and recordings can be used freely, also {group}.
A committee of users decides on prices, opening hours and {thing}.
What was learned in {place} is written down and offered to neighbouring districts {means}.
Special attention goes to {thing} and {thing2}, {aim}.
Obstacles named by participants: {obstacle}, {obstacle2}, {obstacle3}.
A study by researchers from {place} compared {thing} with {thing2} {where}.

[results]
{n} people trained and {n2} households connected.
{n} users registered in the first year; services in {place} continue without outside funds.
{n} entries published and {n2} requests answered.
Costs per user fell by {percent} per cent in {place}.
{n} devices delivered to {n2} institutions.

[obstacles]
Named so far: {obstacle}; {obstacle2}.
Work was delayed by the following: {obstacle}.

[organization]
Ministry of Digital Affairs of {name}
Communications Authority of {name}
{name} Telecom
{name} Data Services
{name} Community Network
Friends of the Libraries of {name}
University of {name}
{name} Institute of Technology
{name} Regional Union for Communications
{name} Development Programme
"""
