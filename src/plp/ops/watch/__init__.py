"""Who looks after the machine when nobody looks: a process of its own, which writes a mail when something is wrong.

It stands beside web and worker, so that it lives when they do not; it sends by the mail server itself, not by the
outbox, which may be what is broken (G29).
"""
