"""Notifications on a telephone or computer, by the push service of its browser."""

from plp.channels.webpush.channel import WebPush
