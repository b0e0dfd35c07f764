"""What a proof has done inside a process with the database under test: named by what it handles."""
