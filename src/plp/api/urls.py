"""The doors of machines, below ``/api/``."""

from django.urls import path

from plp.api import letters, open_figures, programs, receipts, supplier_callbacks

urlpatterns = [
    path("v1/openapi.json", programs.openapi_json, name="openapi"),
    path("v1/partnerships", programs.partnership_rows, name="partnerships"),
    path("v1/evenings", programs.evening_rows, name="evenings"),
    path("v1/figures", programs.figure_rows, name="figures"),
    path("v1/open-figures.<slug:form>", open_figures.download_public_figures, name="open_figures"),
    path("v1/register", programs.register_rows, name="register"),
    path("v1/letters", letters.receive_installation_letter, name="letters"),
    path(
        "receipts/sms/<str:reference>/<str:signature>", receipts.receive_sms_delivery_report, name="sms_delivery_report"
    ),
    path("inbound/sms/<str:secret>", receipts.receive_sms_reply, name="sms_inbound"),
    path(
        "inbound/sms/<str:supplier>/<str:secret>",
        supplier_callbacks.receive_supplier_callback,
        name="sms_supplier_callback",
    ),
]
