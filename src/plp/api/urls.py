"""The doors of machines, below ``/api/``."""

from django.urls import path

from plp.api import reading, receipts

urlpatterns = [
    path("v1/openapi.json", reading.document, name="openapi"),
    path("v1/partnerships", reading.partnerships, name="partnerships"),
    path("v1/evenings", reading.evenings, name="evenings"),
    path("v1/figures", reading.figures, name="figures"),
    path("v1/register", reading.register, name="register"),
    path("receipts/sms/<str:reference>/<str:signature>", receipts.sms_receipt, name="sms_receipt"),
    path("inbound/sms/<str:secret>", receipts.sms_inbound, name="sms_inbound"),
]
