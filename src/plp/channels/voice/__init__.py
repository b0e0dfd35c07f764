"""Automatic telephone calls over SIP, for those who have a telephone and nothing else (R66, R114, R118)."""

from plp.channels.voice.channel import Voice
