"""The charter's pages: communication plan, clauses, contacts, financing, internal rules, signatures."""
