"""How the machine fares: in plain words for everybody, with figures for whoever runs it."""
