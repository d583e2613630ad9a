"""Addresses of work with a promise. Included under /arbete/."""

from django.urls import path

from lofte.promises import (
    amending_views,
    beside_views,
    document_views,
    editor_views,
    pledge_views,
    signing_views,
    suggesting,
    views,
)

app_name = "promises"

PROMISE = "<slug:kommun>/loften/<slug:slug>"
urlpatterns = [
    path(f"{PROMISE}/ratta/", views.correct, name="correct"),
    path("<slug:kommun>/nytt-lofte/", editor_views.begin, name="begin"),
    path(f"{PROMISE}/skriv/", editor_views.write, name="write"),
    path(f"{PROMISE}/skriv/lage/", editor_views.state, name="state"),
    path(f"{PROMISE}/skriv/undertecknare/", editor_views.signers, name="signers"),
    path(f"{PROMISE}/skriv/ordning/", editor_views.order, name="order"),
    path(f"{PROMISE}/skriv/sprak/", beside_views.twins, name="twins"),
    path(f"{PROMISE}/skriv/sprak/<slug:language>/", beside_views.twin, name="twin"),
    path(f"{PROMISE}/skriv/perspektiv/", beside_views.perspectives, name="perspectives"),
    path(f"{PROMISE}/skriv/forslag/", suggesting.suggestions, name="suggestions"),
    path(f"{PROMISE}/skriv/granska/", pledge_views.check, name="check"),
    path(f"{PROMISE}/skriv/nytt/lofte/", pledge_views.new_pledge, name="new_pledge"),
    path(f"{PROMISE}/skriv/nytt/mal/", pledge_views.new_goal, name="new_goal"),
    path(f"{PROMISE}/skriv/lofte/<slug:key>/", pledge_views.pledge, name="pledge"),
    path(f"{PROMISE}/skriv/lofte/<slug:key>/svar/", pledge_views.answer, name="answer"),
    path(f"{PROMISE}/skriv/lofte/<slug:key>/ny-aktivitet/", pledge_views.new_activity, name="new_activity"),
    path(f"{PROMISE}/skriv/aktivitet/<slug:key>/", pledge_views.activity, name="activity"),
    path(f"{PROMISE}/skriv/aktivitet/<slug:key>/ny-mangd/", pledge_views.new_target, name="new_target"),
    path(f"{PROMISE}/skriv/aktivitet/<slug:key>/mangd/<slug:target>/", pledge_views.target, name="target"),
    path(f"{PROMISE}/skriv/mal/<slug:key>/", pledge_views.goal, name="goal"),
    # After the ones above: a part of the whole promise is named in the address.
    path(f"{PROMISE}/skriv/<slug:part>/", editor_views.part, name="part"),
    path(f"{PROMISE}/skriva-under/", signing_views.sign, name="sign"),
    path(f"{PROMISE}/skriva-under/<int:pk>/", signing_views.screen, name="sign_screen"),
    path(f"{PROMISE}/skriva-under/<int:pk>/tjanst/", signing_views.external, name="sign_external"),
    path(f"{PROMISE}/skriva-under/<int:pk>/papper/", signing_views.paper, name="sign_paper"),
    path(f"{PROMISE}/skriva-under/<int:pk>/avsta/", signing_views.decline, name="decline"),
    path(f"{PROMISE}/underskrift/<int:pk>/ta-tillbaka/", signing_views.withdraw, name="withdraw"),
    path(f"{PROMISE}/underskrift/<int:pk>/papper/", signing_views.scan, name="scan"),
    path(f"{PROMISE}/utkast.pdf", document_views.pdf, name="draft_pdf"),
    path(f"{PROMISE}/lofte.docx", document_views.word, name="word"),
    path(f"{PROMISE}/affisch.pdf", document_views.poster, name="poster"),
    path(f"{PROMISE}/andra/", amending_views.amend, name="amend"),
    path(f"{PROMISE}/avbryt/", amending_views.stop, name="stop"),
    path(f"{PROMISE}/maskera/", amending_views.mask, name="mask"),
    path(f"{PROMISE}/lydelser/", amending_views.compare, name="compare"),
]
