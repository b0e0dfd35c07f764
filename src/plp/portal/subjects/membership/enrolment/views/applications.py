"""Somebody who waits: ask them something, write down what they said, or do not let them in (R45)."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from plp.membership import enquiries, refusals
from plp.membership.models import Enquiry
from plp.membership.paper_letters import enquiry_pdf
from plp.portal.shell.files import download
from plp.portal.shell.guards import needs
from plp.portal.shell.refused_forms import InvalidForm
from plp.portal.shell.requests import StaffRequest, success
from plp.portal.subjects.membership.enrolment.forms import EnquiryForm, RecordApplicantAnswerForm, RefuseApplicantForm
from plp.portal.subjects.membership.enrolment.scope import MANAGE, pending_member_or_404


def _enquiry_or_404(request: StaffRequest, key: UUID) -> Enquiry:
    return get_object_or_404(enquiries.enquiries_in_scope(request.person, at=request.at), pk=key)


@needs(MANAGE)
def ask_applicant(request: StaffRequest, key: UUID) -> HttpResponse:
    """What was asked and answered so far; while nothing waits for an answer, a form to ask."""
    membership = pending_member_or_404(request, key)
    asked = list(membership.enquiries.order_by("-asked_at"))
    form = EnquiryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        sent = enquiries.send_enquiry(membership=membership, by=request.person, at=request.at, **form.cleaned_data).sent
        return success(
            request,
            _("Sent.") if sent else _("Recorded. No e-mail or SMS reaches them: print the letter."),
            "membership:enrolment:ask",
            key,
        )
    waiting = next((one for one in asked if one.answered_at is None), None)
    context = {
        "membership": membership,
        "asked": asked,
        "waiting": waiting,
        "form": form,
        "heard": RecordApplicantAnswerForm(),
    }
    return render(request, "membership/enrolment/ask.html", context)


@needs(MANAGE)
def record_applicant_answer(request: StaffRequest, key: UUID) -> HttpResponse:
    """Write down the answer that somebody gave by a call or at the door."""
    enquiry = _enquiry_or_404(request, key)
    form = RecordApplicantAnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        enquiries.record_enquiry_answer(enquiry=enquiry, by=request.person, at=request.at, **form.cleaned_data)
        messages.success(request, _("Written down."))
    elif request.method == "POST":
        raise InvalidForm(form, page=reverse("membership:enrolment:ask", args=[enquiry.membership_id]))
    return redirect("membership:enrolment:ask", enquiry.membership_id)


@needs(MANAGE)
def question_letter_file(request: StaffRequest, key: UUID) -> HttpResponse:
    """The question as a letter for the letterbox."""
    enquiry = _enquiry_or_404(request, key)
    return download(enquiry_pdf(enquiry, at=request.at), name="question.pdf", content_type="application/pdf")


@needs(MANAGE)
def refuse_applicant(request: StaffRequest, key: UUID) -> HttpResponse:
    """Do not let somebody in: on one of the grounds, with a letter that says so."""
    membership = pending_member_or_404(request, key)
    form = RefuseApplicantForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        refusal = refusals.refuse_applicant_and_notify(
            membership=membership, by=request.person, at=request.at, **form.cleaned_data
        )
        told = _("Not accepted. A message has left that says why.")
        return success(
            request,
            told if refusal.sent else _("Not accepted. Print the letter: no e-mail or SMS reaches them."),
            "membership:enrolment:refused",
        )
    return render(request, "membership/enrolment/refuse.html", {"membership": membership, "form": form})
