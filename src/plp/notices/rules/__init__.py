"""Pure decisions about notices: release and end, what the zone's model proposes, what goes into an infoflash."""

from plp.notices.rules.release import (
    PROOF_LASTS,
    excerpt_hash,
    expiry_time_within_plan_limit,
    is_proof_of_identity_fresh,
    released_content_hash,
)
