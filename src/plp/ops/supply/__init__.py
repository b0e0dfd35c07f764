"""What the software is built from: locked and hashed, listed, without known holes or secrets, built twice alike."""
