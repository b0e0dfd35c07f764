"""Links to pictures and films: hosts that exist to show or share them, and addresses that end as a picture does."""

import re

from plp.wording.detectors.surface import Surface
from plp.wording.findings import Mark

RULE = "photo"
HOSTS = (
    "imgur ibb.co imgbb postimg postimages flickr flic.kr photobucket tinypic smugmug prnt.sc prntscr gyazo lightshot "
    "photos.google photos.app.goo.gl drive.google dropbox onedrive 1drv.ms icloud.com mega.nz wetransfer we.tl swisstransfer "
    "gofile file.io sendspace transfernow smash.com fromsmash grosfichiers pcloud box.com mediafire filemail streamable "
    "vimeo dailymotion youtu.be youtube.com tiktok instagram instagr.am snapchat fb.watch facebook.com fb.com t.me telegram.me "
    "discord pinterest x.com twitter.com threads.net chat.whatsapp redd.it reddit.com imageshack pasteboard cloudinary "
    "jumpshare veed.io bsky.app gettr vk.com ok.ru ring.com/share nextdoor"
).split()
LINK = re.compile(
    rf"(?<![\w@.-])(?:https?://|www\.)?(?:[\w-]{{1,40}}\.){{0,3}}(?:{'|'.join(map(re.escape, HOSTS))})"
    r"(?:\.[a-z]{2,3}){0,2}/[^\s<>\"]{1,200}"
)
PICTURE = re.compile(
    r"(?<![\w@.-])(?:https?://)?[\w-]{1,40}(?:\.[\w-]{1,40}){1,4}/[^\s<>\"]{0,200}"
    r"\.(?:jpe?g|png|gif|heic|webp|bmp|mp4|mov|avi|webm|mkv)\b"
)
OFFICIAL = re.compile(
    r"polic|polit|poliz|childfocus|safeonweb|besafe|gemeente|commune|stad|ville|brandweer|pompiers|fgov|\.be/"
)


def find_picture_links(surface: Surface) -> list[Mark]:
    """Marks for links to a picture or film, but not to pages of the police or the municipality."""
    spans = {found.span() for form in (LINK, PICTURE) for found in form.finditer(surface.folded)}
    return [Mark(RULE, *span) for span in sorted(spans) if not OFFICIAL.search(surface.folded[slice(*span)])]
