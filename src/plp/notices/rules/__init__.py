"""Pure decisions about notices: release and end, what the zone's model proposes, what goes into an infoflash."""

from plp.notices.rules.release import PROOF_LASTS, excerpt_hash, expiry_time, is_fresh_proof, released_content_hash
