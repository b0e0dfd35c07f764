"""Who is on call: a rota, its hours given away and swapped (ADR 74)."""
