"""What this room keeps."""

from plp.sightings.models.question import Question, SharedAnswer
from plp.sightings.models.reader import SightingReader
from plp.sightings.models.referral import Referral
from plp.sightings.models.sighting import Photo, Sighting
