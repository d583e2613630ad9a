"""What each rule of the wording check takes up, and what it lets through.

A table a rule: pledges that are found, and pledges that are not. Own words, from what real promises hold.
"""

import pytest

from lofte_engine.text.wording import check_pledge

HITS = {
    "L1": """
        Insatser ska genomföras mot narkotika i centrum under 2026.
        Trafikkontroller ska göras varje vecka i Läggesta.
        Minst fyra trygghetsvandringar ska hållas under 2025.
        Genomföra minst 50 trafikkontroller i byarna under 2017.
        Trygghetsvandring vid Läggesta station, våren 2025.
        Vi ska synas mer på Stora torget under sommaren.
        Man kommer att öka antalet fotpatruller i Norrby.
        Samverkan med polisen ska stärkas under året.
        Arbetet mot klotter ska fortsätta tillsammans med andra aktörer.
        Alla högstadieskolor i Strängnäs kommun ska besökas två gånger under läsåret.
        Belysningen i gångtunnlarna ses över två gånger om året.
        Skolorna ska få besök minst två gånger per termin.
        Antalet anmälningar till polisen ska öka under 2026.
        Tryggheten vid resecentrum ska öka under 2026.
        Informationsträffar om bedrägerier hålls för äldre i Mariefred varje månad.
        Kommunens gångtunnlar ska målas om före sommaren.
        En handlingsplan mot klotter ska tas fram senast den 1 juni 2026.
        Berörda aktörer ska träffas en gång i månaden.
        Skolor och fritidsgårdar ska besökas varje vecka.
        Andelen elever som har använt narkotika ska vara lägre än i CAN-undersökningen 2023.
        Barn och unga i Kungsbacka ska få tycka till om sin skolväg.
        Narkotikahund ska gå genom gymnasiet en gång per termin på begäran av rektor.
        """,
    "L2": """
        Polisen ska genomföra insatser mot narkotika i Centrum under 2018.
        Polisen och kommunen ska hålla trygghetsvandringar i Norrby under 2025.
        Kommunen ska förbättra belysningen vid resecentrum före vintern 2026.
        Polisen ska regelbundet fotpatrullera på Rosengård.
        Polisen ska göra fler trafikkontroller i byarna under 2026.
        Polisen ska ha extra uppsikt vid skolorna under 2025 och 2026.
        Polisen ska prata med ungdomar under 18 år i årskurs 9.
        Polisen ska finnas i Centrum på fredagar kl. 20–02.
        Polisen ska kontrollera farten på väg 55 och E20.
        Kommunen ska minska skadegörelsen vid Råslättsskolan under 2026.
        Polisen ska göra flera 20 minuter långa trafikkontroller i området.
        Polisen fotpatrullerar i Gottsunda. Det följs upp två gånger om året.
        Kommunen och polisen ska ha en nära dialog med bostadsbolagen under 2026.
        Ett antal trafikkontroller ska göras av polisen i Hallsberg.
        Polisen ska göra trafikkontroller i samtliga kommundelar under 2019.
        Polisen ska finnas i de tre kommundelarna under hösten.
        Kommunen vill ha en tryggare kommun under de två närmaste åren.
        Ring 114 14 om du ser klotter i Norrby under 2026, så åker polisen ut.
        Polisen och kommunen ska arbeta mot köp av sex i Centrum under 2026.
        Gatlyktor sätts upp längs gångvägen av kommunen före vintern.
        Polisen ska finnas utanför högstadieskolorna vid skoldagens slut.
        Socialtjänsten ringer hem när polisen har omhändertagit någon under 18.
        """,
    "L3": """
        Kommunen håller tre möten under löftesperioden.
        Polisen kontrollerar farten i Hulta dygnet runt, året om.
        Polisen ska hålla minst fyra trygghetsvandringar i Norrby.
        Polisen ska göra en trafikkontroll om dagen i Luleå.
        Kommunen ska laga trasiga lampor inom fem dagar.
        Polisen ska minska inbrotten i Vimmerby jämfört med 2024.
        Polisen ska minska antalet bostadsinbrott från 28 år 2021 till 20.
        Polisen ska finnas i Centrum fredagar och lördagar mellan kl. 22 och 03.
        Polisen ska besöka skolorna. Resultatet redovisas i januari 2026.
        Kommunen går en rond i tunnlarna varje vecka.
        Polisen kontrollerar mopeder på väg 55.
        Bostadsbolaget lagar trasiga lås i Vivalla inom tre arbetsdagar.
        Ungdomar under 21 år ska få prata med polisen i Strängnäs.
        """,
    "L4": """
        Polisen ska hålla minst fyra trygghetsvandringar i Norrby under 2026.
        Polisen ska genomföra insatser i Centrum. Arbetet följs upp tertialvis.
        Kommunen ska laga belysningen i tunnlarna före hösten.
        Polisen ska göra 50 kontroller i byarna. Arbetet följs upp.
        Polisen ska synas mer i Gottsunda under 2026.
        Arbetet redovisas tertialvis på polisen.se. Polisen genomför insatser i Norrby.
        """,
    "L5": """
        Kommunen satsar på tio kvällar med fältare i Hulta.
        Polisen avser att göra tio kontroller i Hulta.
        Polisen ska verka för en tryggare miljö i Centrum.
        Kommunen arbetar för att fler ska känna sig trygga.
        Polisen kommer att arbeta förebyggande i skolorna.
        Polisen ska arbeta aktivt och långsiktigt mot narkotika i Norrby.
        Kommunen värnar om en levande stadskärna.
        Kommunen ska främja goda uppväxtvillkor.
        Polisen ska stärka samverkan med bostadsbolagen.
        Polisen och kommunen bidrar till ett tryggare Centrum.
        Polisen fortsätter sitt arbete vid resecentrum.
        Kommunen satsar på trygga skolvägar.
        Kommunen ska se över belysningen i tunnlarna.
        Polisen och kommunen ska utveckla samverkan.
        Polisen medverkar till att fler unga mår bra.
        Kommunen strävar efter att göra torget tryggare.
        Polisen ska försöka finnas på plats oftare.
        Arbetet mot klotter ska fortsättas av kommunen.
        Belysningen ska ses över av kommunen.
        Polisen ska jobba med trafiken i byarna.
        Kommunen har som ambition att minska nedskräpningen.
        Polisen ska ha fokus på mopedtrafiken.
        Polisen ska föra en god dialog med föreningarna.
        Vi vill vidareutveckla samarbetet med skolan.
        Polisen ska arbeta för att minska inbrotten med 10 procent under 2026.
        Samarbetet med krögarna fördjupas.
        Samverkan med skolorna ska stärkas av kommunen.
        Kommunen lovar att göra sitt bästa för torget.
        Kommunen utreder möjligheten att sätta upp kameror vid Vasaparken.
        Polisen kommer fortsatt att finnas i Nyköpings centrum.
        Polisen avser att synas mer på gatorna.
        Nattvandring ska uppmuntras.
        """,
    "L6": """
        Kommunen värnar om alla invånares vardag.
        Polisen ska i möjligaste mån besöka restauranger.
        Polisen ska hålla minst fyra trygghetsvandringar under 2026.
        Polisen och Luleå kommun ska göra minst 50 trafikkontroller under 2017.
        Polisen ska minska otryggheten på utsatta platser under 2026.
        Kommunen ska sätta ungdomarna i centrum under 2026.
        Polisen ska berätta om bedrägerier på Facebook en gång i månaden.
        Kommunen redovisar enligt NTU och Brå varje år.
        Polisen och Räddningstjänsten ska hålla tio utbildningar före juni.
        Polisen ska stoppa trimmade A-traktorer varje helg i sommar.
        Polisen ska fortlöpande delta i Brå-möten.
        Vi ska erbjuda feriepraktik till ungdomar under 2026.
        """,
    "L6-kommun": """
        Polisen ska minska klottret i kommunens offentliga miljöer.
        Polisen ska göra 50 trafikkontroller i kommunen under 2026.
        Polisen ska göra trafikkontroller i samtliga kommundelar under 2019.
        Polisen ska göra 50 trafikkontroller i Luleå kommun under 2017.
        Polisen patrullerar varje vecka i hela kommunen.
        Polisen och kommunen håller fyra vandringar runt om i kommunen.
        Räddningstjänsten Storgöteborg genomför tio aktiviteter i Kungälv under 2021.
        Ett tryggare Vetlanda för alla.
        Polisen gör 52 hastighetskontroller i Oskarshamn 2021.
        Kommunen bjuder in till möte i varje kommundel före midsommar.
        """,
    "L7": """
        Polisen ska göra minst 50 trafikkontroller i byarna under 2017.
        Polisen fotpatrullerar i Centrum varje fredag under 2026.
        Kommunen ska hålla två utbildningar för restaurangpersonal i Luleå.
        Polisen och kommunen ska hålla tre medborgarmöten per år i Piteå.
        Kommunen målar om gångtunnlarna före juni 2026.
        Gatukontoret byter armaturer vid Vallaskogen före november 2026.
        """,
    "L8": """
        Polisen gör minst 50 kontroller i byarna till och med maj 2026.
        Polisen gör minst 50 kontroller i byarna under 2026 och 2027.
        Kommunen ordnar tio promenader i Hulta till och med hösten 2026.
        Polisen ska göra minst 50 trafikkontroller i byarna.
        Polisen och kommunen ska hålla fyra trygghetsvandringar i Norrby.
        Polisen ska göra 800 fotpatruller per område i Jönköping.
        Polisen ska göra ett tiotal skolbesök i Dorotea.
        Kommunen ska hålla två utbildningar för krogpersonal i Luleå.
        Minst två riktade insatser ska göras mot trimmade mopeder.
        """,
    "L9": """
        Polisen gör tio spaningsinsatser i Hulta.
        Polisen ska öka tryggheten i Centrum.
        Kommunen arbetar brottsförebyggande i skolorna.
        Polisen ska öka sin närvaro i Gottsunda.
        Polisnärvaron ska öka vid resecentrum.
        Polisen ska genomföra insatser mot buskörning.
        Kommunen ska erbjuda tidiga insatser till unga.
        En tryggare kommun att leva i.
        Polisen gör två planerade insatser vid Läggesta.
        Kommunen gör trygghetsskapande åtgärder i tunnlarna.
        Otryggheten vid stationen ska minska.
        Polisen kommer att vara synligt närvarande vid stationen.
        Bygga bort otrygga buskage vid Visholmen.
        """,
    "L10": """
        Räddningstjänsten Storgöteborg genomför tio aktiviteter med ungdomar i Kungälv till och med december 2021.
        Polisen ska tillsammans med kommunen, bostadsbolagen, föreningarna och de som bor i området under hela \
            året gå vandringar där alla som vill kan vara med och säga vad som behöver bli bättre.
        Polismyndigheten genomför trafiksäkerhetshöjande kontrollverksamhet avseende hastighetsöverträdelser \
            beträffande genomfartstrafiken genom samhällena tillsammans med samverkanspartner.
        """,
    "L11": """
        Polisen genomför tio fartkontroller vid skolan under 2027, och kommunen sätter upp två farthinder.
        Kommunen röjer sly längs gångvägen i Norr samt byter ut lamporna i tunneln under 2027.
        Polisen ska genomföra 12 fotpatruller och ha fyra möten med föreningarna i Norr under 2027.
        Områdespolisen besöker alla sjuor i Norr under 2027 och föräldrarna bjuds in till ett möte.
        Kommunen anställer två fältare och öppnar en fritidsgård i Norr under 2027.
        Polisen patrullerar till fots i Norr varje fredag under 2027; kommunen håller fritidsgården öppen till 23.
        Vi ska minska skadegörelsen med 10 procent och cykelstölderna med 20 procent i centrum till 2027.
        Polisen ska både öka närvaron på kvällarna i centrum och utreda alla anmälda inbrott under 2027.
        Trasiga lampor i centrum byts inom två dagar och klotter saneras inom ett dygn under 2027.
        Polisen håller öppen mottagning i Hulta varannan vecka under 2027, medan kommunen ansvarar för nattvandrarna.
        Kommunen ska dels rusta upp parken i Norr, dels utbilda 20 ordningsvakter under 2027.
        Räddningstjänsten besöker tre skolor i Norr och polisen gör sex nykterhetskontroller under 2027.
        Bostadsbolaget byter lås i källarna i Ekbacken under 2027 och polisen märker cyklar vid två tillfällen.
        Minst fyra vandringar och tio föräldramöten ska hållas i Norr under 2027.
        Kommunen tar fram en handlingsplan mot hedersförtryck och polisen utser en kontaktperson senast 1 mars 2027.
        Vi sätter upp belysning på Parkgatan samt målar om tunneln vid stationen innan oktober 2027.
        Polisen ska hålla en cykelmärkning i varje kommundel och kommunen ska köpa in 50 lås under 2027.
        Kommunen ska utbilda serveringspersonal på sex krogar samt kontrollera åldersgränser i tio butiker under 2027.
        Under 2027 ställer kommunen ut tio bänkar i centrum och plockar skräp varje morgon.
        Polisen ska lösa upp trafikstockningen vid skolan och minska antalet stölder i centrum med 20 procent 2027.
        Vi ska ta bort buskarna vid stationen och rusta upp väntsalen före 1 maj 2027.
        Trygghetsvakterna går två rundor varje kväll i centrum 2027 och kommunens växel tar emot tips dygnet runt.
        I maj ställer kommunen upp en skylt vid skolan, och polisen kontrollerar farten.
        Sanering, beskärning samt ronder ska göras vid stationen av kommunen.
        Polisen kontrollerar farten vid skolan och kommunen lagar belysningen.
        Polisen ska hålla fyra vandringar och tio informationsträffar under 2026.
        Kommunen ska sätta upp kameror och måla om tunneln före juni.
        Polisen ska minska skadegörelsen och öka tryggheten i Norrby.
        Belysningen ska bytas ut och buskarna ska klippas under våren.
        Polisen ska göra trafikkontroller och skolbesök i Eda.
        Polisen ska genomföra 4 insatser samt 4 medborgarmöten på Hässleholmen.
        Polisen patrullerar Centrum varje fredag och besöker fritidsgården en gång i månaden.
        Polisen gör två kontroller i veckan. Kommunen håller fyra vandringar om året.
        Kommunen anställer två fältare och öppnar en fritidsgård i Mariefred.
        Polisen ska genomföra två hundsök i skolorna samt mäta narkotika i avloppsvattnet.
        Kommunen kommer att rensa sly och byta ut armaturer längs gångvägen i Hulta.
        Polisen ska göra minst 25 spaningsinsatser på Rosengård och minst 250 fotpatrulleringar på utsatta platser.
        Kommunen ska besöka familjer som bor på Norrby och lämna information om sommarjobb.
        """,
    "L12": """
        Inga bilar blir stulna i Hulta under 2026.
        Gänget som säljer narkotika vid kiosken ska bort.
        Det ska vara noll inbrott i Norrby under 2026.
        Vi garanterar att alla är trygga på torget.
        Inga ungdomar ska dras in i kriminalitet.
        Ingen ska behöva vara rädd vid resecentrum.
        Alla invånare ska känna sig trygga i Centrum.
        Polisen ska stoppa all narkotikahandel i Gottsunda.
        Narkotikan ska försvinna från skolorna.
        Kommunen ser till att inga barn mobbas.
        Polisen ska utrota buskörningen på väg 55.
        Skolorna ska vara helt fria från droger.
        Kommunen ska bli narkotikafri.
        Inte ett enda barn ska skadas i trafiken.
        Polisen ska klara upp alla inbrott.
        Unga ska inte begå brott.
        Polisen ska se till att alla känner sig trygga i Rosengård.
        Ungdomar under 21 år ska inte komma i kontakt med narkotika.
        Alla som bor i Norrby ska våga gå ut på kvällen.
        Bilbränderna ska ner till noll.
        Föräldrar ska ta ansvar för sina barn.
        Alla cykelstölder ska klaras upp.
        En skola utan droger.
        Polisen lovar att du är trygg på torget.
        """,
    "L13": """
        De som söker asyl i Hulta ska kontrolleras för att minska stölderna.
        Grabbarna från Hulta som kör moped på torget ska stoppas.
        Psykiskt sjuka som bråkar på Hulta torg ska köras bort.
        Polisen ska stoppa ungdomarna i Norrby som säljer narkotika.
        Polisen ska kontrollera somaliska ungdomar för att minska rånen i Centrum.
        Polisen ska vräka de tre bröderna på Ekvägen.
        Kommunen ska prata med familjen på Björkgatan.
        Störningarna på Skolgatan 14 ska upphöra.
        Anna Andersson på kommunen ska hålla fyra möten.
        Polisen ska kartlägga de romska familjerna som stjäl på torget.
        Polisen ska gripa 17-åringen i Gottsunda.
        Polisen ska jaga bort ungdomsgänget vid Läggesta station.
        Insatser mot invandrarungdomar som begår brott i centrum.
        Kriminella ungdomar i Hässleholmen ska kontrolleras varje kväll.
        Polisen ska hålla efter missbrukarna på Stora torget.
        Killarna i 20-årsåldern som hänger vid Willys i Norrby och langar ska bort.
        Ungdomar från Tynnered som begår rån ska placeras på annan ort.
        Rumänska ligor ska stoppas från att göra inbrott i Vimmerby.
        De boende i kvarteret Hjorten som säljer narkotika ska vräkas.
        Polisen gör hembesök hos familjen Andersson varje vecka.
        De boende på Lingonvägen 7 ska få nytt lås.
        Den muslimska friskolan i Vivalla ska kontrolleras eftersom elever där begår brott.
        Ungdomarna på Råslätt ska sluta begå brott.
        Polisen ska hålla efter de kriminella på Rosengård.
        Familjerna vid torget som är kända för inbrott ska kontrolleras.
        """,
    "L14": """
        Antalet anmälda narkotikabrott i centrum ska ligga under 40 år 2027.
        Högst 20 narkotikabrott anmäls i kommunen under 2027.
        Narkotikabrottsligheten i centrum ska minska med 10 procent under 2027, mätt i anmälda brott.
        Antalet rattfyllor på riksvägen ska minska under 2027.
        Vi vill se färre anmälda rattfylleribrott i kommunen 2027.
        Antalet ingripanden mot narkotika ska gå ned i Norr under 2027.
        Narkotikan i centrum ska minska. Det mäter vi med antalet beslag.
        Mindre narkotika på gatorna i Norr, räknat i antal beslag under 2027.
        Trafiken vid skolan ska bli lugnare. Resultatet följs upp med antalet böter.
        Färre förare ska åka fast för fortkörning på Storgatan under 2027.
        Antalet personer som tas för innehav av narkotika i Norr ska minska under 2027.
        Färre ungdomar ska bli tagna med narkotika i Norr under 2027.
        Att antalet rapporterade trafikbrott sjunker är vårt mått på en säkrare trafik i centrum.
        Vi räknar antalet gripna för att se om det har blivit lugnare på torget under 2027.
        Antalet anmälda vapenbrott i Norr ska halveras till 2027.
        Narkotikabrotten ska bli 10 procent färre i centrum 2027 än 2026.
        Målet är 15 procent färre knivbrott och narkotikabrott i centrum 2027.
        Andelen elever som tas med cannabis ska minska i Norr under 2027.
        Vi lyckas om polisen skriver färre fortkörningsböter på Skolgatan 2027 än 2026.
        Effekten mäts genom antalet genomförda visitationer i Norr: färre skjutningar 2027.
        Tryggheten ökar i Norr. Vi ser det på att fler vapen tas i beslag under 2027.
        Vi ska ner till 25 narkotikabrott i centrum under 2027.
        Polisens mål är att antalet upptäckta narkotikabrott i Norr minskar från 60 till 40 under 2027.
        Trafiken på väg 55 blir säkrare 2027, vilket syns i att färre får böter.
        Andelen unga som ertappas med droger vid skolan ska halveras 2027.
        Fler beslag av cannabis ska leda till mindre narkotika i Norr 2027.
        Vi minskar rattfylleriet i kommunen 2027. Måttet är hur många som blåser positivt i polisens kontroller.
        Brott mot knivlagen i centrum ska bli 20 procent färre under 2027.
        Under 2027 ska högst tio personer gripas för narkotikabrott på torget.
        Trafiken i byarna ska bli lugnare. Det mäts i antalet kontroller.
        Polisen ska skriva 100 böter. Det ska visa att trafiken har blivit säkrare.
        Beslagen visar att narkotikan minskar.
        Polisen ska minska narkotikabrotten i Centrum.
        Antalet rattfyllerister ska minska under 2026.
        Färre anmälda narkotikabrott i Gottsunda.
        Narkotikabrotten ska bli färre i Norrby.
        Polisen ska halvera antalet trafikbrott på väg 55.
        Målet är att öka antalet beslag i Centrum.
        Antalet hastighetsöverträdelser ska minska med 20 procent.
        Polisen ska sänka antalet vapenbrott i Malmö.
        Polisen ska halvera antalet fortkörare på Riksväg 40.
        """,
    "L15": """
        Kommunen ska starta minst 8 grannsamverkansområden. 2019 blev det 20.
        Polisen ska göra lika många trafikkontroller som i fjol.
        Polisen ska göra minst 50 kontroller (301 under 2018).
        Polisen ska göra 1000 kontroller, jämfört med 80 förra året.
        Kommunen ska hålla fyra vandringar, samma antal som förra året.
        Polisen ska hålla samma nivå som 2024 på trafikkontrollerna i byarna.
        Förra året gjorde vi 12 skolbesök. I år gör polisen minst 10 skolbesök.
        Målet för 2025 är 200 fotpatruller. 2024 genomfördes 212.
        Kommunen bibehåller antalet fältassistenter.
        Polisen ska göra tio gånger fler kontroller.
        Kommunen ska hålla fjolårets nivå på trygghetsvandringar.
        Vi nådde 20 områden 2019. Kommunen startar minst 10 områden.
        """,
}

