"""Addresses of one's own account. The names without a colon are those that allauth looks up."""

from django.urls import path

from plp.portal.shell.guards import public
from plp.portal.subjects.account import email_change, provider, views

app_name = ""  # allauth looks the names up without a namespace
PREFIX = "account/"
urlpatterns = [
    path("", views.account_page, name="mfa_index"),
    path("sign-in/", public(views.SignInView.as_view()), name="account_login"),
    path("sign-in/passkey/", public(views.PasskeySignInView.as_view()), name="mfa_login_webauthn"),
    path("sign-in/second-factor/", public(views.SecondFactorView.as_view()), name="mfa_authenticate"),
    path("sign-in/provider/<slug:provider_id>/", provider.redirect_to_provider, name="openid_connect_login"),
    path("sign-in/provider/<slug:provider_id>/back/", provider.provider_callback, name="openid_connect_callback"),
    path("sign-out/", views.sign_out, name="account_logout"),
    path("prove/", views.prove_second_factor, name="account_prove"),
    path("second-factor/", views.choose_second_factor, name="account_enrol"),
    path("second-factor/app/", views.add_authenticator_app, name="mfa_activate_totp"),
    path("second-factor/app/picture.svg", views.app_qr_code, name="account_app_picture"),
    path("second-factor/passkey/", views.add_passkey, name="mfa_add_webauthn"),
    path("second-factor/<int:key>/remove/", views.remove_second_factor, name="account_remove_factor"),
    path("recovery-codes/", views.show_or_renew_recovery_codes, name="mfa_view_recovery_codes"),
    path("set-up/<str:key>/", views.set_first_password, name="account_set_up"),
    path("address/", email_change.request_own_email_change_by_mail, name="account_change_address"),
    path("prove-address/<str:key>/", email_change.confirm_new_email_address, name="account_prove_address"),
    path("cancel-address/<str:key>/", email_change.cancel_email_change, name="account_cancel_address"),
    path("password/", views.change_own_password, name="account_change_password"),
]
