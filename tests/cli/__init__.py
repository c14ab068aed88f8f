"""The command as its users run it: a process of its own."""
