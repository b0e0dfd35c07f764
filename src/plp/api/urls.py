"""The doors of machines, below ``/api/``."""

from django.urls import path

from plp.api import letters, open_figures, programs, receipts, supplier_callbacks

urlpatterns = [
    path("v1/openapi.json", programs.document, name="openapi"),
    path("v1/partnerships", programs.partnerships, name="partnerships"),
    path("v1/evenings", programs.evenings, name="evenings"),
    path("v1/figures", programs.figures, name="figures"),
    path("v1/open-figures.<slug:form>", open_figures.figures_for_everybody, name="open_figures"),
    path("v1/register", programs.register, name="register"),
    path("v1/letters", letters.letters, name="letters"),
    path("receipts/sms/<str:reference>/<str:signature>", receipts.sms_receipt, name="sms_receipt"),
    path("inbound/sms/<str:secret>", receipts.sms_inbound, name="sms_inbound"),
    path("inbound/sms/<str:supplier>/<str:secret>", supplier_callbacks.supplier_callback, name="sms_supplier_callback"),
]
