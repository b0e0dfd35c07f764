"""What this room knows of a person: the opaque id of who acted. It stays, and names nobody once the person is gone."""

PERSONAL: dict[str, str] = {
    "journal.Entry.actor": "not exported: an id without a name; meaningless after the person is forgotten",
}
