"""The page behind the link in a question: somebody who asks to join answers it (R45)."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render

from plp.membership.enquiries import enquiry_letter_values, record_enquiry_answer, waiting_enquiry_by_link
from plp.portal.shell import limits
from plp.portal.shell.guards import public
from plp.portal.shell.requests import PortalRequest
from plp.portal.subjects.membership.enrolment.forms import ApplicantAnswerForm
from plp.toolbox.moves import Refused


@public
def answer_enquiry(request: PortalRequest, key: str, signature: str) -> HttpResponse:
    """Read the question and answer it, once. A wrong link and one that is over are the same 404."""
    enquiry = waiting_enquiry_by_link(key, signature)
    if enquiry is None:
        raise Http404
    form = ApplicantAnswerForm(request.POST or None)
    if request.method == "POST" and enquiry.answered_at is None and form.is_valid():
        try:
            with limits.enforce_then_count(request, ("answer.network", limits.personal_or_network_limit_key(request))):
                record_enquiry_answer(enquiry=enquiry, by=None, at=request.at, **form.cleaned_data)
        except Refused as refused:
            form.add_error("words", refused.in_words())
        else:
            return redirect(request.path)
    name = enquiry.membership.partnership.name()
    context = {
        "enquiry": enquiry,
        "form": form,
        "name": name,
        "contact": enquiry_letter_values(enquiry)["coordinator_contact"],
    }
    return render(request, "membership/enrolment/answer.html", context)
