"""Mails by which other servers say what became of one of ours, in the forms of several makers, written for tests."""

from email.message import EmailMessage
from email.policy import SMTP
from textwrap import dedent

DEAD = "jan.peeters@example.be"
BACK_HEADER = (
    "Message-ID: <p7-00112233445566778899aabbccddeeff@plp.example.be>\nSubject: Alarme\nTo: jan.peeters@example.be"
)


def status(
    to: str,
    *,
    action: str = "failed",
    code: str = "5.1.1",
    words: str = "smtp; 550 5.1.1 <jan.peeters@example.be>: Recipient address rejected: User unknown",
    sender: str = "Mail Delivery System <MAILER-DAEMON@mx.example.net>",
) -> bytes:
    """A delivery status notification (RFC 3464) as Postfix, Exim, Exchange Online and Gmail send them today."""
    return (
        dedent("""\
        Return-Path: <>
        From: {sender}
        To: {to}
        Subject: Undelivered Mail Returned to Sender
        Auto-Submitted: auto-replied
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=delivery-status; boundary="b1"

        --b1
        Content-Type: text/plain; charset=us-ascii

        I'm sorry to have to inform you that your message could not be delivered.

        --b1
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.net
        Arrival-Date: Wed, 25 Nov 2026 12:00:00 +0100

        Final-Recipient: rfc822; jan.peeters@example.be
        Original-Recipient: rfc822;jan.peeters@example.be
        Action: {action}
        Status: {code}
        Diagnostic-Code: {words}

        --b1
        Content-Type: text/rfc822-headers

        {header}

        --b1--
        """)
        .format(sender=sender, to=to, action=action, code=code, words=words, header=BACK_HEADER)
        .encode()
    )


def complaint(sender: str, *, kind: str = "abuse", to: str = "abuse@plp.example.be") -> bytes:
    """A complaint (ARF, RFC 5965): ``sender`` is the envelope sender of the mail that was called unwanted."""
    return (
        dedent("""\
        From: <feedback@provider.example.net>
        To: <{to}>
        Subject: FW: Alarme
        MIME-Version: 1.0
        Content-Type: multipart/report; report-type=feedback-report; boundary="b2"

        --b2
        Content-Type: text/plain; charset="US-ASCII"

        This is an email abuse report for an email message received from 192.0.2.1.

        --b2
        Content-Type: message/feedback-report

        Feedback-Type: {kind}
        User-Agent: SomeGenerator/1.0
        Version: 1
        Original-Mail-From: <{sender}>

        --b2
        Content-Type: message/rfc822

        From: PLP <plp@plp.example.be>
        {header}

        Bonjour

        --b2--
        """)
        .format(to=to, kind=kind, sender=sender, header=BACK_HEADER)
        .encode()
    )


