"""The yearly evaluation: figures, survey of the members, joint report, and what was decided."""
