"""Phrases of the generator in Spanish; line by line the same as in the other languages."""

PHRASES = """
[heads]
C1: Estrategia digital nacional con todas las partes interesadas
C1: Diálogo abierto sobre política digital
C1: Alianza para los servicios públicos digitales
C2: Red troncal y enlaces a las aldeas
C2: Banda ancha comunitaria
C2: Punto de intercambio de internet y anillo de fibra
C3: Centros públicos de acceso
C3: Datos abiertos y bibliotecas digitales
C3: Quioscos rurales de información
C4: Competencias digitales para adultos
C4: Formación de técnicos de redes
C4: Aulas móviles
C5: Equipo de respuesta a incidentes de red
C5: Seguridad en línea en las escuelas
C5: Firmas digitales de confianza
C6: Reglas justas para el mercado de telecomunicaciones
C6: Reforma de las licencias de espectro
C6: Fondo de servicio universal
C7.government: Ventanilla única en línea del municipio
C7.government: Registro civil digital
C7.government: Impuestos y compras públicas en línea
C7.business: Mercado en línea para pequeñas empresas
C7.business: Pago electrónico para comerciantes
C7.business: Documentos comerciales digitales
C7.learning: Escuelas conectadas
C7.learning: Materiales educativos abiertos
C7.learning: Cursos a distancia por radio y web
C7.health: Telemedicina entre centros de salud
C7.health: Historias clínicas electrónicas
C7.health: Mensajes de salud por teléfono
C7.employment: Bolsa de trabajo en línea
C7.employment: Centros de teletrabajo
C7.employment: Empleos digitales para jóvenes
C7.environment: Alerta temprana por teléfono móvil
C7.environment: Sensores para el aire y el agua
C7.environment: Recogida de residuos electrónicos
C7.agriculture: Precios de mercado para agricultores
C7.agriculture: Asesoría agrícola por mensaje de voz
C7.agriculture: Mapas digitales de tierras y suelos
C7.science: Red de investigación de las universidades
C7.science: Repositorio abierto de investigación
C7.science: Centro de cálculo compartido
C8: Contenidos en lenguas locales
C8: Archivo digital de tradiciones orales
C8: Tipografías y teclados para lenguas minoritarias
C9: La radio comunitaria llega a la red
C9: Redacción para periodistas locales
C9: Alfabetización mediática
C10: Ética de los datos y los algoritmos
C10: Protección de los datos personales
C10: Derechos de la infancia en línea
C11: Cooperación regional en política digital
C11: Intercambio de expertos
C11: Estadísticas comunes de la sociedad de la información

[clauses]
C1: Organismos públicos, empresas y asociaciones elaboran una estrategia digital
C1: Grupos de trabajo acuerdan metas y presupuestos para los servicios digitales
C1: Una alianza del Estado y las empresas financia servicios comunes en línea
C2: Ingenieros tienden fibra e instalan enlaces de radio
C2: Una cooperativa construye y gestiona una red de banda ancha
C2: Los operadores unen sus redes en un punto de intercambio común
C3: Las bibliotecas abren salas con computadoras y acceso gratuito
C3: Datos y documentos públicos se publican en línea en forma sencilla
C3: Los quioscos ofrecen precios, pronósticos y avisos oficiales
C4: Instructores enseñan competencias digitales básicas
C4: Técnicos aprenden a construir y mantener redes
C4: Un autobús con computadoras lleva cursos
C5: Un equipo vigila las redes y ayuda después de los ataques
C5: Docentes y padres ofrecen lecciones de seguridad en línea
C5: Un registro público emite firmas digitales
C6: El regulador redacta nuevas reglas de competencia y precios
C6: Las licencias de espectro se otorgan en un procedimiento abierto
C6: Un fondo paga las redes que el mercado no construye
C7.government: El ayuntamiento recibe solicitudes y pagos en línea
C7.government: Nacimientos, matrimonios y títulos de tierras entran en un registro digital
C7.government: Licitaciones y declaraciones de impuestos pasan a un portal abierto
C7.business: Una tienda común en línea vende productos locales
C7.business: Las tiendas aceptan el pago por teléfono móvil
C7.business: Los documentos de aduana se presentan y revisan en línea
C7.learning: Las escuelas reciben equipos, redes y formación
C7.learning: Docentes escriben y comparten lecciones gratuitas
C7.learning: Los cursos se emiten por radio, televisión y web
C7.health: Médicos de la ciudad dan consejos por video
C7.health: Los centros de salud llevan las historias en un sistema electrónico
C7.health: Mensajes recuerdan las medicinas y las visitas
C7.employment: Un sitio público reúne a quienes buscan y ofrecen trabajo
C7.employment: Oficinas compartidas ofrecen trabajo a distancia
C7.employment: Cursos de programación conducen a los primeros encargos
C7.environment: Las alertas de inundación y tormenta llegan a cada teléfono
C7.environment: Sensores miden el aire y el agua y publican los datos
C7.environment: Los aparatos viejos se recogen, reparan o reciclan
C7.agriculture: Precios y pronósticos se envían por mensaje
C7.agriculture: Asesores responden por teléfono a preguntas del campo
C7.agriculture: Mapas de suelo y agua ayudan a planificar la siembra
C7.science: Una red rápida une a las universidades
C7.science: Artículos y datos de investigación se guardan en un repositorio abierto
C7.science: Un centro de cálculo sirve a laboratorios de varios países
C8: Escritores y hablantes producen contenidos en lenguas locales
C8: Cantos, relatos y artesanías se graban para un archivo digital
C8: Diseñadores crean tipografías, teclados y diccionarios
C9: Emisoras comunitarias transmiten en el aire y en la red
C9: Periodistas comparten una redacción y asesoría jurídica
C9: Cursos enseñan a comprobar noticias y fuentes
C10: Expertos y ciudadanos debaten la ética de los datos
C10: Las oficinas aprenden a proteger los datos personales
C10: Niños ayudan a escribir reglas para servicios seguros
C11: Países vecinos armonizan sus reglas y planes
C11: Expertos viajan entre regiones y comparten métodos
C11: Las oficinas de estadística recogen los mismos indicadores

[group]
para pequeños agricultores
para mujeres emprendedoras
para escolares y sus maestros
para jóvenes que buscan empleo
para personas mayores
para personas con discapacidad
para comunidades de pescadores
para refugiados y familias de acogida
para enfermeras y parteras
para comunidades indígenas
para pequeños comerciantes
para funcionarios públicos
para estudiantes de escuelas técnicas
para personas sin cuenta bancaria

[where]
en distritos remotos
en aldeas de montaña
en islas apartadas
en ciudades fronterizas
en los suburbios de las grandes ciudades
a lo largo de la costa
en oasis del desierto
en valles fluviales
en municipios pequeños
en antiguas zonas mineras

[means]
por enlace satelital
por teléfono móvil
a través de la radio local
con energía solar
con programas de código abierto
en quioscos de aldea
por fibra óptica
por videoconferencia
con tabletas de bajo costo
desde un centro de datos compartido

[aim]
para que los servicios sean más baratos
para que nadie tenga que viajar lejos
para que las decisiones se basen en buenos datos
para que las empresas locales encuentren clientes
para que las familias sigan en contacto
para que el saber no se pierda
para que la ayuda llegue a tiempo
para que el dinero público se gaste con transparencia
para que las niñas terminen la escuela
para que las cosechas sufran menos
para que las redes resistan un corte de luz
para que cada cual pueda usar su lengua

[partner]
con bibliotecas públicas
con la universidad local
con una red de telecentros
con operadores móviles
con la cámara de comercio
con una asociación de docentes
con la oficina nacional de estadística
con las autoridades sanitarias
con cooperativas de mujeres
con voluntarios del extranjero

[obstacle]
suministro eléctrico irregular
precios altos de conexión
falta de personal formado
entrega lenta de equipos
reglas poco claras
pocos materiales en lenguas locales
largas distancias y malos caminos
poca confianza en los servicios en línea
plazos cortos de financiación
cambios frecuentes de personal

[thing]
paneles solares
enrutadores en malla
servidores escolares
estaciones meteorológicas
cámaras digitales
catastros
menús de voz
libros electrónicos
tarjetas de pago
torres de señal
talleres de reparación
manuales de protección de datos
pantallas braille
servicios de impresión
medidores de agua
foros en línea
videos didácticos
baterías de respaldo
mapas de servicios
clases grabadas
mesas de ayuda
casilleros de paquetes
antenas satelitales
repetidores inalámbricos
diccionarios
cuestionarios de salud
tableros de precios
sirenas de emergencia
archivos fotográficos
herramientas de traducción
ofertas de empleo
sensores de suelo
monitores de cadena de frío
normas abiertas
visitas a museos
registros de cooperativas

[title]
{head} en {place}
{head}, {place}
{name}: {head}
{head} ({name})

[summary]
{clause} {group} {where}.
{clause} {where}.
{clause} {group}.

[sentence]
El trabajo comenzó en {place} y luego se extendió a {place2}.
El equipo trabaja {partner} y {partner2}.
Entre los medios aportados figuran {thing}, {thing2} y {thing3}.
La mayor dificultad hasta ahora ha sido la siguiente: {obstacle}.
Se ofrece formación {group} {where}, {aim}.
Los servicios se prestan {means}, {aim}.
Una primera fase en {place} llegó a {n} hogares; una segunda abarca {place2}.
El personal local de {place} aprende a usar {thing} y {thing2}.
Cada año los resultados se debaten en público {partner}.
El método llamado {name} se probó {where} antes de extenderse.
Los costos se reparten entre el municipio, los usuarios y un fondo de {place}.
Desde {year} han participado {n} personas, la mayoría {where}.
Las guías y grabaciones son de uso libre, también {group}.
Un comité de usuarios decide sobre precios, horarios y {thing}.
Lo aprendido en {place} se pone por escrito y se ofrece a los distritos vecinos {means}.
Se presta especial atención a {thing} y {thing2}, {aim}.
Obstáculos citados por los participantes: {obstacle}, {obstacle2}, {obstacle3}.
Un estudio de investigadores de {place} comparó {thing} y {thing2} {where}.

[results]
{n} personas formadas y {n2} hogares conectados.
{n} usuarios inscritos el primer año; los servicios de {place} siguen sin fondos externos.
{n} fichas publicadas y {n2} consultas respondidas.
El costo por usuario bajó un {percent} por ciento en {place}.
{n} equipos entregados a {n2} instituciones.

[obstacles]
Citados hasta ahora: {obstacle}; {obstacle2}.
El trabajo se retrasó por lo siguiente: {obstacle}.

[organization]
Ministerio de Asuntos Digitales de {name}
Autoridad de Comunicaciones de {name}
{name} Telecomunicaciones
Servicios de Datos {name}
Red Comunitaria de {name}
Amigos de las Bibliotecas de {name}
Universidad de {name}
Instituto de Tecnología de {name}
Unión Regional de Comunicaciones de {name}
Programa de Desarrollo de {name}
"""
