"""What proofs run: the system under test in processes of its own, its databases, disks, clocks, and the browsers."""