PASSES = {
    "L1": """
        Polisen ska göra minst 50 trafikkontroller i byarna under 2017.
        Polisen och Strängnäs kommun kommer, i samverkan med andra aktörer, att hålla fyra möten.
        Trafikkontroller ska göras av polisen varje vecka.
        Under 2025 ska kommunen laga alla lampor vid stationen.
        Varje vecka besöker fältgruppen fritidsgården.
        Socialtjänsten håller samtal inom tre dagar.
        Räddningstjänsten ska genomföra minst tio aktiviteter i Kungälv.
        AB Bostäder rondar trapphusen varje vecka.
        Västtrafik städar hållplatserna varje dag.
        Minst fyra vandringar ska hållas. Ansvarig: kommunens säkerhetssamordnare
        Fastighetsägarna ska ta bort klotter inom två dygn.
        Polisens närvaro i Gottsunda ska öka till tre pass i veckan.
        Skolorna ska besökas av ungdomspolisen två gånger om året.
        Vi på Strängnäs kommun ska laga lamporna.
        Trygghetsvandringar genomförs tillsammans med hyresgästföreningen.
        Områdespoliserna går till fots i Norrby varje dag.
        Rektorerna bjuder in föräldrar till två möten om året.
        Borås Stad målar om tunneln före juni.
        Gatukontoret byter trasiga lampor inom en vecka.
        Ägarna till centrumfastigheterna i Borås håller entréerna upplysta hela natten.
        I samverkan mellan polis, kommun och räddningstjänst hålls tre brandövningar.
        Fotpatruller i Centrum, minst tre i veckan. Ansvarig: Polisen
        Trafiksäkerhetsrådet ska träffas.
        Lokalpolisområde Strängnäs har en fotpatrull vid Resecentrum.
        Kommunen och polisen går vandringar.
        Strandhagens fritidsförening håller öppet två kvällar i veckan.
        """,
    "L2": """
        Polisen ska minska fylleriet i Hulta. Det mäts i hur många som omhändertas.
        Kommunen lovar att ingen mer cykel blir stulen i Hulta.
        Polisen ska hålla minst fyra trygghetsvandringar i Norrby.
        Polisen gör en trafikkontroll om dagen i Luleå.
        Polisen fotpatrullerar dagligen i Centrum.
        Polisen fotpatrullerar varje fredagskväll vid resecentrum.
        Kommunen håller möten varannan vecka med krögarna.
        Polisen gör ett tiotal skolbesök under våren.
        Polisen är på plats en gång i månaden i Dorotea.
        Kommunen lagar trasiga lampor inom 48 timmar.
        Andelen som känner sig trygga ska öka från 60 till 70 procent.
        Kommunen ska hålla en trygghetsvandring i Läggesta under våren.
        Polisen ska göra tvåhundra kontroller i Jönköping.
        Antalet inbrott ska minska jämfört med 2024.
        Kommunen ska ta fram en handlingsplan mot klotter.
        Polisen besöker alla högstadieskolor i Strängnäs.
        Kommunen ska inrätta ett trafiksäkerhetsråd under 2019.
        Skadegörelsen ska halveras till 2027.
        Polisen ska genomföra hundsök i två skolor.
        Polisen håller möten med föreningarna tre gånger per termin.
        Polisen ska göra minst 1 200 kontroller.
        Kommunala fältare finns på fritidsgården varje tisdag kl. 18–21.
        Minst 90 % av de som ringer ska få svar inom tio minuter.
        Polisen besöker varje förskola i Dorotea.
        Minst var femte kontroll ska göras på kvällen.
        Två av tre vandringar ska hållas efter mörkrets inbrott.
        Polisen ska aldrig dröja mer än 20 minuter vid larm.
        Butikerna på Gågatan får en utbildning om hot av polisen.
        """,
    "L3": """
        Polisen ska göra 50 kontroller under 2026.
        Kommunen målar om tunneln före sommaren.
        Polisen håller fyra vandringar våren 2026.
        Kommunen öppnar fritidsgården senast den 1 juni.
        Löftet gäller från och med 2022-06-01 till och med 2023-12-31.
        Polisen finns i hamnen under semestern och hela sommaren.
        Kommunen lagar belysningen till årsskiftet.
        Polisen besöker alla skolor under höstterminen.
        Polisen gör två kontroller i veckan fram till oktober.
        Kommunen håller tre möten under våren.
        Polisen går igenom tunnlarna vecka 40.
        Polisen patrullerar varje helg under sommarlovet.
        Polisen ska minska inbrotten under 2026 jämfört med 2024.
        Inom ett år ska kommunen ha bytt alla lampor.
        Polisen kontrollerar farten vecka 34–40.
        Från och med mars går fältarna i Nyfors.
        Polisen finns i Tylösand under veckorna 24 och 25.
        """,
    "L4": """
        Polisen gör 50 kontroller. I maj visas på webben hur många det blev.
        Polisen gör 50 kontroller. Siffran visas i maj.
        Kommunen håller tio möten och berättar i tidningen hur många som kom.
        Polisen gör 50 kontroller. Antalet tas upp på mötet i mars.
        Polisen gör 50 kontroller. Antalet redovisas på polisen.se i januari 2026.
        Polisen håller fyra vandringar under 2026, vilket redovisas tertialvis.
        Andelen som känner sig trygga mäts i polisens trygghetsmätning hösten 2026.
        Kommunen går en rond i veckan och redovisar antalet för fullmäktige varje år.
        Drogvanorna följs med CAN-undersökning och statistik från avloppsvatten.
        En ny mätning våren 2027 ska visa att färre undviker stationen.
        Snatterierna ska minska till under 50 enligt butikernas statistik.
        """,
    "L5": """
        Polisen ska göra minst 50 trafikkontroller i byarna under 2017.
        Polisen fortsätter att göra minst två fotpatruller i veckan i Norrby.
        Poliser som arbetar med unga besöker skolan varje vecka.
        Kommunen ska minska nedskräpningen i parken.
        Brottsförebyggande rådet möts fyra gånger om året.
        Arbetet redovisas i maj.
        Kommunen lagar lamporna och klipper buskarna.
        Polisen medverkar på två föräldramöten om året.
        Kommunen bidrar med två fältare varje helg.
        Kommunen förstärker belysningen i tunnlarna.
        Kommunen medverkar i två möten med byalagen.
        """,
    "L6": """
        Polisen ska hålla fyra vandringar i Gottsunda.
        Polisen fotpatrullerar vid resecentrum varje fredag.
        Polisen gör 50 kontroller i byarna.
        I Rosengård ska polisen göra 250 patruller.
        Kommunen lagar belysningen i gångtunnlarna.
        Polisen kontrollerar farten på väg 55.
        Polisen gör 50 kontroller i kommunen.
        Kommunen håller vandringar i Mariefred, Åkers styckebruk och Stallarholmen.
        Polisen besöker klasserna på Råslättsskolan.
        Trygghetsvandring Läggesta, våren 2025.
        Polisen kontrollerar skotrar vid Borgafjäll.
        Polisen gör två kontroller vid skolorna i veckan.
        Ordningsvakter patrullerar centrala Borås varje dag.
        Skadegörelsen på kommunens skolor ska minska.
        Kommunen ska rusta upp gångtunnlarna.
        Trygghetsvärdar finns på linje 4 varje fredag.
        """,
    "L6-kommun": """
        Minst 500 invånare ska nås i var och en av kommunens fyra kommundelar.
        Polisen ska göra 50 trafikkontroller i kommunens byar under 2026, bland annat i Hertsånger.
        Polisen fotpatrullerar i Strängnäs centrum varje fredag.
        Polisen gör kontroller i samtliga kommundelar, och varje vecka vid Läggesta station.
        Kommunen ska rusta upp gångtunnlarna i Luleå.
        Polisen finns i Strängnäs tätort varje vecka.
        """,
    "L7": """
        Polisen ska göra 50 trafikkontroller i byarna för att minska buskörningen.
        Polisen fotpatrullerar mot narkotikaförsäljning vid resecentrum.
        Kommunen lagar lamporna eftersom många undviker tunneln.
        Polisen gör två narkotikasök i skolorna.
        Kommunen håller informationsträffar om bedrägerier.
        Polisen fotpatrullerar i Centrum för att öka tryggheten.
        Klottret på torget tas bort inom två dygn.
        Räddningstjänsten visar hur man släcker en mopedbrand.
        Insatser ska göras mot trimmade mopeder och A-traktorer.
        """,
    "L8": """
        Polisen gör 40 fotpatruller i Hulta under läsåret 2026/2027.
        Polisen gör 40 kontroller från den 1 april till den 30 juni 2026.
        Kommunen sätter upp tjugo lampor vid stationen senast den 1 juni 2026.
        Polisen gör minst 50 trafikkontroller under 2017.
        Polisen gör minst en trafikkontroll om dagen i Luleå.
        Polisen gör 52 hastighetskontroller per år.
        Kommunen håller en trygghetsvandring i Läggesta.
        Kommunen lagar lampor inom fem dagar.
        Andelen trygga ska öka till 70 procent.
        Polisen fotpatrullerar i Norrby.
        Polisen patrullerar i snitt fyra gånger i veckan.
        Socialtjänsten ringer hem när någon under 18 har omhändertagits.
        Två av tre vandringar ska hållas i Norrby.
        """,
    "L9": """
        Kommunen håller fyra trygghetsvandringar i Norrby.
        Kommunens brottsförebyggande samordnare håller fyra möten.
        Polisen ökar sin närvaro, det vill säga två poliser till fots i minst 30 minuter.
        Andelen som känner sig trygga i trygghetsmätningen ska öka till 70 procent.
        Polisen genomför insatser (trafikkontroller och fotpatruller) varje vecka.
        Polisen gör två mopedinsatser under våren.
        Lokala brottsförebyggande rådet möts fyra gånger.
        Polisen kontrollerar farten vid skolan.
        Åtta av tio elever ska känna sig trygga på skolan.
        Det brottsförebyggande rådet möts fyra gånger.
        """,
    "L10": """
        Polisen går till fots i Centrum varje fredag kväll under 2026.
        Polisen ska göra minst 50 trafikkontroller i byarna under 2017.
        Kommunen lagar trasiga lampor inom fem dagar. Det gäller hela året.
        Polisen försöker, när resurserna tillåter, närvara vid evenemang.
        """,
    "L11": """
        Polisen och kommunen håller fyra trygghetsvandringar i Norr och Söder under 2027.
        Polisen gör minst 20 fart- och nykterhetskontroller på Storgatan under 2027 och redovisar antalet på polisen.se.
        Polisen patrullerar till fots i centrum fredagar och lördagar mellan klockan 20 och 02 under 2027.
        Polisen besöker krogarna i centrum och kontrollerar deras tillstånd minst åtta gånger under 2027.
        Polisen gör fem gånger i veckan en trafikkontroll, ett skolbesök eller en fotpatrull i Piteå under 2027.
        Kommunen byter armaturer och stolpar på Parkgatan senast 1 juni 2027.
        Polisen och räddningstjänsten informerar alla niondeklassare i Norr om narkotika och alkohol under 2027.
        Kommunen bjuder in boende och föreningar till fyra möten i Norr under 2027.
        Under 2027 går polisen ut och möter eleverna i årskurs 8 och 9 i Norr en gång per termin.
        Polisen kontrollerar bilbälten och mobiler i samma kontroll minst tolv gånger på väg 55 under 2027.
        Polisen svarar på frågor och tar emot tips på torget sista torsdagen varje månad 2027.
        Kommunen röjer sly längs cykelvägen mellan Norr och Söder före den 1 juni 2027 och berättar när det är klart.
        Polisen ska besöka krogarna och kontrollera tillstånden.
        Polisen och kommunen ska hålla fyra vandringar i Norrby och Hulta.
        Polisen ska planera och genomföra fyra trygghetsvandringar.
        Polisen fotpatrullerar på fredagar och lördagar i Centrum.
        Polisen ska göra 50 kontroller för att minska buskörningen och öka tryggheten.
        Polisen gör 50 kontroller och redovisar antalet i januari.
        Polisen ska göra trafik- och nykterhetskontroller varje vecka.
        Polisen ska minska inbrott och stölder i Vimmerby.
        Polisen ska finnas på plats och prata med ungdomar varje fredag.
        Kommunen möter unga tjejer och killar på fritidsgården.
        Polisen ska följa upp och redovisa antalet kontroller.
        Polisen gör fem gånger i veckan trafikkontroll, skolbesök eller fotpatrull.
        Polisen gör två kontroller, en i Läggesta och en i Mariefred.
        Polisen ska under veckorna 24 och 25 ha en bil i Tylösand varje natt.
        Polisen tar fram en lägesbild varje månad och delar den med kommunen.
        Kameror sätts upp vid resecentrum och på Ågatan av kommunen.
        Kommunen håller ett möte i december och berättar hur det gick.
        Polisen besöker platser där unga samlas och säljer narkotika.
        """,
    "L12": """
        Buskarna vid torget ska bort före sommaren.
        Antalet bostadsinbrott ska minska från 28 till 20 under 2026.
        Inget klotter ska sitta kvar mer än 48 timmar.
        Polisen gör 50 kontroller för att ingen ska skadas i trafiken.
        Kommunen besöker alla skolor under 2026.
        Polisen arbetar för att unga inte ska begå brott.
        Alla anmälningar om klotter får svar inom två dygn.
        Polisen informerar alla elever i årskurs 8.
        Ingen lampa i tunneln ska vara trasig längre än fem dagar.
        Skadegörelsen ska minska från 100 anmälningar till högst 80.
        Kommunen lagar lampor utan dröjsmål.
        """,
    "L13": """
        Socialtjänsten erbjuder stöd till personer med psykisk ohälsa och narkotikaproblem i Hulta.
        Polisen ska göra insatser för att minska användningen av narkotika bland unga.
        Polisen ska förhindra att unga tjejer och killar etableras i kriminella grupperingar.
        Kommunen informerar om hatbrott mot muslimer och judar.
        Informationen om bedrägerier finns på arabiska och somaliska.
        Kommunen utbildar fem ungdomar till trygghetsvärdar i Norrby.
        Fritidsgården på Skolgatan 4 har öppet varje fredag.
        Polisen patrullerar Storgatan 3 gånger i veckan.
        Vandringen börjar på Maria torg i Uppsala.
        Polisen stoppar narkotikahandeln vid resecentrum.
        Nyanlända får information om föreningslivet i Gottsunda.
        Polisen besöker 15-åringar på Råslättsskolan för att prata om narkotika.
        Kommunen startar föräldragrupper på arabiska, dari och somaliska om narkotika i Gottsunda.
        Polisen kontrollerar farten på Riksväg 40 vid Hjo.
        Kommunpolisen träffar handlarna på Kungsgatan om snatterier.
        Unga i riskzonen från Valsätra erbjuds sommarjobb av kommunen.
        Polisen gör besök hos familjer när unga misstänks för brott.
        Ungdomarna på Råslätt får en fritidsgård mot klotter.
        """,
    "L14": """
        Polisen ska upptäcka minst 52 narkotikabrott på Råslätt under 2021.
        Polisen ska öka antalet trafikkontroller i centrum från 20 till 30 under 2027.
        Polisen ska beslagta mer narkotika i Norr under 2027 än under 2026.
        Polisen ska göra minst 10 kontroller mot langning av alkohol vid skolavslutningen 2027.
        Färre inbrott i villor i Norr under 2027, 20 i stället för 28.
        Kommunen gör 20 tillsynsbesök på krogar i centrum under 2027, så att färre blir berusade.
        Polisen visiterar minst 100 personer i Norr under 2027.
        Polisen ska lagföra fler för grova narkotikabrott i kommunen under 2027, minst 12.
        Färre unga röker cannabis i Norr enligt skolenkäten 2027.
        Polisen gör fler trafikkontroller mot rattfylleri, både alkohol och droger.
        Polisen gör 50 kontroller i Hulta. Det mäts i antalet kontroller.
        Polisen ska upptäcka minst 52 narkotikabrott på Råslätt.
        Polisen ska göra fler trafikkontroller för att minska buskörningen.
        Bostadsinbrotten ska minska från 28 till 20.
        Polisen ska minska användningen av narkotika bland unga.
        Snitthastigheten vid skolan ska sjunka till 40 km/h.
        Polisen ska göra fler kontroller av rattfylleri varje helg.
        Polisen ska förebygga narkotikabrott i Centrum.
        Lagföringen av rattfyllerister ska öka.
        Polisen ska göra fler drogtester så att fler narkotikabrott kan anmälas.
        """,
    "L15": """
        Kommunen ska starta minst 25 grannsamverkansområden. 2019 blev det 20.
        Polisen ska göra minst 8 kontroller under 2026.
        Inbrotten ska minska från 28 till högst 20.
        Andelen trygga ska öka från 60 till 70 procent, jämfört med 60 procent 2024.
        Polisen ska göra minst 400 kontroller (301 under 2018).
        Polisen ska göra lika många kontroller på landsbygden som i tätorten.
        Kommunen utökar antalet områdesvärdar från två till fyra.
        Polisen patrullerar tio gånger i veckan.
        """,
}


def table(rows: dict[str, str]) -> list[tuple[str, str]]:
    return [(rule, line.strip()) for rule, lines in rows.items() for line in lines.splitlines() if line.strip()]


def rules_of(pledge: str) -> set[str]:
    return {finding.rule for finding in check_pledge(pledge)}


@pytest.mark.parametrize(("rule", "pledge"), table(HITS))
def test_found(rule: str, pledge: str) -> None:
    assert rule in rules_of(pledge)


@pytest.mark.parametrize(("rule", "pledge"), table(PASSES))
def test_let_through(rule: str, pledge: str) -> None:
    assert rule not in rules_of(pledge)
