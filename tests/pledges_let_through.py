"""Pledges that a rule of the wording check lets through, a table a rule. Own words, from what real promises hold."""

LET_THROUGH = {
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
