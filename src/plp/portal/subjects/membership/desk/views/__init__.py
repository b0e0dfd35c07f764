"""The pages about members."""
