"""The pages: overview and figures, the report, the survey and its answers."""
