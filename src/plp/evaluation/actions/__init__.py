"""What one may do: write, freeze, sign and file the report; hold the survey of the members."""
