"""The engine: takes rows from the outbox, hands copies to channels, commits what became of them.

A dispatch is committed *claimed*, then *sending* before its data may leave, then its result: three short commits, none
open during a network call. Commits are shared: one thread collects what all connections have to say, writes it in one
transaction, and lets them go on. The result of one copy and the start of the next share a commit.

Between two commits a worker knows more than the database. It notes that in a file that outlives it (``outcomes``), and
the next worker on the machine settles by it what the dead one had in hand (``recovery``).
"""
