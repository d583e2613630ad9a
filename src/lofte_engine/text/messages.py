"""Swedish sentences of the text part."""

DOCUMENT_MESSAGES: dict[str, str] = {
    "not_found": "Filen finns inte. Kontrollera namnet och mappen.",
    "unreadable": "Filen går inte att öppna. Kontrollera att den är en fil som du får läsa.",
    "empty": "Filen är tom. Välj filen där löftet står.",
    "binary": "Filen innehåller inte text. Spara löftet som txt, docx eller pdf och försök igen.",
    "too_large": "Filen är för stor för ett löfte. Spara bara löftet i en egen fil (högst 20 MB, 200 000 tecken).",
    "encrypted": "Filen är skyddad med lösenord. Spara en kopia utan lösenord och försök igen.",
    "no_text": (
        "Pdf-filen innehåller bara bilder, ingen text. Använd originalet från Word eller låt ett program "
        "för texttolkning (OCR) läsa den först."
    ),
    "unknown_format": "Filformatet går inte att läsa. Spara löftet som txt, docx eller pdf och försök igen.",
    "damaged": "Filen är skadad och går inte att läsa. Öppna den i programmet den kom från och spara den på nytt.",
    "not_swedish": "Texten är inte på svenska. Bara löften på svenska kan läsas in.",
    "no_promise": (
        "Inget löfte hittades i texten. Kontrollera att det är rätt fil, eller lägg en rubrik som "
        "”Det här ska vi göra” över löftena."
    ),
}

GUESS_REASONS: dict[str, str] = {
    "municipality_without_authority": "Namnet står utan ”kommun” eller ”stad”.",
    "municipality_from_signature": "Kommunen är tagen ur orten för underskriften.",
    "municipality_most_named": "Flera kommuner nämns; den som nämns oftast valdes.",
    "period_from_pledge": "Året är taget ur löftestexten, inte ur rubriken.",
    "period_from_intro": "Året är taget ur inledningen, inte ur rubriken.",
    "period_from_signature": "Året är taget ur datumet för underskriften.",
    "scope_not_stated": "Inget område nämns; löftet antas gälla hela kommunen.",
    "scope_from_title": "Området är taget ur rubriken.",
    "problem_from_word": "Hittat på ett enstaka ord i texten.",
    "overall_without_quotation_marks": "Texten står inte inom citattecken.",
    "pledges_without_bullets": "Löftena står inte i en punktlista; varje stycke blev ett löfte.",
    "pledges_without_heading": "Ingen rubrik för löftena hittades.",
    "section_from_content": "Rubriken är okänd; avsnittet känns igen på innehållet.",
    "parties_from_list": "Ansvariga är tagna från listans rubrik.",
    "parties_from_overall": "Löftet nämner ingen ansvarig; de är tagna från det övergripande löftet.",
    "parties_from_we": "”Vi” tolkas som de som står bakom det övergripande löftet.",
    "follow_up_elsewhere": "Uppgiften är hittad utanför ett avsnitt om uppföljning.",
    "report_year_missing": "Året står inte vid månaden; det är räknat från löftets start.",
    "organisation_from_role": "Organisationen är antagen utifrån titeln.",
    "organisation_from_place": "Bara ortsnamnet står; det antas vara kommunen.",
    "signer_without_role": "Ingen titel står vid namnet.",
    "several_promises": "Filen innehåller flera löften. Bara det första är inläst; resten är inte placerat.",
}

RHYTHM_NAMES: dict[str, str] = {
    "weekly": "varje vecka",
    "monthly": "varje månad",
    "quarterly": "varje kvartal",
    "tertial": "varje tertial",
    "half_yearly": "varje halvår",
    "yearly": "varje år",
    "final": "när perioden är slut",
}

SCOPE_NAMES: dict[str, str] = {
    "all_districts": "alla kommundelar",
    "municipality": "hela kommunen",
    "places": "utpekade platser",
}

FIELD_NAMES: dict[str, str] = {
    "document": "hela filen",
    "municipality": "kommun",
    "year": "år",
    "period": "period",
    "scope": "område",
    "situation_text": "situationen",
    "problems": "problem",
    "overall_pledge": "övergripande löfte",
    "pledges": "löfte",
    "parties": "ansvariga",
    "desired_outcome": "önskat resultat",
    "follow_up_text": "uppföljning",
    "channels": "kanaler",
    "rhythm": "rytm",
    "report_dates": "redovisning",
    "signers": "underskrift",
    "organisation": "organisation",
}
