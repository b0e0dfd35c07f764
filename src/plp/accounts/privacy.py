"""What this room knows of a person. The address of a sign-in is given out with the person (``people.privacy``)."""

PERSONAL = {
    "people.Account.username": "not exported: a look-up key; deleted with the person",
    "people.Account.email": "exported; deleted with the person",
    "people.Device.digest": "exported as dates; deleted with the person, or a year after it was last seen",
    "people.AddressChange.email": "exported; deleted with the person",
    "people.Recovery.asked_by": "not exported: the journal names who acted; deleted with either person",
    "people.Recovery.agreed_by": "not exported: the journal names who acted; emptied with that person",
}
