"""Mail servers, gateways and push services that misbehave by a script, each in a process of its own."""
