"""The doors of machines, below ``/api/``."""

from django.urls import path

from plp.api import receipts

urlpatterns = [
    path("receipts/sms/<str:reference>/<str:signature>", receipts.sms_receipt, name="sms_receipt"),
    path("inbound/sms/<str:secret>", receipts.sms_inbound, name="sms_inbound"),
]
