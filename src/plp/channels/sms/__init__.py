"""SMS through a Kannel gateway."""

from plp.channels.sms.channel import Sms