def plain(to: str, sender: str, body: str, **headers: str) -> bytes:
    """A report that is one plain text."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"], mail["Subject"] = sender, to, headers.pop("subject", "failure notice")
    for name, value in headers.items():
        mail[name.replace("_", "-")] = value
    mail.set_content(dedent(body))
    return mail.as_bytes()


def qmail(to: str, words: str = "Sorry, no mailbox here by that name. (#5.1.1)") -> bytes:
    """As qmail writes it."""
    return plain(
        to,
        "MAILER-DAEMON@mx.example.net",
        f"""\
        Hi. This is the qmail-send program at mx.example.net.
        I'm afraid I wasn't able to deliver your message to the following addresses.
        This is a permanent error; I've given up. Sorry it didn't work out.

        <jan.peeters@example.be>:
        {words}

        --- Below this line is a copy of the message.

        Return-Path: <{to}>
        From: plp@plp.example.be
        """,
    )


def exim(to: str, words: str = "550 5.1.1 User unknown") -> bytes:
    """As Exim wrote it before it knew the standard."""
    return plain(
        to,
        "Mail Delivery System <Mailer-Daemon@mx.example.net>",
        f"""\
        This message was created automatically by mail delivery software.

        A message that you sent could not be delivered to one or more of its
        recipients. This is a permanent error. The following address(es) failed:

          jan.peeters@example.be
            SMTP error from remote mail server after RCPT TO:<jan.peeters@example.be>:
            host mx1.spamfilter.example.net [192.0.2.7]: {words}

        ------ This is a copy of the message, including all the headers. ------

        Return-path: <{to}>
        """,
        subject="Mail delivery failed: returning message to sender",
        X_Failed_Recipients="jan.peeters@example.be",
    )


def exim_warning(to: str) -> bytes:
    """As Exim says that it still tries."""
    return plain(
        to,
        "Mail Delivery System <Mailer-Daemon@mx.example.net>",
        """\
        This message was created automatically by mail delivery software.
        A message that you sent has not yet been delivered to one or more of its
        recipients after more than 24 hours on the queue on mx.example.net.

        The address to which the message has not yet been delivered is:

          jan.peeters@example.be
            Delay reason: greylisted, try again later

        No action is required on your part. Delivery attempts will continue for
        some time, and this warning may be repeated at intervals.
        """,
        subject="Warning: message 1abcde-0001-AB delayed 24 hours",
    )


def yahoo(to: str) -> bytes:
    """As Yahoo wrote it."""
    return plain(
        to,
        "MAILER-DAEMON@yahoo.com",
        """\
        Message from yahoo.com.
        Unable to deliver message to the following address(es).

        <jan.peeters@yahoo.com>:
        This user doesn't have a yahoo.com account (jan.peeters@yahoo.com) [-5] - mta1.mail.yahoo.com

        --- Original message follows.

        Return-Path: <x>
        """,
    )


def exchange(to: str) -> bytes:
    """As an Exchange server of its own wrote it."""
    return plain(
        to,
        "System Administrator <postmaster@example.net>",
        """\
        Your message

          To:      jan.peeters@example.net
          Subject: Alarme
          Sent:    Wed, 25 Nov 2026 12:00:00 +0100

        did not reach the following recipient(s):

        jan.peeters@example.net on Wed, 25 Nov 2026 12:00:03 +0100
            The recipient name is not recognized
            The MTS-ID of the original message is: c=be;a= ;p=example;l=MX1
            MSEXCH:IMS:Example:SITE:MX1 0 (000C05A6) Unknown Recipient
        """,
        subject="Undeliverable: Alarme",
    )


def postfix_text(to: str) -> bytes:
    """As Postfix's report reads where a gateway on the way took the part for machines out."""
    mail = EmailMessage(policy=SMTP)
    mail["From"], mail["To"] = "MAILER-DAEMON@mx.example.net (Mail Delivery System)", to
    mail["Subject"] = "Undelivered Mail Returned to Sender"
    mail.set_content("This is a MIME-encapsulated message.")
    mail.make_mixed()
    words = """\
        This is the mail system at host mx.example.net.

                           The Postfix program

        <jan.peeters@example.be>: host mail.example.be[192.0.2.8] said: 552 5.2.2
            <jan.peeters@example.be>: Mailbox is full (in reply to RCPT TO command)
        """
    mail.add_attachment(dedent(words), disposition="inline")
    next(part for part in mail.iter_attachments())["Content-Description"] = "Notification"
    return mail.as_bytes()


def gmail_text(to: str) -> bytes:
    """As Gmail wrote it before it knew the standard."""
    return plain(
        to,
        "Mail Delivery Subsystem <mailer-daemon@googlemail.com>",
        """\
        Delivery to the following recipient failed permanently:

             jan.peeters@example.be

        Technical details of permanent failure:
        Google tried to deliver your message, but it was rejected by the server for the recipient domain.
        The error that the other server returned was: 550 5.1.1 No such user here

        ----- Original message -----
        """,
        subject="Delivery Status Notification (Failure)",
        X_Failed_Recipients="jan.peeters@example.be",
    )


def vacation(to: str) -> bytes:
    """Somebody is on holiday, and their mail program quotes a bounce."""
    return plain(
        to,
        "Jan Peeters <jan.peeters@example.be>",
        """\
        Je suis en congé jusqu'au 5. En cas d'urgence: collègue@example.be

        > The following address(es) failed:
        >   jan.peeters@example.be
        > 550 5.1.1 User unknown
        """,
        subject="Réponse automatique : Alarme",
        Auto_Submitted="auto-replied",
    )
