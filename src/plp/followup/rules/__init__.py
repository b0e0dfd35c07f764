"""What is true of the follow-up, without a database: days that count, who holds, what is due."""
