"""The views of the enrolment desk."""
