"""Pledges that a rule of the wording check takes up, a table a rule. Own words, from what real promises hold."""

FOUND = {
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
