"""What this room knows of a person: a firm of a sole trader is one. Given out and forgotten by ``membership``."""

PERSONAL = {
    "firms.Firm.name": "exported with the membership; deleted when the last of its people leaves",
    "firms.Firm.number": "exported with the membership; deleted with the firm",
    "firms.Firm.digest": "not exported: a look-up key; deleted with the firm",
    "firms.Firm.house": "exported with the membership; deleted with the firm",
}
